// One thing that the reader must know before going on, above the canvas, with the buttons that answer it.
import { h } from './dom.js';

export class Notices {
  constructor(place) {
    this.place = place;
  }

  /** `actions` are [label, function] pairs; each takes the notice away. */
  show(sentence, actions = []) {
    const buttons = actions.map(([label, action]) =>
      h(
        'button',
        {
          type: 'button',
          class: 's-btn',
          'data-kind': 'plain',
          onclick: () => {
            this.clear();
            action();
          },
        },
        label,
      ),
    );
    this.put(
      h('div', { class: 's-note' }, h('p', {}, sentence), buttons.length ? h('p', { class: 's-row' }, buttons) : null),
    );
  }

  /** Show something else than a sentence with buttons. */
  put(element) {
    this.place.replaceChildren(element);
    this.place.hidden = false;
  }

  clear() {
    this.place.replaceChildren();
    this.place.hidden = true;
  }
}

/** Hand a text to the reader as a file. */
export function download(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/xml' }));
  h('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
