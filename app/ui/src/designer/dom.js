// A few words for making page elements; the panel is made of them, in the same classes as every form of the product.
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value === 'boolean') element[name] = value;
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const PAUSE = 600;

/** A label with its hint, its error and its control; `refuse(sentence)` shows what is wrong, "" takes it away. */
function framed(id, label, hint, control) {
  const error = h('p', { class: 's-error', id: `${id}-error`, hidden: true });
  const field = h(
    'div',
    { class: 's-field' },
    h('label', { for: id }, label),
    hint && h('p', { class: 's-hint', id: `${id}-hint` }, hint),
    error,
    control,
  );
  const described = [hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(' ');
  const input = control.id === id ? control : control.querySelector(`#${id}`);
  input.setAttribute('aria-describedby', described);
  const refuse = (sentence) => {
    error.textContent = sentence;
    error.hidden = !sentence;
    if (sentence) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  };
  return { field, refuse };
}

/** A text that is written once it is typed; what `check` refuses is said at the field and never written. */
export function textField({ id, label, hint, value = '', write, check = () => '', rows = 0, required = false }) {
  let written = value;
  let timer = 0;
  const input = rows
    ? h('textarea', { id, rows, autocomplete: 'off' })
    : h('input', { id, type: 'text', autocomplete: 'off', spellcheck: 'false' });
  input.value = value;
  const { field, refuse } = framed(id, label, hint, input);
  const commit = () => {
    clearTimeout(timer);
    const typed = rows ? input.value : input.value.trim();
    const problem = required && !typed ? required : check(typed);
    refuse(problem);
    if (problem || typed === written) return;
    written = typed;
    write(typed);
  };
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(commit, PAUSE);
  });
  input.addEventListener('change', commit);
  return field;
}

/** One of `options` ([value, label] pairs); a value that is none of them stays, and is shown as unknown. */
export function selectField({ id, label, hint, value = '', options, write, empty = '–' }) {
  const known = options.some(([option]) => option === value);
  const select = h(
    'select',
    { id },
    empty !== null && h('option', { value: '' }, empty),
    value && !known && h('option', { value }, `${value} (finns inte)`),
    options.map(([option, text]) => h('option', { value: option }, text)),
  );
  select.value = value;
  select.addEventListener('change', () => write(select.value));
  return framed(id, label, hint, select).field;
}

/** Several of `options`. */
export function checkboxes({ id, legend, hint, values, options, write }) {
  const box = ([option, label]) => {
    const input = h('input', { type: 'checkbox', id: `${id}-${option}`, checked: values.includes(option) });
    input.addEventListener('change', () =>
      write(options.map(([known]) => known).filter((known) => document.getElementById(`${id}-${known}`).checked)),
    );
    return h('div', { class: 's-check' }, input, h('label', { for: input.id }, label));
  };
  return h(
    'fieldset',
    { class: 's-field' },
    h('legend', {}, legend),
    hint && h('p', { class: 's-hint' }, hint),
    h('div', { class: 's-checks' }, options.map(box)),
  );
}

/** Yes or no. */
export function checkbox({ id, label, value, write }) {
  const input = h('input', { type: 'checkbox', id, checked: value });
  input.addEventListener('change', () => write(input.checked));
  return h('div', { class: 's-check' }, input, h('label', { for: id }, label));
}

/** A count with its unit; null is written when it is left empty. */
export function periodField({ id, label, hint, value, write, units, read, format, problem, mayCountBack }) {
  const parts = read(value ?? '') ?? { before: false, count: '', unit: 'D' };
  const odd = Boolean(value) && parts.count === '';
  const count = h('input', { id, type: 'text', inputmode: 'numeric', autocomplete: 'off' });
  count.value = parts.count;
  const unit = h(
    'select',
    { id: `${id}-unit`, 'aria-label': `${label}: enhet` },
    units.map(([one, text]) => h('option', { value: one }, text)),
  );
  unit.value = parts.unit;
  const side =
    mayCountBack &&
    h(
      'select',
      { id: `${id}-side`, 'aria-label': `${label}: när` },
      h('option', { value: '' }, 'efter att steget öppnades'),
      h('option', { value: '-' }, 'före sista dagen'),
    );
  if (side) side.value = parts.before ? '-' : '';
  const more = odd ? `Nu står ${value}. ${hint ?? ''}` : hint;
  const { field, refuse } = framed(id, label, more, h('div', { class: 's-fields' }, count, unit, side));
  const commit = () => {
    const typed = count.value.trim();
    if (!typed) {
      refuse('');
      if (value && !odd) write((value = null));
      return;
    }
    const sentence = problem(typed, unit.value);
    refuse(sentence);
    if (sentence) return;
    const written = format({ before: side?.value === '-', count: Number(typed), unit: unit.value });
    if (written !== value) write((value = written));
  };
  for (const input of [count, unit, side].filter(Boolean)) input.addEventListener('change', commit);
  return field;
}
