// Palette, pads and menus that offer what the engine runs, and nothing else.
import ContextPadProvider from 'bpmn-js/lib/features/context-pad/ContextPadProvider';
import ReplaceMenuProvider from 'bpmn-js/lib/features/popup-menu/ReplaceMenuProvider';
import { is } from 'bpmn-js/lib/util/ModelUtil';
import { CATALOGUE, entryOf, runs, shapeOf } from './catalogue.js';
import { Inserting } from './inserting.js';

const fromKeyboard = (event) => typeof KeyboardEvent !== 'undefined' && event instanceof KeyboardEvent;

class Placing {
  /** Makes elements of the catalogue: hung on the pointer, after a step, or (by keyboard) in the middle of what is seen. */
  constructor(
    elementFactory,
    bpmnFactory,
    create,
    autoPlace,
    modeling,
    selection,
    canvas,
    elementRegistry,
    inserting,
    eventBus,
  ) {
    Object.assign(this, {
      inserting,
      eventBus,
      elementFactory,
      bpmnFactory,
      create,
      autoPlace,
      modeling,
      selection,
      canvas,
      elementRegistry,
    });
  }

  shape = (entry) => {
    const shape = shapeOf(entry, this.elementFactory, this.bpmnFactory);
    if (entry.id !== 'subprocess') return shape;
    const start = this.elementFactory.createShape({ type: 'bpmn:StartEvent', x: 40, y: 82, parent: shape });
    return [Object.assign(shape, { x: 0, y: 0 }), start];
  };

  drag = (entry, event, context) =>
    this.asksFirst(entry, context?.source) || this.create.start(event, this.shape(entry), context);

  here = (entry, event) =>
    fromKeyboard(event)
      ? this.asksFirst(entry, this.selection.get()[0]) || this.inTheMiddle(entry)
      : this.drag(entry, event);

  /** A decision point is more than a shape: it is asked for on a page of its own, and comes whole. */
  asksFirst(entry, element) {
    if (!entry.asks) return false;
    this.eventBus.fire(`styr.${entry.asks}`, { element: element ?? this.selection.get()[0] });
    return true;
  }

  inTheMiddle(entry) {
    const { x, y, width, height } = this.canvas.viewbox();
    const point = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
    const made = this.modeling.createElements([this.shape(entry)].flat(), point, this.containerAt(point));
    this.selection.select(made[0]);
  }

  containerAt({ x, y }) {
    const around = this.elementRegistry.filter(
      (one) =>
        !one.hidden &&
        !one.collapsed &&
        (is(one, 'bpmn:SubProcess') || is(one, 'bpmn:Participant')) &&
        one.x <= x &&
        x <= one.x + one.width &&
        one.y <= y &&
        y <= one.y + one.height,
    );
    return around.sort((a, b) => a.width * a.height - b.width * b.height)[0] ?? this.canvas.getRootElement();
  }

  after(entry, element) {
    if (this.asksFirst(entry, element)) return undefined;
    if (!entry.edge) {
      const shape = [this.shape(entry)].flat()[0];
      const way = this.inserting.wayOn(element, shape);
      return way ? this.inserting.into(way, shape) : this.autoPlace.append(element, shape);
    }
    const corner = { x: element.x + element.width - 20, y: element.y + element.height };
    return this.selection.select(this.modeling.createElements(this.shape(entry), corner, element, { attach: true })[0]);
  }
}
Placing.$inject = [
  'elementFactory',
  'bpmnFactory',
  'create',
  'autoPlace',
  'modeling',
  'selection',
  'canvas',
  'elementRegistry',
  'inserting',
  'eventBus',
];

const menuEntry = ({ label, icon, group }, action) => ({
  label,
  className: icon,
  group: { id: group, name: group },
  action,
});

class CreateMenu {
  constructor(popupMenu, placing) {
    this.popupMenu = popupMenu;
    this.placing = placing;
    popupMenu.registerProvider('bpmn-create', this);
  }

  getPopupMenuEntries() {
    const offered = CATALOGUE.filter((one) => !one.edge);
    return Object.fromEntries(offered.map((one) => [`create-${one.id}`, menuEntry(one, this.action(one))]));
  }

  action(entry) {
    const make = (event) => {
      this.popupMenu.close();
      this.placing.here(entry, event);
    };
    return { click: make, dragstart: make };
  }
}
CreateMenu.$inject = ['popupMenu', 'placing'];

class AppendMenu {
  constructor(popupMenu, placing, rules) {
    Object.assign(this, { popupMenu, placing, rules });
    popupMenu.registerProvider('bpmn-append', this);
  }

  getPopupMenuEntries(element) {
    if (!this.rules.allowed('shape.append', { element })) return {};
    const offered = CATALOGUE.filter((one) => !one.starts && (!one.edge || is(element, 'bpmn:Activity')));
    return Object.fromEntries(offered.map((one) => [`append-${one.id}`, menuEntry(one, this.action(one, element))]));
  }

