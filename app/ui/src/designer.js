// The diagram of a draft, to be changed. The page around it is the server's; see _diagram.html for the places by id.
//
// data-ready on the canvas becomes "yes" once it can be edited, or "failed".
import Modeler from 'bpmn-js/lib/Modeler';
import { CreateAppendAnythingModule } from 'bpmn-js-create-append-anything';
import minimap from 'diagram-js-minimap';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import 'diagram-js-minimap/assets/diagram-js-minimap.css';
import './designer/designer.css';
import { Checking } from './designer/checking.js';
import { Deciders } from './designer/deciders.js';
import { DraftFile } from './designer/file.js';
import { POPUP, speak } from './designer/literals.js';
import menus from './designer/menus.js';
import { Panel } from './designer/panel.js';
import styr from './designer/styr.json';
import translate, { untranslated } from './designer/sv.js';
import { View } from './designer/view.js';
import writing from './designer/writing.js';

const at = (id) => document.getElementById(id);
const around = JSON.parse(at('designer-canvas').dataset.around);
const container = at('designer-canvas');

const modeler = new Modeler({
  container,
  moddleExtensions: { styr },
  additionalModules: [CreateAppendAnythingModule, minimap, menus, writing, translate],
});

speak(container, POPUP, '.djs-popup');

const text = async () => (await modeler.saveXML({ format: true })).xml;

const view = new View(modeler, container);

async function load(xml) {
  const before = view.now();
  await modeler.importXML(xml);
  if (before) view.comeBack(before);
  else view.begin();
}

function go(id, show = (element) => view.show(element)) {
  const element = view.element(id);
  if (!element) return;
  show(element);
  modeler.get('selection').select(element);
  at('designer-panel').querySelector('h2')?.focus();
}

const file = new DraftFile({
  around,
  text,
  load,
  what: 'diagrammet',
  status: at('designer-status'),
  notices: at('designer-notices'),
  saved: () => panel.forget(),
});
const checking = new Checking({
  modeler,
  text,
  go,
  url: around.urls.check,
  token: around.token,
  path: around.path,
  files: around.files,
  list: at('designer-findings'),
  verdict: at('designer-verdict'),
});
const panel = new Panel(modeler, at('designer-panel'), around, {
  go,
  deciders: new Deciders(around, () => checking.later()),
  checkAgain: () => checking.later(),
});

modeler.get('eventBus').on('commandStack.changed', () => {
  if (!around.canChange) return;
  file.saving.changed();
  checking.later();
});

/** A decision point ends a phase, and comes with its checklist, deciders and ways out: a page asks for them. */
modeler.get('eventBus').on('styr.gate', ({ element }) => {
  const phases = new Set(around.phases.map(([key]) => key));
  let within = element;
  while (within && !phases.has(within.id)) within = within.parent;
  const address = new URL(around.urls.newPhase, location.href);
  if (within) address.searchParams.set('after', within.id);
  file.notices.show(
    'En beslutspunkt avslutar en fas och har en checklista, någon som beslutar och flera utfall. Skriv vad den heter på en sida, så ritas allt på en gång.',
    [
      ['Lägg till fas med beslutspunkt', async () => (await file.saving.now()) && location.assign(address)],
      ['Avbryt', () => {}],
    ],
  );
  at('designer-notices').querySelector('button').focus();
});

const tools = {
  undo: () => modeler.get('commandStack').undo(),
  redo: () => modeler.get('commandStack').redo(),
  in: () => modeler.get('zoomScroll').stepZoom(1),
  out: () => modeler.get('zoomScroll').stepZoom(-1),
  all: () => view.whole(),
  // Later, since the click that opens it would close it on its way up.
  search: () => setTimeout(() => modeler.get('searchPad').toggle()),
};
for (const button of at('designer-tools').querySelectorAll('[data-tool]')) button.onclick = tools[button.dataset.tool];

// Another file of the draft: what is on the screen is saved first.
const choice = at('designer-file');
choice.addEventListener('change', async () => {
  if ((await file.saving.now()) || !around.canChange) choice.form.submit();
});

file.open().then(
  () => {
    at('designer-tools').hidden = false;
    const wanted = new URLSearchParams(location.search).get('element');
    if (wanted) go(wanted, (element) => view.middle(element));
    container.dataset.ready = 'yes';
    checking.now();
  },
  (error) => {
    container.dataset.ready = 'failed';
    at('designer-notices').textContent = container.dataset.failed;
    at('designer-notices').hidden = false;
    console.error(error);
  },
);

// For tests: what was said in another language than Swedish, and the modeler itself.
container.untranslated = untranslated;
container.modeler = modeler;
