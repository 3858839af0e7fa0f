// The form editor of a draft: saves itself, shows beside it what people will meet, and leaves the rest to the server.
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css';
import '@bpmn-io/form-js-editor/dist/assets/form-js-editor.css';
import '@bpmn-io/form-js-editor/dist/assets/properties-panel.css';
import './form_editor.css';
import { FormEditor } from '@bpmn-io/form-js-editor';
import { DraftFile } from '../designer/file.js';
import { Preview } from './preview.js';
import { nameInSwedish, speakSwedish } from './sv.js';

const byId = (id) => document.getElementById(id);

async function begin() {
  const around = JSON.parse(byId('form-data').textContent);
  const place = byId('form-editor');
  place.replaceChildren();
  const editor = new FormEditor({ container: place });
  const preview = new Preview({ frame: byId('form-preview'), around });
  let loading = false;
  const text = async () => JSON.stringify(editor.saveSchema());
  const file = new DraftFile({
    around,
    text,
    what: 'formuläret',
    status: byId('form-status'),
    notices: byId('form-notices'),
    load: async (written) => {
      loading = true;
      await editor.importSchema(JSON.parse(written));
      loading = false;
      preview.show(await text());
    },
    saved: () => {},
  });
  file.saving.url = around.urls.save; // the server puts right what the editor leaves out, and refuses what it cannot print
  editor.on('changed', async () => {
    if (loading) return;
    file.saving.changed();
    preview.later(text);
  });
  speakSwedish(place);
  nameInSwedish(editor.get('eventBus'));
  await file.open();
  place.editor = editor; // for tests
  place.dataset.ready = '';
}

begin().catch((error) => {
  byId('form-editor').textContent = byId('form-editor').dataset.failed;
  throw error;
});
