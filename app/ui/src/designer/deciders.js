// Who decides a gate: the server's own form, shown in the panel; what is sent is answered with the form as it is then.
import { h } from './dom.js';

export class Deciders {
  constructor(around, changed) {
    Object.assign(this, { around, changed });
  }

  /** The place for a gate's form, which is filled when it has come. */
  place(gate) {
    const place = h(
      'section',
      { class: 's-deciders', 'aria-label': 'Vem som beslutar' },
      h('p', { class: 's-soft' }, 'Hämtar vem som beslutar…'),
    );
    this.fill(place, fetch(this.address(gate), { headers: { Accept: 'text/html' }, redirect: 'error' }));
    place.addEventListener('submit', (event) => {
      event.preventDefault();
      const body = new FormData(event.target, event.submitter);
      this.fill(place, fetch(event.target.getAttribute('action'), { method: 'POST', body }), 'save');
    });
    place.addEventListener('click', (event) => {
      const link = event.target.closest('a[data-part]');
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.fill(place, fetch(link.href, { redirect: 'error' }), 'open');
    });
    return place;
  }

  address(gate) {
    return this.around.urls.deciders.replace('-gate-', encodeURIComponent(gate));
  }

  /** `why` is "" when the form comes by itself, "open" after a link and "save" after a button. */
  async fill(place, asked, why = '') {
    try {
      const answer = await asked;
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (!fresh.querySelector('[data-deciders]')) throw new Error(answer.status); // the login, or an error's page
      place.replaceChildren(...fresh.body.childNodes);
      if (why) (place.querySelector('[aria-invalid]') ?? place.querySelector('[tabindex="-1"]')).focus();
      if (why === 'save' && answer.ok) this.changed();
    } catch {
      place.querySelector(':scope > .s-error')?.remove();
      const sentence =
        why === 'save'
          ? 'Ändringen gick inte att spara: ingen förbindelse. Försök igen.'
          : 'Det gick inte att hämta vem som beslutar. Se fliken Beslutstabeller.';
      place.prepend(h('p', { class: 's-error', role: 'alert' }, sentence));
    }
  }
}
