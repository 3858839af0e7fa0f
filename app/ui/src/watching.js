// [data-watched]: where a page says how far some work has come. The page is asked for again now and then (304 while
// nothing happened), and is loaded anew when the work is done. Without a script it refreshes itself.
const WATCHED = '[data-watched]';
const PAUSE = 2000;

async function look() {
  const shown = document.querySelector(WATCHED);
  try {
    const answer = await fetch(location.href, { cache: 'no-cache', redirect: 'error' });
    if (answer.ok) {
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector(WATCHED);
      if (!fresh) return location.reload();
      shown.replaceChildren(...document.adoptNode(fresh).childNodes);
    }
  } catch {
    // the connection is gone for now; the next look may find it again
  }
  setTimeout(look, PAUSE);
}

if (document.querySelector(WATCHED)) setTimeout(look, PAUSE);
