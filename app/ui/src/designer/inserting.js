// A new step after one that already leads on is put into the way: between it and what comes next, with room made for it.
import { is } from 'bpmn-js/lib/util/ModelUtil';

const GAP = 50;
const PASSED_THROUGH = ['bpmn:Activity', 'bpmn:Gateway', 'bpmn:IntermediateCatchEvent'];

const right = ({ x, width }) => x + width;
const crosses = (one, two) => one.y < two.y + two.height && two.y < one.y + one.height;

export class Inserting {
  constructor(commandStack, modeling, eventBus) {
    Object.assign(this, { commandStack, modeling, eventBus });
    commandStack.registerHandler('styr.insert', class {
      preExecute = (context) => insert(modeling, context);
    });
  }

  /** The way on from an element, where there is one and the new shape can stand in it. */
  wayOn(element, shape) {
    const ways = (element.outgoing ?? []).filter((one) => is(one, 'bpmn:SequenceFlow'));
    const parts = is(element, 'bpmn:Gateway') || is(element, 'bpmn:BoundaryEvent');
    const fits = PASSED_THROUGH.some((type) => is(shape, type));
    return !parts && fits && ways.length === 1 ? ways[0] : null;
  }

  /** Put a shape into a flow, as one change that is undone as one. */
  into(flow, shape) {
    const source = flow.source;
    const context = { flow, shape };
    this.commandStack.execute('styr.insert', context);
    this.eventBus.fire('autoPlace.end', { source, shape: context.made });
  }
}
Inserting.$inject = ['commandStack', 'modeling', 'eventBus'];

function insert(modeling, context) {
  const { flow, shape } = context;
  const { source, target } = flow;
  const place = {
    x: right(source) + GAP,
    y: Math.round(source.y + source.height / 2 - shape.height / 2),
    width: shape.width,
    height: shape.height,
  };
  makeRoom(modeling, { source, target, place });
  const middle = { x: place.x + place.width / 2, y: place.y + place.height / 2 };
  context.made = modeling.createShape(shape, middle, source.parent);
  modeling.reconnectEnd(flow, context.made, middle);
  modeling.connect(context.made, target, { type: 'bpmn:SequenceFlow' });
  modeling.layoutConnection(flow);
}

/** Move what stands to the right in the same part of the process, so far as the new place needs. */
function makeRoom(modeling, { source, target, place }) {
  const after = source.parent.children.filter(
    (one) => !one.waypoints && !one.labelTarget && !one.host && !is(one, 'bpmn:Lane') && one !== source && one.x >= right(source),
  );
  const inTheWay = after.filter((one) => one === target || crosses(one, place));
  if (!inTheWay.length) return;
  const by = right(place) + GAP - Math.min(...inTheWay.map(({ x }) => x));
  if (by > 0) modeling.moveElements(after, { x: by, y: 0 }, undefined, { attach: false });
}
