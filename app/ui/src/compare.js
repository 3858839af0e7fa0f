// Two drawings of one diagram side by side, which move together; what differs carries a colour and a word.
//
//   <div data-pair="picture-1" data-tools="picture-1-tools" data-added="+ Ny" data-removed="– Borttagen" …>
//     <div class="s-diagram" data-drawing="/models/…/project.bpmn" data-marks="picture-1-1"></div>  (twice)
//   </div>
//   <div id="picture-1-1" hidden>{"removed": ["step"], "changed": ["other"]}</div>
//
// A pair is drawn when it comes into view. Links in the list (data-show an id, data-in a pair) lead to an element.
// data-ready becomes "yes" once both are drawn, or "failed"; then the text of data-failed takes their place.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './diagram.css';
import './compare.css';

const CLOSE = 1; // the names of steps are then 12 px
const STEP = 1.25;
const KINDS = ['added', 'removed', 'changed'];

async function fetchDrawing(url) {
  const response = await fetch(url, { headers: { Accept: 'application/xml' } });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.text();
}

/** Draw one side and mark what differs; returns the viewer and the marked elements. */
async function draw(container, words) {
  const viewer = new NavigatedViewer({ container });
  await viewer.importXML(await fetchDrawing(container.dataset.drawing));
  const marks = JSON.parse(document.getElementById(container.dataset.marks).textContent);
  const registry = viewer.get('elementRegistry');
  const marked = [];
  for (const kind of KINDS) {
    for (const element of (marks[kind] ?? []).map((id) => registry.get(id)).filter(Boolean)) {
      viewer.get('canvas').addMarker(element, `is-${kind}`);
      viewer.get('overlays').add(element, { position: place(element), html: word(kind, words[kind]), scale: { min: 1 } });
      marked.push(element);
    }
  }
  return { viewer, marked };
}

/** The word stands at the upper left of a step, and in the middle of a flow. */
function place(element) {
  if (!element.waypoints) return { top: -12, left: 0 };
  const points = element.waypoints;
  const middle = points[Math.floor((points.length - 1) / 2)];
  const next = points[Math.floor((points.length - 1) / 2) + 1] ?? middle;
  const left = Math.min(...points.map((point) => point.x));
  const top = Math.min(...points.map((point) => point.y));
  return { left: (middle.x + next.x) / 2 - left, top: (middle.y + next.y) / 2 - top - 10 };
}

function word(kind, text) {
  const label = document.createElement('span');
  label.className = 's-diagram-word';
  label.dataset.kind = kind;
  label.textContent = text;
  return label;
}

/** Whatever part of the model one side shows, the other shows too. */
function moveTogether(sides) {
  let led = false;
  for (const [one, other] of [sides, [...sides].reverse()]) {
    one.viewer.on('canvas.viewbox.changed', () => {
      if (led) return;
      led = true;
      const { x, y, width, height } = one.viewer.get('canvas').viewbox();
      other.viewer.get('canvas').viewbox({ x, y, width, height });
      led = false;
    });
  }
}

/** Put an element in the middle of the side that has it. */
function comeTo(sides, id) {
  for (const { viewer } of [...sides].reverse()) {
    const element = viewer.get('elementRegistry').get(id);
    if (!element) continue;
    const canvas = viewer.get('canvas');
    canvas.zoom(CLOSE);
    const { width, height } = canvas.viewbox();
    const [point] = element.waypoints ?? [{ x: element.x + element.width / 2, y: element.y + element.height / 2 }];
    canvas.viewbox({ x: point.x - width / 2, y: point.y - height / 2, width, height });
    return;
  }
}

function offer(sides, tools) {
  const canvas = sides[1].viewer.get('canvas');
  const ids = [...new Set(sides.flatMap(({ marked }) => marked.map((element) => element.id)))];
  let at = -1;
  const does = {
    next: () => { at = (at + 1) % ids.length; comeTo(sides, ids[at]); },
    in: () => canvas.zoom(canvas.zoom() * STEP),
    out: () => canvas.zoom(canvas.zoom() / STEP),
    all: () => canvas.zoom('fit-viewport', 'auto'),
  };
  for (const button of tools.querySelectorAll('[data-zoom]')) button.onclick = does[button.dataset.zoom];
  tools.hidden = false;
  return ids;
}

async function show(pair) {
  const words = Object.fromEntries(KINDS.map((kind) => [kind, pair.dataset[kind]]));
  const sides = await Promise.all([...pair.querySelectorAll('[data-drawing]')].map((one) => draw(one, words)));
  moveTogether(sides);
  const [first] = offer(sides, document.getElementById(pair.dataset.tools));
  if (first) comeTo(sides, first);
  else sides[1].viewer.get('canvas').zoom('fit-viewport', 'auto');
  return sides;
}

const shown = new Map();

/** Draw a pair once, however often it is asked for. */
function shownPair(pair) {
  if (!shown.has(pair)) {
    shown.set(pair, show(pair).then(
      (sides) => { pair.dataset.ready = 'yes'; return sides; },
      (error) => {
        pair.textContent = pair.dataset.failed ?? '';
        pair.dataset.ready = 'failed';
        console.error(error);
        return null;
      },
    ));
  }
  return shown.get(pair);
}

const pairs = new Map([...document.querySelectorAll('[data-pair]')].map((pair) => [pair.dataset.pair, pair]));
const seen = new IntersectionObserver((entries) => {
  for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
    seen.unobserve(target);
    shownPair(target);
  }
}, { rootMargin: '200px' });
for (const pair of pairs.values()) seen.observe(pair);

for (const link of document.querySelectorAll('[data-show]')) {
  const pair = pairs.get(link.dataset.in);
  if (!pair) continue;
  link.hidden = false;
  link.addEventListener('click', async () => {
    const sides = await shownPair(pair);
    if (sides) comeTo(sides, link.dataset.show);
  });
}
