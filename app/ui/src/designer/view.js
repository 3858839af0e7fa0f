// What of the diagram is seen: where it opens, and how what somebody asks for comes into sight, the page included.
const WIDE = 1200; // pixels of canvas beside which the overview covers little
const HIGH = 700;
const READABLE = 0.75; // below this the names of steps are too small to read

const AROUND = { top: 60, right: 60, bottom: 60, left: 120 }; // pixels that palette and pad may need
const BELOW_SEARCH = { ...AROUND, top: 270 }; // its field and as many hits as it shows at once

export class View {
  constructor(modeler, container) {
    Object.assign(this, { modeler, container });
    this.canvas = modeler.get('canvas');
    const bus = modeler.get('eventBus');
    bus.on('searchPad.preselected', ({ id }) => this.show(this.element(id), BELOW_SEARCH));
    bus.on('searchPad.selected', ({ id }) => this.show(this.element(id)));
    new ResizeObserver(() => this.canvas.resized()).observe(container);
  }

  element(id) {
    return this.modeler.get('elementRegistry').get(id);
  }

  /** What to come back to when the diagram is read anew; nothing before it was read at all. */
  now() {
    const read = this.modeler.getDefinitions();
    return read && { box: this.canvas.viewbox(), selected: this.modeler.get('selection').get() };
  }

  /** Show all of a small diagram; of a large one its beginning, with the overview open where there is room for it. */
  begin() {
    if (this.canvas.zoom('fit-viewport', 'auto') >= READABLE) return;
    this.canvas.zoom(READABLE);
    const { inner, width, height } = this.canvas.viewbox();
    this.canvas.viewbox({ x: inner.x - 160, y: inner.y - 60, width, height });
    if (width * READABLE > WIDE && height * READABLE > HIGH) this.modeler.get('minimap').open();
  }

  /** What was read anew is shown where the reader was. */
  comeBack({ box: { x, y, width, height }, selected }) {
    this.canvas.viewbox({ x, y, width, height });
    this.modeler.get('selection').select(selected.map(({ id }) => this.element(id)).filter(Boolean));
  }

  /** The whole diagram in the canvas, and the whole canvas in the window. */
  whole() {
    this.reveal();
    this.canvas.resized();
    this.canvas.zoom('fit-viewport', 'auto');
  }

  /** Bring an element into sight: to the middle of what is free when it was not all there already. */
  show(element, margin = AROUND) {
    this.reveal();
    const { x, y, width, height, scale } = this.canvas.viewbox();
    const free = {
      x: x + margin.left / scale,
      y: y + margin.top / scale,
      width: width - (margin.left + margin.right) / scale,
      height: Math.max(height - (margin.top + margin.bottom) / scale, 0),
    };
    const box = boundsOf(element);
    const dx = away(box.x, box.width, free.x, free.width);
    const dy = away(box.y, box.height, free.y, free.height);
    if (dx || dy) this.canvas.viewbox({ x: x + dx, y: y + dy, width, height });
  }

  /** Show what an address names in the middle of the picture: the canvas has its final size only now. */
  middle(element) {
    this.canvas.resized();
    const { width, height } = this.canvas.viewbox();
    const box = boundsOf(element);
    this.canvas.viewbox({ x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height });
  }

  reveal() {
    this.container.scrollIntoView({ block: 'nearest' });
  }
}

/** How far to go so that a stretch comes to the middle of what is free, or begins there when it is longer. */
function away(start, length, free, room) {
  if (free <= start && start + length <= free + room) return 0;
  return length <= room ? start + length / 2 - (free + room / 2) : start - free;
}

function boundsOf(element) {
  if (!element.waypoints) return element;
  const along = (axis) => element.waypoints.map((point) => point[axis]);
  const [x, y] = [Math.min(...along('x')), Math.min(...along('y'))];
  return { x, y, width: Math.max(...along('x')) - x, height: Math.max(...along('y')) - y };
}
