/** Which column is which, by its heading in Swedish, Norwegian, Danish, Finnish or English. */

import { plainCell } from './markup.ts';

type ColumnRole = 'title' | 'owners' | 'due' | 'from' | 'to';
/** Column number by role; a heading row always has a title and at least one other. */
export type Columns = { title: number } & Partial<Record<Exclude<ColumnRole, 'title'>, number>>;

const words: Record<ColumnRole, string[]> = {
  title: [
    ...['aktivitet', 'aktiviteter', 'aktiviteten', 'delaktivitet', 'insats', 'insatser', 'åtgärd', 'åtgärder'],
    ...['uppgift', 'uppgifter', 'moment', 'vad', 'arbetsuppgift', 'delmoment'],
    ...['oppgave', 'oppgaver', 'opgave', 'opgaver', 'tiltak', 'hva', 'hvad', 'gjøremål', 'arbeidsoppgave'],
    ...['tehtävä', 'tehtävät', 'toimenpide', 'toimenpiteet', 'toiminta', 'toiminto', 'aktiviteetti', 'mitä', 'mikä'],
    ...['activity', 'activities', 'task', 'tasks', 'action', 'actions', 'what'],
    ...['delmål', 'milstolpe', 'milstolpar', 'leverans', 'leveranser', 'etapp', 'steg'],
    ...['milepæl', 'milepæler', 'milepæle', 'leveranse', 'leverance', 'leverancer', 'trinn', 'trin'],
    ...['välitavoite', 'virstanpylväs', 'vaihe', 'vaiheet', 'työvaihe', 'tuotos', 'tuotokset'],
    ...['milestone', 'milestones', 'deliverable', 'deliverables', 'package', 'step', 'steps', 'item', 'items'],
  ],
  owners: [
    ...['ansvarig', 'ansvariga', 'ansvar', 'huvudansvarig', 'vem', 'vilka', 'utförare'],
    ...['ansvarlig', 'ansvarlige', 'hovedansvarlig', 'hvem'],
    ...['vastuu', 'vastuussa', 'vastuuhenkilö', 'vastuuhenkilöt', 'vastuutaho', 'vastuullinen', 'kuka', 'ketkä'],
    ...['ansv', 'kontaktperson', 'kontaktpersoner', 'samordnare', 'koordinator', 'utfører'],
    ...['yhteyshenkilö', 'tekijä', 'toteuttaja', 'koordinaattori'],
    ...['coordinator', 'contact', 'partner', 'partners'],
    ...['responsible', 'responsibility', 'owner', 'owners', 'who', 'lead', 'assignee'],
  ],
  due: [
    ...[
      'tidplan',
      'tidsplan',
      'tid',
      'tider',
      'när',
      'datum',
      'klart',
      'klar',
      'färdig',
      'färdigt',
      'tidpunkt',
      'slutdatum',
      'slutdag',
    ],
    ...['dag', 'dagar', 'vecka', 'veckor', 'månad', 'månader', 'period', 'perioder', 'termin', 'senast'],
    ...[
      'tidsfrist',
      'frist',
      'når',
      'dato',
      'tidspunkt',
      'sluttdato',
      'fremdrift',
      'fremdriftsplan',
      'hvornår',
      'ferdig',
    ],
    ...['dager', 'dage', 'uke', 'uker', 'uge', 'uger', 'måned', 'måneder', 'periode', 'tidsrom', 'senest'],
    ...['aikataulu', 'määräaika', 'aika', 'milloin', 'koska', 'päivämäärä', 'pvm', 'ajankohta', 'valmis', 'takaraja'],
    ...[
      'päivä',
      'päivät',
      'viikko',
      'viikot',
      'kuukausi',
      'ajanjakso',
      'jakso',
      'eräpäivä',
      'loppupäivä',
      'toteutusaika',
    ],
    ...['due', 'when', 'date', 'dates', 'timeline', 'schedule', 'timetable', 'time', 'timing', 'deadline', 'timeframe'],
    ...['day', 'days', 'week', 'weeks', 'month', 'months', 'period'],
  ],
  from: [
    ...['start', 'startdatum', 'startdato', 'från', 'fra', 'börjar', 'begin', 'begins', 'from', 'starts', 'startdag'],
    ...['alku', 'alkaa', 'alkaen', 'aloitus', 'alkamispäivä', 'alkupäivä', 'aloituspäivä'],
  ],
  to: [
    ...['slut', 'slutar', 'till', 'til', 'slutt', 'end', 'ends', 'to', 'until', 'finish', 'stop'],
    ...[
      'loppu',
      'loppuu',
      'päättyy',
      'lopetus',
      'asti',
      'päättymispäivä',
      'slutdatum',
      'sluttdato',
      'slutdag',
      'loppupäivä',
    ],
  ],
};

