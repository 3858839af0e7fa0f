// form[data-live]: fields that others depend on, and rows that come and go, without loading the whole page anew.
// The form is posted to its own address, which answers with the same page; only the form of it is taken.
import { inTurn, texts } from './turns.js';

const LIVE = 'form[data-live]';
let byHand = false;

document.addEventListener('change', (event) => {
  if (event.target.matches(`${LIVE} [data-decides]`)) inTurn(() => exchange('_show', '1'));
});

document.addEventListener('submit', (event) => {
  const button = event.submitter;
  if (byHand || !event.target.matches(LIVE) || !['_add', '_remove'].includes(button?.name)) return;
  event.preventDefault();
  inTurn(() => changeRows(button));
}, { capture: true });

async function changeRows(button) {
  const { name, value, form } = button;
  form.inert = true; // rows get new numbers: nothing may be typed into the old ones
  const list = await exchange(name, value);
  if (list) return toRow(name, value);
  form.inert = false;
  byHand = true;
  setTimeout(() => form.requestSubmit(button));
}

// To the first field of a new row; where a row is gone, to the list.
function toRow(name, value) {
  const list = document.getElementById(name === '_add' ? value : value.replace(/-\d+$/, ''));
  const rows = list?.querySelectorAll(':scope > .s-entry');
  const first = name === '_add' && rows?.length ? rows[rows.length - 1].querySelector('input, select, textarea') : list;
  first?.focus();
}

export async function exchange(name, value, body = texts(document.querySelector(LIVE))) {
  const old = document.querySelector(LIVE);
  const before = standing(old);
  body.append(name, value);
  let fresh;
  try {
    const answer = await fetch(old.getAttribute('action'), { method: 'POST', body, redirect: 'error' });
    if (!answer.ok) return false;
    fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector(LIVE);
  } catch {
    return false; // nothing is lost: the server asks again when the form is sent
  }
  if (!fresh) return false;
  document.adoptNode(fresh);
  carryOver(old, fresh, before, name === '_show');
  return true;
}

const standing = (form) => new Map([...form.elements].filter(({ id }) => id).map((one) => [one.id, state(one)]));
const state = (input) => (input.type === 'radio' || input.type === 'checkbox' ? input.checked : input.value);

// Exchange the form; keep chosen files, what was typed since it was posted, and the place of the cursor.
function carryOver(old, fresh, before, same) {
  const focused = document.activeElement;
  const { id, selectionStart, selectionEnd } = old.contains(focused) ? focused : {};
  const inFresh = (wanted) => fresh.querySelector(`#${CSS.escape(wanted)}`);
  for (const input of [...old.elements].filter((one) => one.id)) {
    const twin = inFresh(input.id);
    if (!twin) continue;
    if (input.type === 'file' && input.files.length) twin.replaceWith(input);
    else if (same && before.has(input.id) && state(input) !== before.get(input.id)) {
      if (typeof state(input) === 'boolean') twin.checked = input.checked;
      else twin.value = input.value;
    }
  }
  if (old.elements.version) fresh.elements.version.value = old.elements.version.value;
  const [said, says] = [old, fresh].map((form) => form.querySelector('[role=status]'));
  if (said && says) says.textContent = said.textContent;
  old.replaceWith(fresh);
  const again = id && inFresh(id);
  if (again) {
    again.focus({ preventScroll: true });
    if (selectionStart != null) again.setSelectionRange(selectionStart, selectionEnd);
  }
  fresh.dispatchEvent(new Event('input', { bubbles: true })); // what it says now is not saved
}
