// What the two editors of a draft's XML share: read the file, save it, tell of others, put back what was not saved.
import { Meeting } from './meeting.js';
import { Notices, download } from './notices.js';
import { Kept, Saving } from './saving.js';
import { watch } from './watching.js';

const clock = (iso) =>
  new Date(iso).toLocaleTimeString('sv-SE', { hour: '2-digit', minute: '2-digit' }).replace(':', '.');

export class DraftFile {
  /** `around` is what the server said; `text()` and `load(text)` are the editor's, `what` is "diagrammet" or so. */
  constructor({ around, text, load, what, status, notices, saved }) {
    Object.assign(this, { around, text, load, what });
    this.notices = new Notices(notices);
    this.kept = new Kept(around.draft, around.path);
    const say = (words, tone = '') => {
      if (status.textContent !== words) status.textContent = words;
      status.dataset.tone = tone;
    };
    this.say = say;
    this.saving = new Saving({
      url: around.urls.file,
      token: around.token,
      revision: 0,
      kept: this.kept,
      text,
      say,
      saved,
      overtaken: (told) => this.meeting.begin(told),
    });
    this.meeting = new Meeting(this);
  }

  /** Read the file and show it; offer what an earlier visit could not save. */
  async open() {
    const { text, revision } = await this.fetch();
    await this.load(text);
    this.saving.revision = revision;
    this.say(this.around.canChange ? `Sparat ${this.around.changedAt}` : 'Du kan läsa men inte ändra');
    if (!this.around.canChange) return;
    const kept = this.kept.read();
    if (kept && kept.text !== text) await this.offer(kept);
    watch({
      url: this.around.urls.state,
      path: this.around.path,
      saving: this.saving,
      changed: (state) => this.changedElsewhere(state),
    });
  }

  async fetch() {
    const answer = await fetch(this.around.urls.file, { headers: { Accept: 'application/xml' } });
    if (!answer.ok) throw new Error(`${this.around.path}: ${answer.status}`);
    return { text: await answer.text(), revision: Number(/\d+/.exec(answer.headers.get('ETag') ?? '0')[0]) };
  }

  async offer(kept, problem = '') {
    const name = `egen-${this.around.path}`;
    const drop = ['Kasta dem', () => this.kept.forget()];
    if (kept.revision < (this.around.revisions[this.around.path] ?? 0)) {
      this.notices.show(
        problem || `Det finns ändringar från ${clock(kept.at)} som inte sparades, men filen har ändrats sedan dess.`,
        [
          ...(this.around.urls.merge ? [['Ta in dem i det som står nu', () => this.meeting.merge(kept)]] : []),
          [
            'Ladda ned dem',
            () => {
              download(kept.text, name);
              this.kept.forget();
            },
          ],
          drop,
        ],
      );
      return;
    }
    this.notices.show(`Det finns ändringar från ${clock(kept.at)} som inte sparades.`, [
      ['Återställ dem', () => this.restore(kept.text)],
      drop,
    ]);
  }

  async restore(text) {
    await this.load(text);
    this.saving.changed();
    await this.saving.now();
  }

  changedElsewhere(state) {
    if (this.saving.stopped) return; // two have met already, and the way out takes in what came since
    const other = { by: state.changed_by, at: state.changed_at };
    if (this.saving.unsaved) this.meeting.begin(other);
    else this.notices.show(this.meeting.happened(other), [['Visa ändringen', () => this.takeOver()]]);
  }

  async takeOver() {
    const { text, revision } = await this.fetch();
    await this.load(text);
    this.saving.startOver(revision);
    this.say('Visar den senaste versionen');
  }
}
