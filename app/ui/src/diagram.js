// The live diagram: a read-only picture beside the ordered list that says the same in words.
//
//   <div class="s-diagram" role="region" aria-label="Processdiagram" tabindex="0"
//        data-bpmn-url="/projekt/7/diagram.bpmn" data-marks="diagram-marks"></div>
//   <script type="application/json" id="diagram-marks">{"is-done": ["relevance"], "is-now": ["bp1"]}</script>
//
// data-ready becomes "yes" once it is drawn, or "failed"; then the text of data-failed takes its place.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './diagram.css';

/** The marks of a diagram: CSS class → ids of the elements that carry it. */
function readMarks(container) {
  const source = document.getElementById(container.dataset.marks ?? '');
  return source ? JSON.parse(source.textContent) : {};
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
  const marks = readMarks(container);
  viewer.get('canvas').zoom('fit-viewport', 'auto');
  mark(viewer, marks);
  comeCloser(viewer, [...(marks['is-late'] ?? []), ...(marks['is-now'] ?? [])]);
}

const READABLE = 0.5; // below this the names of steps are too small to read
const CLOSE = 0.8;

/** A large diagram opens on what is open now; the whole of it is a scroll of the wheel away. */
function comeCloser(viewer, ids) {
  const canvas = viewer.get('canvas');
  const steps = ids.map((id) => viewer.get('elementRegistry').get(id)).filter((one) => one && !one.children?.length);
  if (canvas.zoom() >= READABLE || !steps.length) return;
  canvas.zoom(CLOSE);
  canvas.scrollToElement(steps[0], 80);
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
