// Two people in the same file: who was first, and the ways out. Nothing is overwritten: changes that do not touch each
// other are brought together by the server, and where both changed the same thing one of them is chosen, row by row.
import { h } from './dom.js';
import { download } from './notices.js';
import { newId } from './saving.js';

/** "Ture Malms", "Lars Nils" keeps its s. */
const whose = (name) => (/[sxz]$/i.test(name) ? name : `${name}s`);

export class Meeting {
  /** `file` is the DraftFile that two people have changed. */
  constructor(file) {
    this.file = file;
    this.other = {};
  }

  get canMerge() {
    return Boolean(this.file.around.urls.merge);
  }

  get name() {
    return this.other.by ?? 'Någon annan';
  }

  happened({ by, at }) {
    return `${by ?? 'Någon annan'} ändrade ${this.file.what}${at ? ` ${at}` : ' medan du arbetade'}.`;
  }

  /** Say who was first, and offer the ways out. */
  begin(told, problem = '') {
    this.other = told.by ? told : this.other;
    this.file.saving.stop();
    this.file.say('Inte sparat', 'bad');
    const together = this.canMerge ? '' : ` Här kan ändringarna inte föras ihop, så en av versionerna får gälla.`;
    this.file.notices.show(
      `${problem || this.happened(this.other)} Det du har gjort finns kvar här men är inte sparat.${together}`,
      [
        ...(this.canMerge
          ? [[`Ta in ${whose(this.name)} ändringar och behåll mina`, () => this.merge()]]
          : []),
        [`Ta ${whose(this.name)} version`, () => this.yield()],
        ['Ladda ned min version', () => this.keepCopy().then(() => this.begin({}))],
      ],
    );
  }

  async keepCopy(text) {
    download(text ?? (await this.file.text()), `egen-${this.file.around.path}`);
  }

  /** Show the other's version; mine can still be downloaded. */
  async yield() {
    const mine = await this.file.text();
    await this.file.takeOver();
    const again = () => {
      this.keepCopy(mine);
      show();
    };
    const show = () =>
      this.file.notices.show(`Du ser ${whose(this.name)} version. Din egen är inte sparad i utkastet.`, [
        ['Ladda ned min version', again],
        ['Stäng', () => {}],
      ]);
    show();
  }

  /** Bring both together; `kept` is what an earlier visit could not save, else it is what is on the screen. */
  async merge(kept = null, choices = {}, onto = null) {
    this.file.say('Sparar…');
    const mine = kept?.text ?? (await this.file.text());
    const seen = kept?.revision ?? this.file.saving.revision;
    const told = await this.ask({ mine, seen, choices, onto });
    if (told?.revision) return this.done();
    if (told?.conflicts) return this.choose(told, kept);
    return this.back(kept, told?.message ?? 'Inte sparat: ingen förbindelse. Försök igen.');
  }

  /** To the choice of ways out; what an earlier visit left is offered once more. */
  back(kept, problem = '') {
    if (kept) return this.file.offer(kept, problem);
    return this.begin({}, problem);
  }

  async ask(sent) {
    const body = JSON.stringify(sent);
    if (this.sent?.body !== body) this.sent = { body, id: newId() };
    try {
      const answer = await fetch(this.file.around.urls.merge, {
        method: 'POST',
        body,
        redirect: 'error',
        headers: {
          'Content-Type': 'application/json',
          'X-CSRFToken': this.file.around.token,
          'X-Request-Id': this.sent.id,
        },
      });
      return await answer.json();
    } catch {
      return null;
    }
  }

  async done() {
    await this.file.takeOver();
    this.file.say('Sparat');
    const both = this.other.by ? `både dina och ${whose(this.name)} ändringar` : 'dina ändringar';
    this.file.notices.show(`Nu är ${both} med, och sparade i utkastet.`, [['Stäng', () => {}]]);
  }

  /** Ask about each thing that both changed; nothing is chosen beforehand. */
  choose({ conflicts, onto }, kept) {
    this.file.say('Inte sparat', 'bad');
    const rows = conflicts.map((one, number) => this.row(one, number));
    const wrong = h('p', { class: 's-error', id: 'meeting-error', hidden: true }, 'Välj vad som ska gälla på varje rad');
    const all = (side) => () => rows.forEach((row) => (row.querySelector(`[value=${side}]`).checked = true));
    const button = (label, onclick, kind = 'plain') =>
      h('button', { type: kind ? 'button' : 'submit', class: 's-btn', 'data-kind': kind, onclick }, label);
    const form = h(
      'form',
      { class: 's-form s-meeting', 'aria-labelledby': 'meeting-title' },
      h('h2', { id: 'meeting-title', tabindex: '-1' }, this.title(conflicts.length)),
      h('p', {}, 'Allt annat ni har gjort tas med. Inget sparas förrän du har valt.'),
      wrong,
      rows,
      h(
        'p',
        { class: 's-row' },
        conflicts.length > 1 && button('Behåll mina på alla rader', all('mine')),
        conflicts.length > 1 && button(`Ta ${whose(this.name)} på alla rader`, all('theirs')),
      ),
      h('p', { class: 's-row' }, button('Spara så här', null, null), button('Avbryt', () => this.back(kept))),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const chosen = rows.map((row) => row.querySelector(':checked')?.value);
      const missing = rows[chosen.indexOf(undefined)];
      wrong.hidden = !missing;
      if (missing) return missing.querySelector('input').focus();
      form.inert = true;
      return this.merge(kept, Object.fromEntries(conflicts.map(({ key }, at) => [key, chosen[at]])), onto);
    });
    this.file.notices.put(form);
    form.querySelector('h2').focus();
  }

  title(count) {
    return count === 1
      ? `En sak har både du och ${this.name} ändrat. Vad ska gälla?`
      : `${count} saker har både du och ${this.name} ändrat. Vad ska gälla?`;
  }

  row({ about, mine, theirs }, number) {
    const choice = (side, who, sentence) =>
      h(
        'div',
        { class: 's-check' },
        h('input', { type: 'radio', name: `meeting-${number}`, id: `meeting-${number}-${side}`, value: side }),
        h('label', { for: `meeting-${number}-${side}` }, h('b', {}, `${who}: `), sentence),
      );
    return h(
      'fieldset',
      { class: 's-field' },
      h('legend', {}, about),
      h('div', { class: 's-checks' }, choice('mine', 'Du', mine), choice('theirs', this.name, theirs)),
    );
  }
}
