// Saves one file of a draft as it is on the screen, one request at a time, each upon the revision that was read.
// Whoever saved in between is told of, never overwritten; what could not be saved stays in this browser.

const PAUSE = 1500;
const RETRIES = [4000, 15000, 60000];

export const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, '0')).join('');

export class Saving {
  /** `text()` promises the file as it is; `say(words, tone)` shows how it stands; `overtaken(told)` is called on 409. */
  constructor({ url, token, revision, kept, text, say, overtaken, saved = () => {} }) {
    Object.assign(this, { url, token, revision, kept, text, say, overtaken, saved });
    this.unsaved = false;
    this.stopped = false;
    this.failures = 0;
    this.changes = 0;
    this.running = null;
    this.sent = null;
    addEventListener('online', () => this.now());
    addEventListener('visibilitychange', () => document.hidden && this.now());
    addEventListener('beforeunload', (event) => this.unsaved && event.preventDefault());
  }

  /** Something on the screen is no longer as it was saved. */
  changed() {
    this.unsaved = true;
    this.changes += 1;
    if (this.stopped) return this.keep();
    if (!this.failures) this.say('Inte sparat än');
    return this.later(this.failures ? RETRIES[Math.min(this.failures - 1, RETRIES.length - 1)] : PAUSE);
  }

  /** Wait with saving until somebody has chosen what to do. */
  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    if (this.unsaved) this.keep(); // it may be told before anything was tried: the page may be left now
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), pause);
  }

  /** Save what is not saved; promises whether everything is. */
  now() {
    clearTimeout(this.timer);
    this.running ??= this.send().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async send() {
    if (!this.unsaved || this.stopped) return !this.unsaved;
    const upTo = this.changes;
    const text = await this.keep();
    if (!this.failures) this.say('Sparar…');
    if (this.sent?.text !== text) this.sent = { text, id: newId() };
    let answer, told;
    try {
      answer = await fetch(this.url, { method: 'POST', body: text, redirect: 'manual', headers: this.headers() });
      told = await answer.json(); // a page of a proxy, or of the login, is no answer
    } catch {
      told = null;
    }
    if (answer?.ok && told?.revision) return this.done(told, upTo);
    return this.refused(answer, told);
  }

  headers() {
    return {
      'X-CSRFToken': this.token,
      'If-Match': `"${this.revision}"`,
      'X-Request-Id': this.sent.id,
      'Content-Type': 'text/plain; charset=utf-8',
    };
  }

  done(told, upTo) {
    this.failures = 0;
    this.revision = told.revision;
    this.unsaved = this.changes !== upTo;
    if (this.unsaved) this.later(PAUSE);
    else this.kept.forget();
    this.say(this.unsaved ? 'Inte sparat än' : `Sparat ${told.saved ?? ''}`.trim());
    this.saved(told);
    return !this.unsaved;
  }

  refused(answer, told) {
    if (answer?.status === 409) {
      this.stopped = true;
      this.say('Inte sparat', 'bad');
      this.overtaken(told ?? {});
    } else if (answer?.status === 403 || answer?.status === 404) {
      this.stopped = true;
      this.say('Inte sparat: du får inte ändra utkastet, eller så finns det inte längre.', 'bad');
    } else if (answer?.status === 422 || answer?.status === 413 || answer?.status === 400) {
      this.say(`Inte sparat: ${told?.message ?? 'filen går inte att spara.'}`, 'bad');
    } else {
      this.say(
        answer?.type === 'opaqueredirect'
          ? 'Inte sparat: du är utloggad. Logga in i ett annat fönster, så sparas det.'
          : 'Inte sparat: ingen förbindelse. Försöker igen',
        'bad',
      );
      this.later(RETRIES[Math.min(this.failures, RETRIES.length - 1)]);
      this.failures += 1;
    }
    return false;
  }

  async keep() {
    const text = await this.text();
    this.kept.keep(text, this.revision);
    return text;
  }

  /** Go on from a file that was read anew. */
  startOver(revision) {
    this.revision = revision;
    this.unsaved = false;
    this.stopped = false;
    this.failures = 0;
    this.kept.forget();
  }
}

/** What could not be saved, in this browser; a full or forbidden store is no reason to stop working. */
export class Kept {
  constructor(draft, path) {
    this.key = `styr-designer ${draft} ${path}`;
  }

  keep(text, revision) {
    this.set(JSON.stringify({ text, revision, at: new Date().toISOString() }));
  }

  set(value) {
    try {
      localStorage.setItem(this.key, value);
    } catch {
      // what is on the screen is still there
    }
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // nothing was kept
    }
  }
}
