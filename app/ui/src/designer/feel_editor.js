// The FEEL editor proper, in a shadow root of its own: its style sheets then need no exception of the page's policy.
import FeelEditor from '@bpmn-io/feel-editor';

const STYLE = `
  .cm-editor { font-size: 16px; border: 1.5px solid var(--edge, #66707c); border-radius: 6px; background: #fff; color: #14181f; }
  .cm-editor.cm-focused { outline: 3px solid #ffdd00; outline-offset: 0; box-shadow: inset 0 0 0 2px #14181f; }
  .cm-editor .cm-content { min-height: 28px; padding: 8px !important; white-space: break-spaces !important; overflow-wrap: anywhere; flex-shrink: 1 !important; min-width: 0; }
  .cm-tooltip { font-size: 16px; }
`;

const variable = ([name, fields]) => ({ name, entries: (fields ?? []).map((field) => ({ name: field })) });

export function mount({ host, label, value, names, settle }) {
  const root = host.attachShadow({ mode: 'open', delegatesFocus: true });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  const inside = document.createElement('div');
  root.append(inside);
  let text = value;
  const editor = new FeelEditor({
    container: inside,
    value,
    variables: Object.entries(names).map(variable),
    builtins: [],
    contentAttributes: { 'aria-label': label },
    onChange: (typed) => {
      text = typed.trim();
    },
    onLint: (found) => {
      const wrong = found.filter((one) => one.severity === 'error' || one.type === 'Syntax Error');
      settle(
        text,
        text && wrong.length ? 'Villkoret går inte att läsa. Kontrollera parenteser, citattecken och namn' : '',
      );
    },
  });
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return {
    focus: () => editor.focus(),
    insert(name) {
      const view = editor._cmEditor;
      view.dispatch(view.state.replaceSelection(name));
      view.focus();
    },
  };
}
