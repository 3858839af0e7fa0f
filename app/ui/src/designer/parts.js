// One function for each kind of element: the fields that are its own. What an element is not, it has no fields for.
import { getBusinessObject, is, isAny } from 'bpmn-js/lib/util/ModelUtil';
import { checkbox, checkboxes, h, periodField, selectField, textField } from './dom.js';
import { feelField } from './feel_field.js';
import { variableProblem } from './ids.js';
import { called, earlier } from './kinds.js';
import { periodProblem, readPeriod, units, writePeriod } from './periods.js';
import { extension } from './writing.js';

const own = (element, type, name) => extension(element, type)?.get(name) ?? '';

/** The step that somebody does. */
export function tasks(element, panel) {
  if (!is(element, 'bpmn:UserTask')) return [];
  const { around } = panel;
  const set = (name, again) => (value) =>
    panel.write((writing) => writing.extension(element, 'styr:Task', { [name]: value }), again);
  const value = (name) => own(element, 'styr:Task', name);
  const period = (name, label, hint, mayCountBack = false) =>
    periodField({
      id: `p-${name}`,
      label,
      hint,
      value: value(name),
      write: set(name),
      units,
      read: readPeriod,
      format: writePeriod,
      problem: periodProblem,
      mayCountBack,
    });
  return [
    selectField({
      id: 'p-kind',
      label: 'Vad som görs',
      value: value('kind'),
      options: around.kinds,
      write: set('kind', true),
    }),
    selectField({
      id: 'p-form',
      label: 'Formulär eller checklista',
      value: value('form'),
      options: formsFor(value('kind'), around),
      write: set('form'),
    }),
    selectField({ id: 'p-role', label: 'Görs av', value: value('role'), options: around.roles, write: set('role') }),
    period('due', 'Ska vara klart efter', 'Arbetsdagar räknas utan helger. Tomt: ingen tidsgräns.'),
    period('remind', 'Påminnelse', undefined, true),
    period('escalate', 'Lyfts vidare', 'Om steget fortfarande inte är klart.', true),
  ];
}

/** What a step's answers are called in conditions: for the few who need it, so it is folded with the id. */
export function variables(element, panel) {
  const [type, label] = is(element, 'bpmn:UserTask')
    ? ['styr:Task', 'Svaren kallas i villkor']
    : is(element, 'bpmn:BusinessRuleTask')
      ? ['styr:Decision', 'Svaret kallas i villkor']
      : [];
  if (!type) return [];
  const { id, name } = getBusinessObject(element);
  return [
    textField({
      id: 'p-as',
      label,
      hint: `Tomt: som ${name ? `steget ”${name}”` : 'steget'}, som i villkor skrivs ${id}.`,
      value: own(element, type, 'as'),
      check: variableProblem,
      write: (value) => panel.write((writing) => writing.extension(element, type, { as: value })),
    }),
  ];
}

function formsFor(kind, around) {
  const wanted =
    kind === 'checklist'
      ? around.checklists
      : kind === 'decision'
        ? around.deciding
        : [...around.forms, ...around.checklists];
  return wanted;
}

/** A gate: what it is called in the model, what may come out of it, and who decides. */
export function gates(element, panel) {
  if (!extension(element, 'styr:Gate')) return [];
  const { around } = panel;
  const key = own(element, 'styr:Gate', 'key');
  const gate = around.gates.find((one) => one.key === key);
  const set = (name, again) => (value) =>
    panel.write((writing) => writing.extension(element, 'styr:Gate', { [name]: value }), again);
  return [
    selectField({
      id: 'p-key',
      label: 'Beslutspunkt',
      hint: 'Namn, påstående och checklistor står i modellen.',
      value: key,
      options: around.gates.map((one) => [one.key, one.label]),
      write: set('key', true),
    }),
    gate &&
      h(
        'dl',
        { class: 's-pairs', 'data-tight': '' },
        h('div', {}, h('dt', {}, 'Påstående'), h('dd', { class: 's-formal' }, gate.statement)),
        h('div', {}, h('dt', {}, 'Kontrolleras mot'), h('dd', {}, gate.checklists.join(', ') || 'Ingen checklista')),
      ),
    checkboxes({
      id: 'p-outcomes',
      legend: 'Tillåtna beslut',
      hint: 'Varje beslut behöver en egen väg ut ur vägvalet efter.',
      values: own(element, 'styr:Gate', 'outcomes').split(/[\s,]+/),
      options: around.outcomes,
      write: (chosen) => {
        set('outcomes')(chosen.join(' '));
        panel.tellOutcomes(key, chosen);
      },
    }),
    key && panel.deciders(key),
  ];
}

