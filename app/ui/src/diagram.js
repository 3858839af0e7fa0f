// The live diagram: a read-only picture beside the ordered list that says the same in words.
//
//   <div class="s-diagram" role="region" aria-label="Processdiagram" tabindex="0"
//        data-bpmn-url="/projekt/7/diagram.bpmn" data-marks="diagram-marks" data-tools="diagram-tools"></div>
//   <script type="application/json" id="diagram-marks">{"is-done": ["relevance"], "is-now": ["bp1"]}</script>
//
// The element that data-tools names is shown once there is something to look closer at; its buttons say with data-zoom
// what they do: in, out, all (the whole picture), open (what is open now) or next (what is never visited, one by one).
// data-notes names an element with words for elements of the picture, {"bp1": "öppet nu"}.
// data-ready becomes "yes" once it is drawn, or "failed"; then the text of data-failed takes its place.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './diagram.css';

/** What stands in the element with this id, as JSON: the marks of a diagram (CSS class → ids), its notes. */
function read(id) {
  const source = document.getElementById(id ?? '');
  return source ? JSON.parse(source.textContent) : {};
}

/** Words on the picture: element id → what stands at its corner, so that no mark speaks by colour alone. */
function note(viewer, notes) {
  const elements = viewer.get('elementRegistry');
  for (const [id, words] of Object.entries(notes).filter(([id]) => elements.get(id))) {
    const html = document.createElement('span');
    html.className = 'styr-note';
    html.textContent = words;
    const element = elements.get(id);
    const way = element.waypoints?.[Math.floor((element.waypoints.length - 1) / 2)];
    const position = way ? { left: way.x - element.x + 6, top: way.y - element.y - 10 } : { left: 0, top: -14 };
    viewer.get('overlays').add(id, { position, html, show: { minZoom: 0.35 } });
  }
}

function mark(viewer, marks) {
  const canvas = viewer.get('canvas');
  const elements = viewer.get('elementRegistry');
  for (const [className, ids] of Object.entries(marks)) {
    for (const id of ids.filter((id) => elements.get(id))) canvas.addMarker(id, className);
  }
}

async function fetchDiagram(url) {
  const response = await fetch(url, { headers: { Accept: 'application/xml' } });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.text();
}

async function show(container) {
  const viewer = new NavigatedViewer({ container });
  await viewer.importXML(await fetchDiagram(container.dataset.bpmnUrl));
  const marks = read(container.dataset.marks);
  viewer.get('canvas').zoom('fit-viewport', 'auto');
  mark(viewer, marks);
  note(viewer, read(container.dataset.notes));
  document.addEventListener('styr:fresh', () => renew(viewer, container, marks));
  const open = openSteps(viewer, [...(marks['is-late'] ?? []), ...(marks['is-now'] ?? [])]);
  if (viewer.get('canvas').zoom() < READABLE) comeCloser(viewer, open);
  const never = (marks['is-unvisited'] ?? []).map((id) => viewer.get('elementRegistry').get(id)).filter(Boolean);
  offer(viewer, open, never, document.getElementById(container.dataset.tools ?? ''));
}

/** What the page was told anew stands in the picture too: other marks, other words. */
function renew(viewer, container, marks) {
  const canvas = viewer.get('canvas');
  const fresh = read(container.dataset.marks);
  for (const [className, ids] of Object.entries(marks)) {
    for (const id of ids.filter((id) => viewer.get('elementRegistry').get(id))) canvas.removeMarker(id, className);
    delete marks[className];
  }
  viewer.get('overlays').clear();
  Object.assign(marks, fresh);
  mark(viewer, marks);
  note(viewer, read(container.dataset.notes));
}

const READABLE = 0.8; // below this the names of steps are too small to read
const CLOSE = 1.25; // the names of steps are then 15 px
const STEP = 1.25;

function openSteps(viewer, ids) {
  return ids.map((id) => viewer.get('elementRegistry').get(id)).filter((one) => one && !one.children?.length);
}

/** The middle of a shape; of a flow a point on it. */
function middle(element) {
  const points = element.waypoints;
  if (points) return points[Math.floor((points.length - 1) / 2)];
  return { x: element.x + element.width / 2, y: element.y + element.height / 2 };
}

/** A large diagram opens on what is open now, in the middle. */
function comeCloser(viewer, [first]) {
  if (!first) return;
  const canvas = viewer.get('canvas');
  canvas.zoom(CLOSE);
  const { width, height } = canvas.viewbox();
  const { x, y } = middle(first);
  canvas.viewbox({ x: x - width / 2, y: y - height / 2, width, height });
}

/** The buttons beside the picture, for those who have no wheel. */
function offer(viewer, open, never, tools) {
  if (!tools) return;
  const canvas = viewer.get('canvas');
  let turn = 0;
  const does = {
    in: () => canvas.zoom(canvas.zoom() * STEP),
    out: () => canvas.zoom(canvas.zoom() / STEP),
    all: () => canvas.zoom('fit-viewport', 'auto'),
    open: () => comeCloser(viewer, open),
    next: () => comeCloser(viewer, [never[turn++ % never.length]]),
  };
  for (const button of tools.querySelectorAll('[data-zoom]')) button.onclick = does[button.dataset.zoom];
  tools.hidden = false;
}

for (const container of document.querySelectorAll('[data-bpmn-url]')) {
  show(container).then(
    () => { container.dataset.ready = 'yes'; },
    (error) => {
      container.textContent = container.dataset.failed ?? '';
      container.dataset.ready = 'failed';
      console.error(error);
    },
  );
}
