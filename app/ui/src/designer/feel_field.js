// A condition in FEEL. The editor that completes names is fetched when the field is first shown; until then, and
// should it not come, a plain field does the same work. What does not parse is said at the field and never written.
import { h } from './dom.js';

const PAUSE = 500;

/** `names()` promises what can be named here: name → its fields (null where any will do); of `examples` (a name with
 *  pairs of an expression and what it means) those are shown that can be written here. */
export function feelField({ id, label, hint, value, names, write, examples = [] }) {
  const error = h('p', { class: 's-error', id: `${id}-error`, hidden: true });
  const host = h('div', { class: 's-feel', id: `${id}-host` });
  const plain = h('input', {
    id,
    type: 'text',
    spellcheck: 'false',
    autocomplete: 'off',
    'aria-describedby': `${id}-error`,
  });
  plain.value = value;
  const inserting = h(
    'details',
    { class: 's-show', hidden: true },
    h('summary', {}, 'Fält att använda'),
    h('ul', { class: 's-names' }),
  );
  const shown = h('div', { class: 's-hint', hidden: true });
  const field = h(
    'div',
    { class: 's-field' },
    h('label', { for: id, id: `${id}-label` }, label),
    hint && h('p', { class: 's-hint' }, hint),
    shown,
    error,
    host,
    inserting,
  );
  host.append(plain);
  let written = value;
  let timer = 0;
  const refuse = (sentence) => {
    error.textContent = sentence;
    error.hidden = !sentence;
  };
  const settle = (text, problem) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      refuse(problem);
      if (problem || text === written || !field.isConnected) return;
      written = text;
      write(text);
    }, PAUSE);
  };
  plain.addEventListener('change', () => settle(plain.value.trim(), ''));
  names().then((known) => show(shown, known, examples), () => {});
  Promise.all([import('./feel_editor.js'), names()]).then(
    ([{ mount }, known]) => {
      if (!field.isConnected || document.activeElement === plain) return;
      plain.remove();
      const editor = mount({ host, label, value: plain.value, names: known, settle });
      field.querySelector('label').addEventListener('click', () => editor.focus());
      inserting
        .querySelector('ul')
        .replaceChildren(
          ...insertable(known).map((name) =>
            h(
              'li',
              {},
              h(
                'button',
                { type: 'button', class: 's-btn', 'data-kind': 'quiet', onclick: () => editor.insert(name) },
                name,
              ),
            ),
          ),
        );
      inserting.hidden = !insertable(known).length;
    },
    () => {},
  );
  return field;
}

const MOST = 3;

/** Show a few conditions that can be written here: the first ones, and the last. */
function show(place, known, examples) {
  const found = examples.filter(([name]) => name in known).flatMap(([, pairs]) => pairs);
  const chosen = [...found.slice(0, MOST - 1), ...found.slice(-1)];
  if (!chosen.length) return;
  place.append(
    h('p', {}, 'Till exempel:'),
    h('ul', {}, [...new Set(chosen)].map(([written, words]) => h('li', {}, h('code', {}, written), `: ${words}`))),
  );
  place.hidden = false;
}

const insertable = (known) =>
  Object.entries(known).flatMap(([name, fields]) =>
    fields?.length ? fields.map((field) => `${name}.${field}`) : [name],
  );
