// The elements that the engine runs, in the words and the order in which they are offered.
// What is not here can be drawn by no menu; should a file hold it, the check refuses it with a sentence.

const HANDLED = 'Steg';
const WAYS = 'Vägar';
const EVENTS = 'Händelser';
const NOTES = 'Förklaringar';

/**
 * `starts`: may begin something, and is not offered after a step. `edge`: belongs on the edge of a step. `asks`: more than a
 * shape, so it is asked for on a page first.
 */
export const CATALOGUE = [
  {
    id: 'step',
    group: HANDLED,
    label: 'Steg som någon gör',
    icon: 'bpmn-icon-user-task',
    target: { type: 'bpmn:UserTask' },
    styr: { type: 'styr:Task', kind: 'record' },
  },
  {
    id: 'gate',
    group: HANDLED,
    label: 'Beslutspunkt',
    icon: 'bpmn-icon-call-activity',
    target: { type: 'bpmn:CallActivity' },
    asks: 'gate',
  },
  {
    id: 'call',
    group: HANDLED,
    label: 'Anropa en annan process',
    icon: 'bpmn-icon-call-activity',
    target: { type: 'bpmn:CallActivity' },
  },
  {
    id: 'effect',
    group: HANDLED,
    label: 'Åtgärd som systemet gör',
    icon: 'bpmn-icon-service-task',
    target: { type: 'bpmn:ServiceTask' },
    styr: { type: 'styr:Effect', kind: 'record' },
  },
  {
    id: 'decision',
    group: HANDLED,
    label: 'Fråga en beslutstabell',
    icon: 'bpmn-icon-business-rule-task',
    target: { type: 'bpmn:BusinessRuleTask' },
    styr: { type: 'styr:Decision' },
  },
  {
    id: 'subprocess',
    group: HANDLED,
    label: 'Delprocess',
    icon: 'bpmn-icon-subprocess-expanded',
    target: { type: 'bpmn:SubProcess', isExpanded: true },
  },
  {
    id: 'choice',
    group: WAYS,
    label: 'Vägval: en av vägarna',
    icon: 'bpmn-icon-gateway-xor',
    target: { type: 'bpmn:ExclusiveGateway' },
  },
  {
    id: 'parallel',
    group: WAYS,
    label: 'Alla vägar samtidigt',
    icon: 'bpmn-icon-gateway-parallel',
    target: { type: 'bpmn:ParallelGateway' },
  },
  {
    id: 'race',
    group: WAYS,
    label: 'Den händelse som kommer först',
    icon: 'bpmn-icon-gateway-eventbased',
    target: { type: 'bpmn:EventBasedGateway', eventGatewayType: 'Exclusive', instantiate: false },
  },
  {
    id: 'start',
    group: EVENTS,
    label: 'Start',
    icon: 'bpmn-icon-start-event-none',
    target: { type: 'bpmn:StartEvent' },
    starts: true,
  },
  { id: 'end', group: EVENTS, label: 'Slut', icon: 'bpmn-icon-end-event-none', target: { type: 'bpmn:EndEvent' } },
  {
    id: 'error-end',
    group: EVENTS,
    label: 'Slut som avbryter',
    icon: 'bpmn-icon-end-event-error',
    target: { type: 'bpmn:EndEvent', eventDefinitionType: 'bpmn:ErrorEventDefinition' },
  },
  {
    id: 'message',
    group: EVENTS,
    label: 'Vänta på ett meddelande',
    icon: 'bpmn-icon-intermediate-event-catch-message',
    target: { type: 'bpmn:IntermediateCatchEvent', eventDefinitionType: 'bpmn:MessageEventDefinition' },
  },
  {
    id: 'timer',
    group: EVENTS,
    label: 'Vänta en tid',
    icon: 'bpmn-icon-intermediate-event-catch-timer',
    target: { type: 'bpmn:IntermediateCatchEvent', eventDefinitionType: 'bpmn:TimerEventDefinition' },
  },
  {
    id: 'message-edge',
    group: EVENTS,
    label: 'Meddelande på kanten',
    icon: 'bpmn-icon-intermediate-event-catch-message',
    target: { type: 'bpmn:BoundaryEvent', eventDefinitionType: 'bpmn:MessageEventDefinition' },
    edge: true,
  },
  {
    id: 'timer-edge',
    group: EVENTS,
    label: 'Tid på kanten',
    icon: 'bpmn-icon-intermediate-event-catch-timer',
    target: { type: 'bpmn:BoundaryEvent', eventDefinitionType: 'bpmn:TimerEventDefinition' },
    edge: true,
  },
  {
    id: 'error-edge',
    group: EVENTS,
    label: 'Avbrott på kanten',
    icon: 'bpmn-icon-intermediate-event-catch-error',
    target: { type: 'bpmn:BoundaryEvent', eventDefinitionType: 'bpmn:ErrorEventDefinition' },
    edge: true,
  },
  {
    id: 'note',
    group: NOTES,
    label: 'Anteckning',
    icon: 'bpmn-icon-text-annotation',
    target: { type: 'bpmn:TextAnnotation' },
  },
];

/** What replacing may make of an element, as type and event definition. */
const RUNS = new Set(CATALOGUE.map(({ target }) => kindOf(target)));
RUNS.add(kindOf({ type: 'bpmn:SubProcess', isExpanded: false })).add(kindOf({ type: 'bpmn:Participant' }));

function kindOf({ type, eventDefinitionType = '' }) {
  return `${type}/${eventDefinitionType}`;
}

export const runs = (target) => RUNS.has(kindOf(target)) && !target.triggeredByEvent;

/** The element that can be drawn by this name. */
export const entryOf = (id) => CATALOGUE.find((one) => one.id === id);

/** A shape of the catalogue with what the engine needs to know of it. */
export function shapeOf(entry, elementFactory, bpmnFactory) {
  const { type, eventDefinitionType, isExpanded, ...attributes } = entry.target;
  const businessObject = bpmnFactory.create(type, attributes);
  if (entry.styr) extend(businessObject, entry.styr, bpmnFactory);
  return elementFactory.createShape({ type, businessObject, eventDefinitionType, isExpanded });
}

function extend(businessObject, { type, ...attributes }, bpmnFactory) {
  const own = bpmnFactory.create(type, attributes);
  const holder = bpmnFactory.create('bpmn:ExtensionElements', { values: [own] });
  own.$parent = holder;
  holder.$parent = businessObject;
  businessObject.extensionElements = holder;
}
