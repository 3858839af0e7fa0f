// What is selected, as a form: its name, our own values, help text, then what only a few need.
import { getBusinessObject, is, isAny } from 'bpmn-js/lib/util/ModelUtil';
import { h, textField } from './dom.js';
import { idProblem } from './ids.js';
import { kindOf, nameOf } from './kinds.js';
import {
  calls,
  decisions,
  effects,
  ends,
  flows,
  gates,
  gateways,
  many,
  onward,
  tasks,
  triggers,
  variables,
  works,
} from './parts.js';

const NAMED = ['bpmn:FlowNode', 'bpmn:SequenceFlow', 'bpmn:Participant', 'bpmn:Lane', 'bpmn:Process'];

export class Panel {
  /** `place` is the element that the form goes into; `around` what the server said of the draft; `go` shows an element. */
  constructor(modeler, place, around, { go, deciders, checkAgain }) {
    Object.assign(this, { modeler, place, around, go, checkAgain });
    this.deciders = (gate) => deciders.place(gate);
    this.names = null;
    this.writing = modeler.get('writing');
    this.bus = modeler.get('eventBus');
    this.element = null;
    this.writes = 0;
    this.bus.on(['selection.changed', 'root.set', 'import.done'], () => this.show());
    this.bus.on('commandStack.changed', () => {
      if (!this.writes) this.show();
    });
  }

  /** Do what a field says. The form is left as it stands, with the cursor in it; only `again` draws it anew. */
  write(change, again = false) {
    this.writes += 1;
    try {
      change(this.writing);
    } finally {
      this.writes -= 1;
    }
    this.title();
    if (again) this.show();
  }

  /** A link to another element of the diagram. */
  linkTo(id, words) {
    return h(
      'a',
      {
        href: `#${id}`,
        onclick: (event) => {
          event.preventDefault();
          this.go(id);
        },
      },
      words,
    );
  }

  /** What an expression at an element can name, as the draft was last saved: name → its fields. */
  async namesAt(id) {
    this.names ??= fetch(this.around.urls.names, { headers: { Accept: 'application/json' }, redirect: 'error' }).then(
      (answer) => answer.json(),
    );
    return (await this.names)[id] ?? {};
  }

  /** The model tells a gate's outcomes too; should it not hear of it, the check says that the two differ. */
  async tellOutcomes(gate, chosen) {
    const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': this.around.token };
    const address = this.around.urls.outcomes.replace('-gate-', encodeURIComponent(gate));
    try {
      await fetch(address, { method: 'POST', body: JSON.stringify(chosen), headers, redirect: 'error' });
    } catch {
      return;
    }
    this.checkAgain();
  }

  /** The draft has been saved: names may be others. */
  forget() {
    this.names = null;
  }

  selected() {
    const found = this.modeler.get('selection').get();
    if (found.length > 1) return null;
    const [element] = found;
    if (!element) return this.modeler.get('canvas').getRootElement();
    return element.labelTarget ?? element;
  }

  title() {
    const heading = this.place.querySelector('h2');
    if (heading && this.element) heading.textContent = nameOf(this.element);
  }

  show() {
    const element = this.selected();
    const focused = document.activeElement;
    const { id } = this.place.contains(focused) ? focused : {};
    this.element = element;
    const isNothing = !element?.businessObject || is(element, 'bpmn:Collaboration');
    this.place.replaceChildren(...(isNothing ? this.nothing() : this.fields(element)));
    if (id) document.getElementById(id)?.focus({ preventScroll: true });
  }

  nothing() {
    const many = this.modeler.get('selection').get().length;
    return [
      h('h2', {}, many ? `${many} element är markerade` : 'Inget är markerat'),
      h('p', { class: 's-soft' }, 'Markera ett element i diagrammet för att se och ändra vad det gör.'),
    ];
  }

  fields(element) {
    const parts = [tasks, gates, calls, effects, decisions, works, gateways, flows, triggers, ends, many];
    const own = parts.flatMap((part) => part(element, this) ?? []);
    return [
      h('h2', { tabindex: '-1' }, nameOf(element)),
      h('p', { class: 's-soft' }, kindOf(element)),
      ...this.called(element),
      ...own,
      ...this.common(element),
    ];
  }

  called(element) {
    if (!isAny(element, NAMED)) return [];
    const field = textField({
      id: 'p-name',
      label: is(element, 'bpmn:SequenceFlow') ? 'Namn på vägen' : 'Namn',
      value: getBusinessObject(element).name ?? '',
      rows: 2,
      write: (name) =>
        this.write((writing) => writing.properties(element, { name: name.replace(/\s+/g, ' ').trim() || undefined })),
    });
    return [field];
  }

  common(element) {
    const business = getBusinessObject(element);
    const found = [];
    if (is(element, 'bpmn:TextAnnotation')) {
      found.push(
        textField({
          id: 'p-text',
          label: 'Text',
          value: business.text ?? '',
          rows: 4,
          write: (text) => this.write((writing) => writing.properties(element, { text })),
        }),
      );
    }
    if (isAny(element, ['bpmn:FlowNode', 'bpmn:Process'])) found.push(this.help(element));
    found.push(...onward(element, this));
    if (business.id && !is(element, 'bpmn:Collaboration')) found.push(this.technical(element));
    return found;
  }

  help(element) {
    return textField({
      id: 'p-help',
      label: 'Hjälptext',
      rows: 3,
      value: getBusinessObject(element).get('documentation')[0]?.text ?? '',
      write: (text) => this.write((writing) => writing.documentation(element, text)),
    });
  }

  technical(element) {
    const business = getBusinessObject(element);
    const taken = (id) => id !== business.id && business.$model.ids.assigned(id);
    const field = textField({
      id: 'p-id',
      label: 'Kort namn (id)',
      hint: 'Scenarier och villkor nämner elementet så. Ändra bara om inget gör det än.',
      value: business.id,
      required: 'Ge elementet ett id',
      check: (id) => idProblem(id, taken),
      write: (id) => this.write((writing) => writing.properties(element, { id })),
    });
    const summary = h('summary', {}, 'Namn i villkor och scenarier');
    return h('details', { class: 's-show' }, summary, h('div', { class: 's-form' }, variables(element, this), field));
  }
}