const roleOf = new Map<string, ColumnRole[]>();
for (const [role, list] of Object.entries(words) as [ColumnRole, string[]][]) {
  for (const word of list) roleOf.set(word, [...(roleOf.get(word) ?? []), role]);
}

/** Headings are short: a longer cell that happens to hold one of the words is a row. */
const mostWords = 5;
const mostColumns = 40;
const longestCell = 80;

/** The columns of a heading row, or null when this is not one. */
export function headingColumns(cells: readonly string[]): Columns | null {
  if (cells.length < 2 || cells.length > mostColumns) return null;
  const found: Partial<Record<ColumnRole, number>> = {};
  const names = cells.map(nameWords);
  // A column called just "Activity" is the title even when "Activity owner" stands before it.
  for (const most of [1, mostWords]) {
    for (const [column, name] of names.entries()) {
      if (name.length === 0 || name.length > most || Object.values(found).includes(column)) continue;
      const role = rolesOf(name).find((candidate) => found[candidate] === undefined);
      if (role) found[role] = column;
    }
  }
  // "Slutdatum" beside "Startdatum" ends a window; alone it is the due date. A lone start is the only date there is.
  if (found.from !== undefined && found.to === undefined && found.due !== undefined && ends(names[found.due])) {
    found.to = found.due;
    delete found.due;
  }
  if (found.due === undefined && (found.from === undefined) !== (found.to === undefined)) {
    found.due = (found.from ?? found.to) as number;
    delete found.from;
    delete found.to;
  }
  const { title, ...others } = found;
  if (title === undefined || Object.keys(others).length === 0) return null;
  return { title, ...others };
}

/** What a heading may be, likeliest first. "Date from" and "When to start" are ends of a window: the later word says which. */
function rolesOf(name: readonly string[]): ColumnRole[] {
  const roles = name.map((word) => roleOf.get(word) ?? []);
  const ends = roles.filter((of) => !of.includes('due')).flat();
  const isDated = roles.some((of) => of.includes('due'));
  return [...(isDated ? ends.filter((role) => role === 'from' || role === 'to').reverse() : []), ...roles.flat()];
}

/** As `headingColumns`, but sure: within a table, a row such as "Insats 1 | Karin | klart" is no heading. */
export function surelyHeading(cells: readonly string[]): Columns | null {
  const columns = headingColumns(cells);
  if (!columns) return null;
  const known = Object.keys(columns).length;
  return known >= 3 || known === cells.filter((cell) => cell.trim() !== '').length ? columns : null;
}

function ends(name: readonly string[] | undefined): boolean {
  return (name ?? []).some((word) => words.to.includes(word));
}

function nameWords(cell: string): string[] {
  if (cell.length > longestCell * 4) return [];
  const name = plainCell(cell).text.normalize('NFC').toLowerCase();
  if (name.length > longestCell) return [];
  return name.replace(/\([^()]*\)/g, ' ').match(/\p{L}+/gu) ?? [];
}