  action(entry, element) {
    return {
      click: () => {
        if (entry.asks) this.popupMenu.close();
        this.placing.after(entry, element);
      },
      dragstart: (event) => this.placing.drag(entry, event, { source: element }),
    };
  }
}
AppendMenu.$inject = ['popupMenu', 'placing', 'rules'];

const ON_PALETTE = ['step', 'gate', 'effect', 'choice', 'start', 'end', 'subprocess'];

class PaletteProvider {
  constructor(palette, placing, handTool, lassoTool, spaceTool, globalConnect, translate) {
    Object.assign(this, { placing, handTool, lassoTool, spaceTool, globalConnect, translate });
    palette.registerProvider(this);
  }

  getPaletteEntries() {
    const tool = (title, className, click) => ({
      group: 'tools',
      title: this.translate(title),
      className,
      action: { click },
    });
    const make = (entry) => ({
      group: entry.group,
      className: entry.icon,
      title: `Lägg till: ${entry.label}`,
      action: {
        click: (event) => this.placing.here(entry, event),
        dragstart: (event) => this.placing.drag(entry, event),
      },
    });
    return {
      'hand-tool': tool('Activate hand tool', 'bpmn-icon-hand-tool', (event) => this.handTool.activateHand(event)),
      'lasso-tool': tool('Activate lasso tool', 'bpmn-icon-lasso-tool', (event) =>
        this.lassoTool.activateSelection(event),
      ),
      'space-tool': tool('Activate create/remove space tool', 'bpmn-icon-space-tool', (event) =>
        this.spaceTool.activateSelection(event),
      ),
      'global-connect-tool': tool('Activate global connect tool', 'bpmn-icon-connection-multi', (event) =>
        this.globalConnect.start(event),
      ),
      'tool-separator': { group: 'tools', separator: true },
      ...Object.fromEntries(ON_PALETTE.map((id) => [`create.${id}`, make(entryOf(id))])),
    };
  }
}
PaletteProvider.$inject = ['palette', 'placing', 'handTool', 'lassoTool', 'spaceTool', 'globalConnect', 'translate'];

const USUAL = ['step', 'choice', 'end'];
const RACING = ['message', 'timer'];

class Pad extends ContextPadProvider {
  constructor(injector) {
    super(
      ...ContextPadProvider.$inject.map((name) =>
        name === 'config.contextPad' ? (injector.get(name, false) ?? {}) : injector.get(name),
      ),
    );
    this.placing = injector.get('placing');
  }

  getContextPadEntries(element) {
    const entries = super.getContextPadEntries(element);
    const following = 'append.end-event' in entries ? USUAL : is(element, 'bpmn:EventBasedGateway') ? RACING : [];
    for (const key of Object.keys(entries)) {
      if (key.startsWith('append.') && key !== 'append.text-annotation') delete entries[key];
    }
    return { ...Object.fromEntries(following.map((id) => [`append.${id}`, this.append(entryOf(id))])), ...entries };
  }

  append(entry) {
    return {
      group: 'model',
      className: entry.icon,
      title: `Lägg till efter: ${entry.label}`,
      action: {
        click: (event, element) => this.placing.after(entry, element),
        dragstart: (event, element) => this.placing.drag(entry, event, { source: element }),
      },
    };
  }
}
Pad.$inject = ['injector'];

const FLOWS = new Set(['replace-with-sequence-flow', 'replace-with-default-flow']);
const MANY = ['bpmn:UserTask', 'bpmn:CallActivity'];

class ReplaceMenu extends ReplaceMenuProvider {
  _createEntries(target, options) {
    return super._createEntries(
      target,
      options.filter((option) => runs(option.target)),
    );
  }

  _createSequenceFlowEntries(target, options) {
    return super._createSequenceFlowEntries(
      target,
      options.filter((option) => FLOWS.has(option.actionName)),
    );
  }

  _getLoopCharacteristicsHeaderEntries(target) {
    if (!MANY.some((type) => is(target, type))) return {};
    const { 'toggle-parallel-mi': each } = super._getLoopCharacteristicsHeaderEntries(target);
    return { 'toggle-parallel-mi': each };
  }

  _getParticipantMultiplicityHeaderEntries() {
    return {};
  }
}
ReplaceMenu.$inject = ReplaceMenuProvider.$inject;

/** To be listed after the modules whose providers it takes the place of. */
export default {
  inserting: ['type', Inserting],
  placing: ['type', Placing],
  paletteProvider: ['type', PaletteProvider],
  contextPadProvider: ['type', Pad],
  replaceMenuProvider: ['type', ReplaceMenu],
  createMenuProvider: ['type', CreateMenu],
  appendMenuProvider: ['type', AppendMenu],
};
