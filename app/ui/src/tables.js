// A decision table of a draft, to be changed as a table. Who decides a gate can also be changed in the list above it.
import Modeler from 'dmn-js/lib/Modeler';
import 'dmn-js/dist/assets/diagram-js.css';
import 'dmn-js/dist/assets/dmn-js-shared.css';
import 'dmn-js/dist/assets/dmn-js-drd.css';
import 'dmn-js/dist/assets/dmn-js-decision-table.css';
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css';
import 'dmn-js/dist/assets/dmn-js-literal-expression.css';
import 'dmn-js/dist/assets/dmn-font/css/dmn.css';
import './designer/tables.css';
import { DraftFile } from './designer/file.js';
import { h } from './designer/dom.js';
import { speak } from './designer/literals.js';
import { translator } from './designer/sv.js';
import { svTables } from './designer/sv_tables.js';

const at = (id) => document.getElementById(id);
const around = JSON.parse(at('designer-canvas').dataset.around);
const container = at('designer-canvas');

const missing = new Set();
const additionalModules = [{ translate: ['value', translator(svTables, missing)] }];
const modeler = new Modeler({
  container,
  drd: { additionalModules },
  decisionTable: { additionalModules },
  literalExpression: { additionalModules },
});

speak(container, { 'Move Input': 'Flytta villkor', 'Move Output': 'Flytta resultat' }, '[title]');

// The column of the rows' numbers has a head without a word.
new MutationObserver(() => {
  for (const head of container.querySelectorAll('th.index-column:empty')) head.append(h('span', { class: 's-hidden' }, 'Rad'));
}).observe(container, { subtree: true, childList: true });

const text = async () => (await modeler.saveXML({ format: true })).xml;
const listened = new WeakSet();
let file;

async function check() {
  const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': around.token };
  try {
    const answer = await fetch(around.urls.check, {
      method: 'POST',
      body: JSON.stringify({ files: { [around.path]: await text() } }),
      headers,
      redirect: 'error',
    });
    const { findings } = await answer.json();
    at('designer-findings').replaceChildren(
      ...findings
        .filter((one) => one.file === around.path)
        .map((one) =>
          h('li', {}, h('div', {}, h('p', {}, one.message), one.place && h('p', { class: 's-soft' }, one.place))),
        ),
    );
  } catch {
    // what was found last still stands
  }
}

let timer = 0;
function changed() {
  file.saving.changed();
  clearTimeout(timer);
  timer = setTimeout(check, 900);
}

// Each decision has a viewer of its own, made when it is first shown.
modeler.on('views.changed', () => {
  const bus = modeler.getActiveViewer()?.get('eventBus');
  if (!bus || listened.has(bus)) return;
  listened.add(bus);
  bus.on('elements.changed', changed);
});

file = new DraftFile({
  around,
  text,
  what: 'tabellen',
  status: at('designer-status'),
  notices: at('designer-notices'),
  load: (xml) => modeler.importXML(xml),
});
file.open().then(
  () => {
    container.dataset.ready = 'yes';
    return check();
  },
  (error) => {
    container.dataset.ready = 'failed';
    container.textContent = container.dataset.failed;
    console.error(error);
  },
);

const choice = at('designer-file');
choice?.addEventListener('change', async () => {
  if (await file.saving.now()) choice.form.submit();
});

container.untranslated = () => [...missing];
container.modeler = modeler;
