// A form is sent once however often its button is pressed, and not while a save of its draft is on its way.
import { inTurn, isIdle } from './turns.js';

const PATIENCE = 8000; // milliseconds after which a button may be pressed again
const sent = new WeakMap();

export const isLeaving = () => [...document.forms].some((form) => sent.has(form));

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute('method') !== 'post') return; // a field may be called "method"
  if (sent.has(form)) {
    event.preventDefault();
  } else if (!isIdle()) {
    event.preventDefault();
    const { name, value } = event.submitter ?? {};
    inTurn(() => setTimeout(() => press(name, value, form)));
  } else {
    sent.set(form, setTimeout(() => sent.delete(form), PATIENCE));
  }
});

// The form may have been exchanged for a newer copy of itself meanwhile.
function press(name, value, before) {
  const form = before.isConnected ? before : document.querySelector('form[data-live]');
  const same = (button) => button.type === 'submit' && button.name === name && button.value === value;
  form.requestSubmit([...form.elements].find(same));
}

addEventListener('pageshow', () => {
  for (const form of document.forms) {
    clearTimeout(sent.get(form));
    sent.delete(form);
  }
});
