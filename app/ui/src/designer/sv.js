// The modeler's own words in Swedish. What is said to it and has no Swedish is remembered, so that a test can tell.
export const sv = {
  // palette
  'Activate hand tool': 'Flytta ritytan',
  'Activate lasso tool': 'Markera flera',
  'Activate create/remove space tool': 'Gör eller ta bort plats',
  'Activate global connect tool': 'Dra ett flöde',
  'Create element': 'Lägg till ett element',
  'Append element': 'Lägg till ett element efter',
  // beside an element
  'Append end event': 'Lägg till ett slut',
  'Append gateway': 'Lägg till ett vägval',
  'Append task': 'Lägg till ett steg',
  'Append intermediate/boundary event': 'Lägg till en händelse',
  'Append receive task': 'Lägg till ett steg som tar emot',
  'Append message intermediate catch event': 'Lägg till: vänta på ett meddelande',
  'Append timer intermediate catch event': 'Lägg till: vänta en tid',
  'Append conditional intermediate catch event': 'Lägg till: vänta på ett villkor',
  'Append signal intermediate catch event': 'Lägg till: vänta på en signal',
  'Append compensation activity': 'Lägg till ett ångrande steg',
  'Add text annotation': 'Lägg till en anteckning',
  'Connect to other element': 'Dra ett flöde till ett annat element',
  'Connect using association': 'Knyt anteckningen till ett element',
  'Connect using data input association': 'Knyt uppgiften till ett steg',
  'Change element': 'Byt till ett annat element',
  Delete: 'Ta bort',
  'Align elements': 'Rada upp',
  'Align elements left': 'Rada upp till vänster',
  'Align elements right': 'Rada upp till höger',
  'Align elements center': 'Rada upp i mitten, lodrätt',
  'Align elements top': 'Rada upp upptill',
  'Align elements bottom': 'Rada upp nedtill',
  'Align elements middle': 'Rada upp i mitten, vågrätt',
  'Distribute elements horizontally': 'Fördela jämnt vågrätt',
  'Distribute elements vertically': 'Fördela jämnt lodrätt',
  'Add lane above': 'Lägg till en bana ovanför',
  'Add lane below': 'Lägg till en bana under',
  'Divide into two lanes': 'Dela i två banor',
  'Divide into three lanes': 'Dela i tre banor',
  'Open {element}': 'Öppna {element}',
  // replacing one element by another
  'User task': 'Steg som någon gör',
  'Service task': 'Åtgärd som systemet gör',
  'Business rule task': 'Fråga en beslutstabell',
  'Call activity': 'Anropa en annan process',
  'Sub-process': 'Delprocess, utfälld',
  'Sub-process (expanded)': 'Delprocess, utfälld',
  'Sub-process (collapsed)': 'Delprocess, hopfälld',
  'Exclusive gateway': 'Vägval: en av vägarna',
  'Parallel gateway': 'Alla vägar samtidigt',
  'Event-based gateway': 'Den händelse som kommer först',
  'Start event': 'Start',
  'End event': 'Slut',
  'Error end event': 'Slut som avbryter',
  'Message intermediate catch event': 'Vänta på ett meddelande',
  'Timer intermediate catch event': 'Vänta en tid',
  'Message boundary event': 'Meddelande på kanten',
  'Timer boundary event': 'Tid på kanten',
  'Error boundary event': 'Avbrott på kanten',
  'Message boundary event (non-interrupting)': 'Meddelande på kanten, steget fortsätter',
  'Timer boundary event (non-interrupting)': 'Tid på kanten, steget fortsätter',
  'Sequence flow': 'Flöde',
  'Default flow': 'Förvalt flöde',
  'Data object reference': 'Uppgift',
  'Data store reference': 'Register',
  'Expanded pool/participant': 'Ram med innehåll',
  'Empty pool/participant': 'Tom ram',
  'Empty pool/participant (removes content)': 'Tom ram (innehållet tas bort)',
  'Parallel multi-instance': 'Ett exemplar per rad, samtidigt',
  'Sequential multi-instance': 'Ett exemplar per rad, i tur och ordning',
  Loop: 'Upprepning',
  Collection: 'Flera',
  'Participant multiplicity': 'Flera deltagare',
  'Toggle non-interrupting': 'Låt steget fortsätta',
  // the rest
  'Search in diagram': 'Sök i diagrammet',
  'Open minimap': 'Visa översikten',
  'Close minimap': 'Dölj översikten',
  'flow elements must be children of pools/participants': 'Elementet måste ligga i ramen',
  'Data object must be placed within a pool/participant.': 'Uppgiften måste ligga i ramen',
};

const missing = new Set();

/** What has been asked for and is not in `sv`. */
export const untranslated = () => [...missing];

/** A translate function over these words. */
export const translator =
  (words, remember = missing) =>
  (template, replacements = {}) => {
    if (template && !(template in words)) remember.add(template);
    return (words[template] ?? template).replace(/{([^}]+)}/g, (all, name) => replacements[name] ?? all);
  };

export default { translate: ['value', translator(sv)] };
