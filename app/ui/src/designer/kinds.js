// What elements are called: their kinds in Swedish, and what to say of those without a name.
import { getBusinessObject, is } from 'bpmn-js/lib/util/ModelUtil';
import { extension } from './writing.js';

const KINDS = [
  ['bpmn:UserTask', 'Steg som någon gör'],
  ['bpmn:ServiceTask', 'Åtgärd som systemet gör'],
  ['bpmn:BusinessRuleTask', 'Fråga till en beslutstabell'],
  ['bpmn:CallActivity', 'Anrop av en annan process'],
  ['bpmn:SubProcess', 'Delprocess'],
  ['bpmn:ExclusiveGateway', 'Vägval'],
  ['bpmn:ParallelGateway', 'Alla vägar samtidigt'],
  ['bpmn:EventBasedGateway', 'Den händelse som kommer först'],
  ['bpmn:StartEvent', 'Start'],
  ['bpmn:EndEvent', 'Slut'],
  ['bpmn:BoundaryEvent', 'Händelse på kanten'],
  ['bpmn:IntermediateCatchEvent', 'Händelse att vänta på'],
  ['bpmn:SequenceFlow', 'Flöde'],
  ['bpmn:Participant', 'Ram'],
  ['bpmn:Lane', 'Bana'],
  ['bpmn:TextAnnotation', 'Anteckning'],
  ['bpmn:Process', 'Process'],
];

export const kindOf = (element) =>
  extension(element, 'styr:Gate') ? 'Beslutspunkt' : (KINDS.find(([type]) => is(element, type))?.[1] ?? 'Element');

/** What to call an element when speaking to people. */
export const nameOf = (element) => getBusinessObject(element).name || kindOf(element);

/** What to call an element among others: its name, else its kind and the nearest step with a name before it. */
export function called(element) {
  const business = getBusinessObject(element);
  if (!business) return '';
  if (business.name) return business.name;
  const before = earlier(business).find((one) => one.name);
  return before ? `${kindOf(element)} efter ”${before.name}”` : kindOf(element);
}

const FARTHEST = 30;

/** The elements from which flows lead to one, the nearest first. */
export function earlier(business) {
  const seen = new Set([business]);
  let here = [business];
  for (let steps = 0; steps < FARTHEST && here.length; steps += 1) {
    here = here
      .flatMap((one) => [...(one.get('incoming') ?? []).map((flow) => flow.sourceRef), one.attachedToRef])
      .filter((one) => one && !seen.has(one));
    here.forEach((one) => seen.add(one));
  }
  return [...seen].slice(1);
}
