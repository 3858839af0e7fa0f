// Asks now and then whether somebody else has changed the file; not while nobody looks at the page.
const PAUSE = 8000;

/** `changed(state)` is called once for each revision that is not ours: `state` is the server's answer. */
export function watch({ url, path, saving, changed }) {
  let seen = 0;
  const look = async () => {
    if (document.hidden || saving.running) return;
    let state;
    try {
      const answer = await fetch(url, { headers: { Accept: 'application/json' }, redirect: 'error' });
      if (!answer.ok) return;
      state = await answer.json();
    } catch {
      return; // saving tells when there is no connection
    }
    const latest = state.revisions[path] ?? 0;
    if (latest <= Math.max(saving.revision, seen) || saving.running) return;
    seen = latest;
    changed(state);
  };
  document.addEventListener('visibilitychange', look);
  setInterval(look, PAUSE);
  return look;
}
