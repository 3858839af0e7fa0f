// Asks the server what is wrong with the draft as it is on the screen, and shows it beside and on the canvas.
import { h } from './dom.js';

const PAUSE = 900;
const SIGNS = { error: ['■', 'fel', 'is-bad'], warning: ['▲', 'råd', 'is-advice'] };

const counted = (count, one) => `${count} ${one}`;

export class Checking {
  /** `shown` are the elements of the list: the list itself and the verdict above it; `go(finding)` shows an element. */
  constructor({ modeler, url, token, path, files, text, list, verdict, go }) {
    Object.assign(this, { modeler, url, token, path, files, text, list, verdict, go });
    this.asked = 0;
  }

  later() {
    this.changed = true; // what scenarios said before is no longer of this diagram
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), PAUSE);
  }

  async now() {
    this.asked += 1;
    const mine = this.asked;
    let told;
    try {
      const body = JSON.stringify({ files: { [this.path]: await this.text() } });
      const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': this.token };
      const answer = await fetch(this.url, { method: 'POST', body, headers, redirect: 'error' });
      told = await answer.json();
    } catch {
      return; // what was found last still stands
    }
    if (mine !== this.asked || !told.findings) return;
    this.show(told.findings);
  }

  show(findings) {
    const count = (severity) => findings.filter((one) => one.severity === severity).length;
    const [errors, warnings] = [count('error'), count('warning')];
    const words = [errors && counted(errors, 'fel'), warnings && counted(warnings, 'råd')].filter(Boolean).join(', ');
    this.verdict.textContent = words || 'Inget att anmärka på';
    this.verdict.dataset.tone = errors ? 'bad' : warnings ? 'warn' : 'ok';
    const above = document.querySelector('#draft-verdict .s-tag');
    if (above && (errors || this.changed))
      Object.assign(above, {
        textContent: errors
          ? `${errors} fel hindrar publicering`
          : 'Kontrollen är grön, scenarierna är inte körda',
      }).dataset.tone = errors ? 'bad' : 'wait';
    this.list.replaceChildren(...findings.map((finding) => this.row(finding)));
    this.mark(findings.filter((one) => one.file === this.path && one.element));
  }

  row(finding) {
    const [sign, word] = SIGNS[finding.severity] ?? SIGNS.error;
    const here = finding.file === this.path && this.modeler.get('elementRegistry').get(finding.element);
    const where = (here && here.businessObject.name) || finding.place;
    const target = here
      ? h(
          'a',
          {
            href: `#${finding.element}`,
            onclick: (event) => {
              event.preventDefault();
              this.go(finding.element);
            },
          },
          finding.message,
        )
      : this.elsewhere(finding);
    return h(
      'li',
      { 'data-severity': finding.severity },
      h(
        'span',
        {
          class: 's-sign',
          'data-tone': finding.severity === 'error' ? 'bad' : 'warn',
          role: 'img',
          'aria-label': word,
        },
        sign,
      ),
      h('div', {}, h('p', {}, target), where && h('p', { class: 's-soft' }, where)),
    );
  }

  elsewhere(finding) {
    const [, address] = this.files.find(([path]) => path === finding.file) ?? [];
    if (!address) return finding.message;
    const element = finding.element ? `&element=${encodeURIComponent(finding.element)}` : '';
    return h('a', { href: `${address}${element}` }, finding.message);
  }

  mark(findings) {
    const elements = this.modeler.get('elementRegistry');
    const overlays = this.modeler.get('overlays');
    const canvas = this.modeler.get('canvas');
    overlays.remove({ type: 'finding' });
    for (const [, , name] of Object.values(SIGNS)) elements.forEach((one) => canvas.removeMarker(one, name));
    const worst = new Map();
    for (const { element, severity } of findings) if (worst.get(element) !== 'error') worst.set(element, severity);
    for (const [id, severity] of worst) {
      const element = elements.get(id);
      if (!element || element === canvas.getRootElement()) continue;
      const [sign, word, name] = SIGNS[severity];
      canvas.addMarker(element, name);
      const html = h('span', { class: `styr-mark ${name}` }, `${sign} ${word}`);
      overlays.add(element, 'finding', {
        position: element.waypoints ? { top: 0, left: 0 } : { top: -12, left: -6 },
        html,
        scale: { min: 1 },
      });
    }
  }
}
