// The server's own rendering of the form in a frame: what is tried in it is carried over to its next state.
const PAUSE = 700;
const OWN = ['csrf_token', '_schema', '_review', '_show', '_add', '_remove'];

export class Preview {
  constructor({ frame, around }) {
    Object.assign(this, { frame, around });
    this.timer = 0;
    frame.addEventListener('load', () => frame.contentWindow?.scrollTo(0, this.top ?? 0));
  }

  /** Show it once nobody has changed anything for a moment; `text()` promises the form as it is then. */
  later(text) {
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => this.show(await text()), PAUSE);
  }

  show(schema) {
    this.top = this.frame.contentWindow?.scrollY ?? 0;
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', action: this.around.urls.preview, target: this.frame.name, hidden: true });
    for (const [name, value] of [['csrf_token', this.around.token], ['_schema', schema], ...this.tried()]) {
      const input = document.createElement('input');
      Object.assign(input, { type: 'hidden', name, value });
      form.append(input);
    }
    document.body.append(form);
    form.submit(); // past the guard against double clicks: nothing is changed by it
    form.remove();
  }

  tried() {
    const inside = this.frame.contentDocument?.querySelector('form[data-live]');
    if (!inside) return [];
    return [...new FormData(inside)].filter(([name, value]) => typeof value === 'string' && !OWN.includes(name));
  }
}