export function calls(element, panel) {
  if (!is(element, 'bpmn:CallActivity') || extension(element, 'styr:Gate')) return [];
  return [
    selectField({
      id: 'p-calls',
      label: 'Process som anropas',
      value: getBusinessObject(element).calledElement ?? '',
      options: panel.around.processes,
      write: (calledElement) =>
        panel.write((writing) => writing.properties(element, { calledElement: calledElement || undefined })),
    }),
  ];
}

export function effects(element, panel) {
  if (!is(element, 'bpmn:ServiceTask')) return [];
  return [
    selectField({
      id: 'p-effect',
      label: 'Vad systemet gör',
      value: own(element, 'styr:Effect', 'kind'),
      options: panel.around.effects,
      write: (kind) => panel.write((writing) => writing.extension(element, 'styr:Effect', { kind })),
    }),
  ];
}

export function decisions(element, panel) {
  if (!is(element, 'bpmn:BusinessRuleTask')) return [];
  return [
    selectField({
      id: 'p-ref',
      label: 'Beslutstabell',
      value: own(element, 'styr:Decision', 'ref'),
      options: panel.around.decisions,
      write: (ref) => panel.write((writing) => writing.extension(element, 'styr:Decision', { ref })),
    }),
  ];
}

/** Phases are told in the model, and their sub-processes bear the same id. */
export function works(element, panel) {
  if (!is(element, 'bpmn:SubProcess')) return [];
  const phase = panel.around.phases.find(([key]) => key === getBusinessObject(element).id);
  return phase ? [h('p', {}, `Fasen ${phase[1]}`)] : [];
}

export function gateways(element, panel) {
  if (!is(element, 'bpmn:ExclusiveGateway')) return [];
  const business = getBusinessObject(element);
  const out = business.get('outgoing');
  if (out.length < 2) return [];
  return [
    selectField({
      id: 'p-default',
      label: 'Förvald väg',
      hint: 'Den väg som tas när inget villkor är uppfyllt.',
      value: business.default?.id ?? '',
      options: out.map((flow) => [flow.id, `${flow.name || 'Utan namn'} → ${called(flow.targetRef)}`]),
      write: (id) =>
        panel.write((writing) => writing.properties(element, { default: out.find((flow) => flow.id === id) })),
    }),
    h(
      'div',
      {},
      h('h3', {}, 'Vägar härifrån'),
      h(
        'ul',
        { class: 's-list' },
        out.map((flow) =>
          h(
            'li',
            {},
            h(
              'div',
              {},
              panel.linkTo(flow.id, flow.name || called(flow.targetRef)),
              h(
                'p',
                { class: 's-soft' },
                flow === business.default ? 'Förvald' : (flow.conditionExpression?.body ?? 'Inget villkor'),
              ),
            ),
          ),
        ),
      ),
    ),
  ];
}

export function flows(element, panel) {
  if (!is(element, 'bpmn:SequenceFlow')) return [];
  const business = getBusinessObject(element);
  const told = h('p', { class: 's-soft' }, `Från ${called(business.sourceRef)} till ${called(business.targetRef)}`);
  if (!is(business.sourceRef, 'bpmn:ExclusiveGateway') || business.sourceRef.get('outgoing').length < 2) return [told];
  const isDefault = business.sourceRef.default === business;
  const makeDefault = checkbox({
    id: 'p-is-default',
    label: 'Förvald väg',
    value: isDefault,
    write: (on) =>
      panel.write((writing) => writing.properties(element.source, { default: on ? business : undefined }), true),
  });
  if (isDefault) return [told, makeDefault];
  return [
    told,
    makeDefault,
    feelField({
      id: 'p-condition',
      label: 'Villkor',
      hint: 'Vägen tas när villkoret är sant.',
      examples: nearest(business.sourceRef, panel.around.examples),
      value: business.conditionExpression?.body ?? '',
      names: () => panel.namesAt(business.sourceRef.id),
      write: (body) => panel.write((writing) => writing.condition(element, body)),
    }),
  ];
}

/** Of examples by name, those of the steps and gates before an element, the nearest first; then those of facts. */
function nearest(business, examples) {
  const names = earlier(business).map(
    (one) => extension(one, 'styr:Gate')?.get('key') || extension(one, 'styr:Task')?.get('as') || one.id,
  );
  return [...names, 'facts'].filter((name) => examples[name]).map((name) => [name, examples[name]]);
}

const TIMES = [
  ['timeDuration', 'en tid efteråt'],
  ['timeDate', 'ett visst datum'],
];

