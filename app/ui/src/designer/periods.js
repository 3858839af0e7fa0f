// Periods as people say them and as the model writes them: "10 arbetsdagar" is P10D, "2 veckor före" is -P2W.
const UNITS = [
  ['D', 'arbetsdagar', 4],
  ['W', 'veckor', 3],
  ['M', 'månader', 3],
  ['Y', 'år', 2],
  ['H', 'timmar', 4],
];

export const units = UNITS.map(([unit, label]) => [unit, label]);

/** A period in its parts; null when it is one that is better shown as it is written. */
export function readPeriod(text) {
  const found = /^(-?)P(?:(\d+)([DWMY])|T(\d+)(H))$/.exec(text);
  if (!found) return null;
  const [, before, days, unit, hours, hour] = found;
  return { before: before === '-', count: Number(days ?? hours), unit: unit ?? hour };
}

/** What a model writes for a count of units. */
export function writePeriod({ before, count, unit }) {
  return `${before ? '-' : ''}P${unit === 'H' ? 'T' : ''}${count}${unit}`;
}

/** A sentence on what is wrong with what was typed, or "". */
export function periodProblem(typed, unit) {
  const [, label, digits] = UNITS.find(([known]) => known === unit);
  if (!/^\d+$/.test(typed.trim())) return `Skriv hur många ${label} med siffror, till exempel 10`;
  if (typed.trim().replace(/^0+(?=\d)/, '').length > digits)
    return `Så många ${label} går inte att ange. Välj en annan enhet`;
  return '';
}
