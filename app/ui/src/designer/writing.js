// Writes what the panel is told into the diagram, each time as one command, so that it can be undone as one.
import { getBusinessObject, is } from 'bpmn-js/lib/util/ModelUtil';

/** Our extension element of a type on an element, if it has one. */
export function extension(element, type) {
  return getBusinessObject(element)
    .extensionElements?.get('values')
    .find((one) => is(one, type));
}

export class Writing {
  constructor(modeling, bpmnFactory, moddle, canvas) {
    Object.assign(this, { modeling, bpmnFactory, moddle, canvas });
  }

  properties(element, values) {
    this.modeling.updateProperties(element, values);
  }

  /** Set attributes of our extension element; empty ones are taken away, and so is what has none left. */
  extension(element, type, attributes) {
    const given = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, value || undefined]));
    const business = getBusinessObject(element);
    const holder = business.extensionElements;
    const own = extension(element, type);
    if (own && this.isLeft(own, given)) return this.modeling.updateModdleProperties(element, own, given);
    const others = (holder?.get('values') ?? []).filter((one) => one !== own);
    const values = own ? others : [...others, this.made(type, given)];
    if (holder) return this.modeling.updateModdleProperties(element, holder, { values: this.owned(values, holder) });
    const fresh = this.made('bpmn:ExtensionElements', {}, business);
    fresh.values = this.owned(values, fresh);
    return this.modeling.updateModdleProperties(element, business, { extensionElements: fresh });
  }

  isLeft(own, given) {
    const names = own.$descriptor.properties.map(({ ns }) => ns.localName);
    return names.some((name) => (name in given ? given[name] : own.get(name)));
  }

  made(type, attributes, parent) {
    const element = this.bpmnFactory.create(type, attributes);
    element.$parent = parent;
    return element;
  }

  owned(values, holder) {
    for (const value of values) value.$parent = holder;
    return values;
  }

  documentation(element, text) {
    const business = getBusinessObject(element);
    const others = business.get('documentation').slice(1);
    const first = text ? [this.made('bpmn:Documentation', { text }, business)] : [];
    this.modeling.updateModdleProperties(element, business, { documentation: [...first, ...others] });
  }

  /** FEEL on a flow, "" for none. */
  condition(element, body) {
    const conditionExpression = body
      ? this.made('bpmn:FormalExpression', { body }, getBusinessObject(element))
      : undefined;
    this.modeling.updateProperties(element, { conditionExpression });
  }

  /** When a timer is due, as FEEL: a length of time or a moment. */
  timer(element, definition, attribute, body) {
    const expression = body ? this.made('bpmn:FormalExpression', { body }, definition) : undefined;
    const none = { timeDuration: undefined, timeDate: undefined, timeCycle: undefined };
    this.modeling.updateModdleProperties(element, definition, { ...none, [attribute]: expression });
  }

  /** The message or error that an event refers to, found by its name or made. */
  reference(element, definition, { attribute, type, key, name }) {
    const roots = this.definitions().get('rootElements');
    let found = name && roots.find((one) => is(one, type) && one.get(key) === name);
    if (name && !found) {
      found = this.made(type, key === 'name' ? { name } : { name, [key]: name }, this.definitions());
      roots.push(found);
    }
    this.modeling.updateModdleProperties(element, definition, { [attribute]: found || undefined });
  }

  references(type, key) {
    const named = this.definitions()
      .get('rootElements')
      .filter((one) => is(one, type))
      .map((one) => one.get(key));
    return [...new Set(named.filter(Boolean))].sort();
  }

  definitions() {
    let element = getBusinessObject(this.canvas.getRootElement());
    while (element && !is(element, 'bpmn:Definitions')) element = element.$parent;
    return element;
  }

  multiple(element, on) {
    const loop = on ? this.made('bpmn:MultiInstanceLoopCharacteristics', {}, getBusinessObject(element)) : undefined;
    this.modeling.updateProperties(element, { loopCharacteristics: loop });
    if (!on && extension(element, 'styr:Each'))
      this.extension(element, 'styr:Each', { item: '', collection: '', until: '' });
  }
}
Writing.$inject = ['modeling', 'bpmnFactory', 'moddle', 'canvas'];

export default { __init__: [], writing: ['type', Writing] };
