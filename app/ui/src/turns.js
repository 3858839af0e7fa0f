// One request of a page's form at a time: each save must name the version that the one before it was given.
let last = Promise.resolve();
let waiting = 0;

export function inTurn(job) {
  waiting += 1;
  last = last.then(job).catch(() => false).finally(() => { waiting -= 1; });
  return last;
}

export const isIdle = () => waiting === 0;

// What a form would post, without its files: those are sent once, when somebody presses a button.
export function texts(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}
