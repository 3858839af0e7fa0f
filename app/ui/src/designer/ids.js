// What an element may be called where expressions and scenarios name it.
const TAKEN = new Set(['Start', 'End', 'facts', 'gate', 'item']);

/** A sentence on what is wrong with an id, or "". */
export function idProblem(id, isTaken) {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(id)) return 'Skriv id:t med a–z, 0–9 och _, och börja med en bokstav';
  if (TAKEN.has(id)) return `Namnet ${id} har systemet självt. Välj ett annat`;
  return isTaken(id) ? `Id:t ${id} finns redan i diagrammet. Välj ett annat` : '';
}

/** A sentence on what is wrong with the name of a variable, or "". */
export function variableProblem(name) {
  if (!name) return '';
  if (!/^[A-Za-z_åäöÅÄÖ][A-Za-z0-9_åäöÅÄÖ]*$/.test(name))
    return 'Skriv namnet med bokstäver, siffror och _, utan mellanslag';
  return TAKEN.has(name) ? `Namnet ${name} har systemet självt. Välj ett annat` : '';
}
