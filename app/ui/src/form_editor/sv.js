// The form editor's words in Swedish. It has few translatable texts of its own, so what it prints is put into Swedish
// as it appears: `WORDS` are whole texts, `PATTERNS` those with something in them.
export const WORDS = {
  // palette
  Components: 'Fält',
  'Search components': 'Sök fält',
  'No components found.': 'Inget fält heter så.',
  Input: 'Att besvara',
  Selection: 'Att välja',
  Presentation: 'Att läsa',
  Containers: 'Avsnitt och listor',
  Action: 'Knappar',
  'Text field': 'Textrad',
  'Text area': 'Flera rader',
  Number: 'Tal',
  'Date time': 'Datum, tid',
  'File picker': 'Filer',
  Checkbox: 'Kryssruta',
  'Checkbox group': 'Flera val',
  'Radio group': 'Ett val',
  Select: 'Lista, ett val',
  'Tag list': 'Lista, flera',
  'Text view': 'Text',
  'HTML view': 'HTML',
  Table: 'Tabell',
  'Document preview': 'Dokument',
  'Document reference': 'Dokumenten',
  'Max height of preview container': 'Bildernas höjd, högst',
  Spacer: 'Mellanrum',
  Separator: 'Linje',
  Group: 'Avsnitt',
  'Dynamic list': 'Rader',
  // canvas
  'Build your form': 'Bygg formuläret',
  'Drag and drop components here to start designing.': 'Dra fält hit från vänster, eller använd listan med fält.',
  'Field label': 'Etikett',
  'Group label': 'Rubrik',
  'Table label': 'Rubrik',
  'Remove form field': 'Ta bort fältet',
  Repeatable: 'Upprepas',
  // panel
  Form: 'Formulär',
  General: 'Allmänt',
  'Form ID': 'Formulärets id',
  Title: 'Rubrik',
  Condition: 'Villkor',
  'Hide if': 'Dölj när',
  Layout: 'Placering',
  Columns: 'Kolumner',
  Column: 'Kolumn',
  'Vertical alignment': 'Justering i höjdled',
  Top: 'Överst',
  Center: 'Mitten',
  Bottom: 'Nederst',
  Auto: 'Automatiskt',
  Appearance: 'Utseende',
  Prefix: 'Före fältet',
  Suffix: 'Efter fältet',
  Validation: 'Regler för svaret',
  Required: 'Måste besvaras',
  Minimum: 'Minst',
  Maximum: 'Högst',
  'Minimum length': 'Minst antal tecken',
  'Maximum length': 'Högst antal tecken',
  'Validation pattern': 'Slag av text',
  'Custom regular expression': 'Eget mönster (regex)',
  'Custom error message': 'Säg det här när mönstret inte stämmer',
  Custom: 'Eget',
  Email: 'E-post',
  Phone: 'Telefon',
  'Custom properties': 'Styrs egenskaper',
  Key: 'Nyckel',
  Value: 'Värde',
  Path: 'Nyckel',
  ID: 'Id',
  Label: 'Etikett',
  Text: 'Text',
  Type: 'Slag',
  'Date label': 'Etikett för datum',
  'Time label': 'Etikett för tid',
  'Field description': 'Beskrivning',
  Subtype: 'Datum eller tid',
  Date: 'Datum',
  Time: 'Tid',
  'Date & Time': 'Datum och tid',
  'Use 24h': 'Dygn med 24 timmar',
  'Time format': 'Tid skrivs',
  'Time interval': 'Tid mellan val',
  Constraints: 'Gränser',
  'Disallow past dates': 'Bara kommande dagar',
  'Default value': 'Står där från början',
  Checked: 'Ikryssad',
  'Not checked': 'Inte ikryssad',
  'Read only': 'Går bara att läsa',
  Disabled: 'Avstängt',
  'Decimal digits': 'Decimaler',
  Increment: 'Steg mellan tal',
  Serialization: 'Så sparas talet',
  'Output as string': 'Som text',
  'Options source': 'Alternativen kommer från',
  'Static options': 'Egna alternativ',
  'Dynamic options': 'Ett svar',
  'Options expression': 'Ett uttryck',
  'Input values key': 'Svarets nyckel',
  'Input data': 'Ett svar',
  Static: 'Egna alternativ',
  Expression: 'Beräkning',
  Searchable: 'Går att söka i',
  'Supported file formats': 'Filslag',
  'A comma-separated list of': 'Med komma emellan:',
  'file type specifiers': 'så skrivs filslag',
  'Upload multiple files': 'Flera filer',
  'No files selected': 'Inga filer valda',
  'Image view': 'Bild',
  'Clear content': 'Töm',
  'Condition under which the field is deactivated': 'När uttrycket är sant går fältet inte att fylla i',
  'Supports HTML, styling, and templating. Styles are automatically scoped to the HTML component.':
    'HTML och uttryck. Stilar gäller bara här.',
  'The document data source is required.': 'Skriv var dokumenten kommer från.',
  'Default number of items': 'Rader från början',
  'Allow add/delete items': 'Rader kan läggas till och tas bort',
  'Disable collapse': 'Visa alltid alla rader',
  'Number of non-collapsing items': 'Rader som alltid visas',
  'Show outline': 'Ram',
  'Data source': 'Raderna',
  'Headers source': 'Kolumnerna kommer från',
  'List of items': 'Egna kolumner',
  'Header items': 'Kolumner',
  Pagination: 'Dela på sidor',
  'Number of rows per page': 'Rader på en sida',
  'Target value': 'Beräkning',
  'Compute on': 'Räknas om',
  'Value changes': 'När ett svar ändras',
  'Form submission': 'När svaren lämnas in',
  Content: 'Innehåll',
  'Version tag': 'Versionsmärke',
  Height: 'Höjd',
  Open: 'Öppna',
  Create: 'Lägg till',
  'Create new list item': 'Lägg till',
  'Delete item': 'Ta bort',
  'Toggle section': 'Visa eller dölj',
  'Toggle list item': 'Visa eller dölj',
  'Section contains an error': 'Här är ett fel',
  'Section contains edits': 'Här står något',
  'Open pop-up editor': 'Öppna större ruta',
  'Opened in editor': 'Öppnad i större ruta',
  'FEEL expression is mandatory': 'Här ska stå ett uttryck',
  'Unparsable FEEL expression.': 'Uttrycket går inte att läsa.',
  'Multiple selected': 'Flera är valda',
  'Select a field to edit its properties.': 'Välj ett fält för att ändra det.',
  'Multiple form fields are selected. Select a single form field to edit its properties.':
    'Flera fält är valda. Välj ett för att ändra det.',
  '<empty>': '(tomt)',
  '<none>': '(inget)',
  // what the panel refuses
  'Must be unique.': 'Finns redan.',
  'Must not be empty': 'Skriv något.',
  'Must not be empty.': 'Skriv något.',
  'Must not contain spaces.': 'Skriv utan mellanslag.',
  'Must be a variable or a dot separated path.': 'Skriv bokstäver, siffror och understreck.',
  'Should be a valid number': 'Skriv ett tal.',
  'Should be a valid number.': 'Skriv ett tal.',
  'Should be an integer.': 'Skriv ett helt tal.',
  'Should be greater than zero.': 'Skriv ett tal större än 0.',
  'Should be greater than or equal to zero.': 'Skriv 0 eller mer.',
  'Value must be a number.': 'Skriv ett tal.',
  // descriptions
  'Binds to a form variable': 'Namnet i uttryck och i svaren',
  'Allows arbitrary precision values': 'Behåller alla decimaler',
  'Condition under which the field is hidden': 'När uttrycket är sant visas inte fältet',
  'Define an expression to calculate the value of this field': 'Uttrycket som ger värdet',
  'Define an expression to populate the options from.': 'Ett uttryck som ger alternativen, till exempel people',
  'Define which input property to populate the values from': 'Svaret som ger alternativen',
  'Specify an expression to populate column items': 'Ett uttryck som ger kolumnerna',
  'Specify the source from which to populate the table': 'Ett uttryck som ger raderna',
  'Where the child variables of this component are pathed to.': 'Namnet som svaren här under samlas i',
};