export function triggers(element, panel) {
  const definition = getBusinessObject(element).eventDefinitions?.[0];
  if (!definition) return [];
  if (is(definition, 'bpmn:TimerEventDefinition')) return timer(element, definition, panel);
  const reference = is(definition, 'bpmn:MessageEventDefinition')
    ? { attribute: 'messageRef', type: 'bpmn:Message', key: 'name', label: 'Meddelande' }
    : is(definition, 'bpmn:ErrorEventDefinition') && {
        attribute: 'errorRef',
        type: 'bpmn:Error',
        key: 'errorCode',
        label: 'Avbrottets kod',
      };
  if (!reference) return [];
  const value = definition.get(reference.attribute)?.get(reference.key) ?? '';
  const known = panel.writing.references(reference.type, reference.key);
  return [
    textField({
      id: 'p-reference',
      label: reference.label,
      hint: known.length ? `I diagrammet finns ${known.join(', ')}.` : undefined,
      value,
      check: variableProblem,
      write: (name) => panel.write((writing) => writing.reference(element, definition, { ...reference, name })),
    }),
  ];
}

function timer(element, definition, panel) {
  const attribute = definition.timeDate ? 'timeDate' : 'timeDuration';
  const body = definition.get(attribute)?.body ?? '';
  const write = (name, text) => panel.write((writing) => writing.timer(element, definition, name, text));
  return [
    selectField({
      id: 'p-time',
      label: 'Väntar till',
      value: attribute,
      options: TIMES,
      empty: null,
      write: (name) => {
        write(name, body);
        panel.show();
      },
    }),
    feelField({
      id: 'p-when',
      label: 'När',
      hint: 'Ett uttryck, till exempel duration("P10D") eller ett fält med ett datum.',
      value: body,
      names: () => panel.namesAt(element.id),
      write: (text) => write(attribute, text),
    }),
  ];
}

/** On the edge: whether the step goes on. */
export function ends(element, panel) {
  if (!is(element, 'bpmn:BoundaryEvent')) return [];
  const business = getBusinessObject(element);
  if (business.eventDefinitions?.some((one) => is(one, 'bpmn:ErrorEventDefinition'))) return [];
  return [
    checkbox({
      id: 'p-cancel',
      label: 'Avbryter steget',
      value: business.cancelActivity !== false,
      write: (on) => panel.write((writing) => writing.properties(element, { cancelActivity: on })),
    }),
  ];
}

const MANY = ['bpmn:UserTask', 'bpmn:CallActivity'];

/** One copy for each row of a list. */
export function many(element, panel) {
  if (!isAny(element, MANY) || extension(element, 'styr:Gate')) return [];
  const loop = getBusinessObject(element).loopCharacteristics;
  const found = [
    checkbox({
      id: 'p-many',
      label: 'Ett exemplar för varje rad i en lista',
      value: Boolean(loop),
      write: (on) => panel.write((writing) => writing.multiple(element, on), true),
    }),
  ];
  if (!loop) return found;
  const set = (name) => (value) => panel.write((writing) => writing.extension(element, 'styr:Each', { [name]: value }));
  const value = (name) => own(element, 'styr:Each', name);
  return [
    ...found,
    feelField({
      id: 'p-collection',
      label: 'Lista',
      value: value('collection'),
      names: () => panel.namesAt(element.id),
      write: set('collection'),
    }),
    textField({
      id: 'p-item',
      label: 'En rad kallas',
      hint: 'Så nämns raden i villkor.',
      value: value('item'),
      check: variableProblem,
      write: set('item'),
    }),
    feelField({
      id: 'p-until',
      label: 'Klart i förtid när',
      hint: 'Tomt: när alla är klara.',
      value: value('until'),
      names: () => panel.namesAt(element.id),
      write: set('until'),
    }),
  ];
}

/** A flow to another element, for those who do not drag. */
export function onward(element, panel) {
  if (!is(element, 'bpmn:FlowNode') || is(element, 'bpmn:EndEvent') || !element.parent) return [];
  const rules = panel.modeler.get('rules');
  const led = new Set(
    getBusinessObject(element)
      .get('outgoing')
      .map((flow) => flow.targetRef.id),
  );
  const open = element.parent.children.filter(
    (one) =>
      one !== element &&
      !one.labelTarget &&
      is(one, 'bpmn:FlowNode') &&
      !led.has(one.id) &&
      rules.allowed('connection.create', { source: element, target: one }),
  );
  if (!open.length) return [];
  const connect = (id) => panel.modeler.get('modeling').connect(element, panel.modeler.get('elementRegistry').get(id));
  return [
    selectField({
      id: 'p-onward',
      label: 'Dra ett flöde till',
      empty: 'Välj',
      options: open.map((one) => [one.id, called(one)]),
      write: (id) => id && panel.write(() => connect(id), true),
    }),
  ];
}
