// Saves what is typed in form[data-autosave] as a draft: after a pause, when a field is left, when the page is left.
// Somebody else may have saved meanwhile: then nothing is overwritten, saving stops and the server's words say so.
import { exchange } from './live.js';
import { isLeaving } from './sending.js';
import { inTurn, isIdle, texts } from './turns.js';

const PAUSE = 2000;
const RETRIES = [4000, 15000, 60000];
const KEPT = 'styr-draft';
const FINAL = new Set([403, 404, 409]); // statuses that trying again does not change

let unsaved = false;
let stopped = false;
let failures = 0;
let timer = 0;

const draft = () => document.querySelector('form[data-autosave]');

function say(words) {
  const status = draft()?.querySelector('[role=status]');
  if (status && status.textContent !== words) status.textContent = words;
}

function later(pause) {
  clearTimeout(timer);
  timer = setTimeout(() => inTurn(save), pause);
}

async function save() {
  const form = draft();
  if (!form || !unsaved || stopped || isLeaving()) return;
  clearTimeout(timer);
  unsaved = false;
  let answer, told;
  try {
    answer = await send(form);
    told = await answer.json(); // a page of a proxy, or of the login, is no answer
  } catch {
    answer = { status: 0 };
  }
  if (told?.version) saved(form, told);
  else refused(form, answer.status, told?.saved);
}

const send = (form, keepalive = false) =>
  fetch(form.dataset.autosave, { method: 'POST', body: texts(form), redirect: 'error', keepalive });

function saved(form, told) {
  failures = 0;
  form.elements.version.value = told.version;
  const progress = document.querySelector('[data-progress]');
  if (told.progress && progress && !progress.contains(document.activeElement)) progress.innerHTML = told.progress;
  say(told.saved);
}

function refused(form, status, words) {
  unsaved = true;
  stopped = FINAL.has(status);
  say((stopped || status === 422) && words ? words : form.dataset.unsaved);
  if (!stopped && status !== 422) later(RETRIES[Math.min(failures++, RETRIES.length - 1)]);
}

function typed(event) {
  if (!event.target.closest?.('form[data-autosave]') || event.target.type === 'file') return;
  unsaved = true;
  if (!stopped) later(PAUSE);
}

function left(event) {
  const button = event.relatedTarget?.closest?.('button');
  if (unsaved && !stopped && !failures && !button) inTurn(save);
}

const chosen = (form) => [...form.elements].some((input) => input.type === 'file' && input.files.length);

document.addEventListener('input', typed);
document.addEventListener('focusout', left);
document.addEventListener('visibilitychange', () => document.hidden && inTurn(save));
addEventListener('online', () => inTurn(save));

// On the way out: save, and keep the text for the next page, since a reload may be answered before the save is done.
addEventListener('pagehide', () => {
  const form = draft();
  if (!form || isLeaving() || (!unsaved && isIdle())) return;
  sessionStorage.setItem(KEPT, JSON.stringify([form.dataset.autosave, [...texts(form)]]));
  if (isIdle() && !stopped) send(form, true).catch(() => {});
});

// The same form again: show what was kept, and save it upon the version that it was typed upon.
async function putBack(entries) {
  const { csrf_token: token, version } = draft().elements;
  const body = new FormData();
  for (const [name, value] of entries) body.append(name, value);
  body.set(token.name, token.value);
  version.value = body.get('version');
  if (!(await exchange('_show', '1', body))) return;
  unsaved = true;
  await save();
}

// Only what leaving would lose is worth a question: what could not be saved, and files that were chosen.
addEventListener('beforeunload', (event) => {
  const form = draft();
  if (!form || isLeaving()) return;
  if ((unsaved && (stopped || failures || !isIdle())) || chosen(form)) event.preventDefault();
});

// A page kept in memory may be older than the draft it saved on its way out.
addEventListener('pageshow', (event) => event.persisted && draft() && !stopped && !failures && location.reload());

// What the server has shown again without saving it, and what somebody else has saved in between.
const state = draft()?.dataset.state;
if (draft()) draft().autocomplete = 'off'; // the browser must not put old words over a newer draft
unsaved = state === 'typed' || state === 'conflict';
stopped = state === 'conflict';
if (state === 'typed') later(PAUSE);
const [address, entries] = JSON.parse(sessionStorage.getItem(KEPT) ?? '[]');
sessionStorage.removeItem(KEPT);
if (state === 'saved' && address === draft().dataset.autosave) inTurn(() => putBack(entries));