const PATTERNS = [
  [/^Remove (.+)$/, 'Ta bort: $1'],
  [/^Expression for '(.+)'$/, 'Beräkning: $1'],
  [/^Expression is empty$/, 'Beräkning: tom'],
  [/^List contains (\d+) items?$/, '$1 i listan'],
  [/^Click to set a dynamic value with FEEL expression$/, 'Sätt med ett uttryck'],
  [/^Click to remove dynamic value with FEEL expression$/, 'Ta bort uttrycket'],
  [/^Option (\d+)$/, 'Alternativ $1'],
  [/^Column (\d+)$/, 'Kolumn $1'],
  [/^Select (.+) element$/, 'Välj $1'],
  [/^Create (?:a|an) (.+) element$/, 'Lägg till: $1'],
];
const ATTRIBUTES = ['title', 'aria-label', 'placeholder'];
const OWN = '.cm-editor, .cm-content, input, textarea, .fjs-form-field-textview, .fjs-form-field-html';

/** The Swedish for a text; the text itself where there is none. */
export function inSwedish(text) {
  const plain = text.trim();
  if (!plain) return text;
  const known = WORDS[plain] ?? PATTERNS.reduce((said, [from, to]) => said ?? swap(plain, from, to), null);
  return known === null || known === undefined ? text : text.replace(plain, known);
}

function swap(text, from, to) {
  const found = from.exec(text);
  return found ? to.replace('$1', WORDS[found[1]] ?? found[1]) : null;
}

/** Keep what `root` shows in Swedish from now on; what people have written themselves is left alone. */
export function speakSwedish(root) {
  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === 'childList') addedNodes.forEach(translate);
      else translate(target);
    }
  });
  translate(root);
  observer.observe(root, { subtree: true, childList: true, characterData: true, attributeFilter: ATTRIBUTES });
}

function translate(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    if (node.parentElement?.closest(OWN) || isTheirs(node.parentElement)) return;
    const said = node.data === 'Select' && node.parentElement?.closest('.fjs-form-field') ? 'Välj' : inSwedish(node.data);
    if (said !== node.data) node.data = said;
  } else if (node.nodeType === Node.ELEMENT_NODE) {
    for (const name of ATTRIBUTES) {
      const value = node.getAttribute(name);
      if (value && inSwedish(value) !== value) node.setAttribute(name, inSwedish(value));
    }
    node.childNodes.forEach(translate);
  }
}

// On the canvas stands what people have named; a label of theirs may be an English word.
const isTheirs = (element) => Boolean(element?.closest('.fjs-form-field label, .fjs-form-field legend, .fjs-form-field option'));

/** Let a field that is added begin with Swedish words: its label, its options and its columns. */
export function nameInSwedish(eventBus) {
  eventBus.on('commandStack.formField.add.preExecute', 2000, ({ context: { formField } }) => {
    const named = [formField, ...(formField.values ?? []), ...(formField.columns ?? [])];
    for (const one of named.filter(({ label }) => typeof label === 'string')) one.label = inSwedish(one.label);
    for (const name of ['dateLabel', 'timeLabel'].filter((name) => formField[name])) {
      formField[name] = inSwedish(formField[name]);
    }
  });
}
