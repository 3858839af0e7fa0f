// [data-watched]: where a page says how far some work has come. The page, or the address that the attribute names, is
// asked for again now and then (304 while nothing happened), and the page is loaded anew when the work is done. While
// nobody looks at it nothing is asked. data-pause says how many seconds lie between. Without a script it stands still.
const WATCHED = '[data-watched]';
const PAUSE = 2;

async function look() {
  const shown = document.querySelector(WATCHED);
  const { watched: part, pause = PAUSE } = shown.dataset;
  try {
    if (!document.hidden) await exchange(shown, part);
  } catch {
    // the connection is gone for now; the next look may find it again
  }
  setTimeout(look, pause * 1000);
}

let last = '';

async function exchange(shown, part) {
  const answer = await fetch(part || location.href, { cache: 'no-cache', redirect: 'error' });
  if (!answer.ok) return;
  const text = await answer.text();
  if (text === last) return;
  const fresh = new DOMParser().parseFromString(text, 'text/html');
  const inside = part ? fresh.body : fresh.querySelector(WATCHED);
  if (!inside) return location.reload();
  keepFocus(shown, () => shown.replaceChildren(...document.adoptNode(inside).childNodes));
  last = text;
  shown.dispatchEvent(new Event('styr:fresh', { bubbles: true }));
}

// Whoever stands on a link by keyboard still stands on it in the new list.
function keepFocus(shown, change) {
  const { href } = shown.contains(document.activeElement) ? document.activeElement : {};
  change();
  if (href) [...shown.querySelectorAll('a')].find((link) => link.href === href)?.focus({ preventScroll: true });
}

const found = document.querySelector(WATCHED);
if (found) setTimeout(look, (found.dataset.pause ?? PAUSE) * 1000);
