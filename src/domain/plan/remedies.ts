/** What one press sets right in a row of a draft: for what has an obvious remedy, a short list of them. */

import type { ActivityKind } from '../group.ts';
import type { Draft, DraftFacts, DraftRow, RowFix } from './draft.ts';
import { mostAlike } from './likeness.ts';
import { resolveOwner } from './owners.ts';
import { lastDay, type PlanDue } from './plan.ts';

export type Remedy =
  /** Who a name in the plan is. */
  | { what: 'name'; written: string; person: string }
  | { what: 'owner'; owners: 'all' | string[] }
  | { what: 'date'; due: NonNullable<RowFix['due']> }
  | { what: 'kind'; kind: ActivityKind }
  | { what: 'survey'; instrument: string; catalogue: string };

export type RemedyFacts = DraftFacts & {
  /** Surveys that the row could ask instead of the one it asks. */
  surveys: readonly { instrument: string; catalogue: string }[];
};

/** More would be harder to read than the form that holds everything. */
const most = 3;

/** @param rows all rows of the draft, as they are read now */
export function remediesFor(row: DraftRow, rows: readonly DraftRow[], draft: Draft, facts: RemedyFacts): Remedy[] {
  const found = [
    ...ownerRemedies(row, draft),
    ...dateRemedies(row, rows, draft, facts),
    ...surveyRemedies(row, draft, facts),
  ];
  return found.slice(0, most);
}

/** Names a remedy among those of its row. */
export function remedyId(remedy: Remedy): string {
  switch (remedy.what) {
    case 'name':
      return `name:${remedy.person}:${remedy.written.slice(0, 20)}`;
    case 'owner':
      return `owner:${remedy.owners === 'all' ? remedy.owners : remedy.owners.join(',').slice(0, 50)}`;
    case 'date':
      return `date:${Object.values(remedy.due).join('/')}`;
    case 'kind':
      return `kind:${remedy.kind}`;
    case 'survey':
      return `survey:${remedy.instrument}|${remedy.catalogue}`;
  }
}

export function remedied(draft: Draft, line: number, remedy: Remedy): Draft {
  if (remedy.what === 'name') return { ...draft, names: { ...draft.names, [remedy.written]: remedy.person } };
  const { what: _, ...fix } = remedy;
  return { ...draft, fixes: { ...draft.fixes, [line]: { ...draft.fixes[line], ...fix } } };
}

function ownerRemedies({ activity: { owners, unknownOwners }, warnings }: DraftRow, draft: Draft): Remedy[] {
  const here = draft.people.filter(({ left }) => !left);
  const chair = here.find(({ key }) => key === draft.convenor);
  const found = unknownOwners.flatMap((written) =>
    likely(written, here).map(({ key }): Remedy => {
      return { what: 'name', written, person: key };
    }),
  );
  if (warnings.includes('owner-left') && owners !== 'all') {
    const left = owners.filter((owner) => here.some(({ key }) => key === owner));
    if (left.length > 0 || chair) found.push({ what: 'owner', owners: left.length > 0 ? left : [chair?.key ?? ''] });
  }
  if (warnings.includes('no-owner')) {
    found.push({ what: 'owner', owners: 'all' });
    if (chair) found.push({ what: 'owner', owners: [chair.key] });
  }
  return found;
}

/** Those whom a name fits; where it fits nobody, whoever has one nearly the same. */
function likely(written: string, here: Draft['people']): Draft['people'] {
  const meant = resolveOwner(written, here);
  if (meant.is === 'many') return meant.candidates;
  const isFirst = !/\s/.test(written.trim());
  const named = here.map(({ key, name }) => ({ key, name: (isFirst ? name.split(/\s+/)[0] : name) ?? name }));
  const slip = mostAlike(
    [{ key: '', name: written }],
    named,
    ({ name }) => name.toLowerCase(),
    0.6,
    () => true,
  );
  return here.filter(({ key }) => slip.some(([, other]) => other.key === key));
}

function dateRemedies(row: DraftRow, rows: readonly DraftRow[], draft: Draft, facts: RemedyFacts): Remedy[] {
  const { read, warnings } = row;
  const [due] = read;
  // A row's dates are set right together: with several it is the form's turn.
  if (!due || read.length > 1) return [];
  const from = draft.decided === null ? facts.today : Temporal.PlainDate.from(draft.decided);
  const has = (code: DraftRow['warnings'][number]) => warnings.includes(code);
  if (has('window-backwards') && 'from' in due) return [at({ ...due, from: due.to, to: due.from })];
  if (has('long-ago')) return [at(working(thisTime(due, from), facts))];
  if (has('clash')) return before(due, rows, facts);
  return has('weekend') || has('holiday') ? [at(working(due, facts))] : [];
}

const at = (due: PlanDue): Remedy => ({
  what: 'date',
  due: 'on' in due ? { on: `${due.on}` } : { from: `${due.from}`, to: `${due.to}` },
});

/** The same days in the first year in which they are not over on this day. */
function thisTime(due: PlanDue, from: Temporal.PlainDate): PlanDue {
  const last = lastDay(due);
  const years = from.year - last.year;
  const later = Temporal.PlainDate.compare(last.add({ years }), from) < 0 ? years + 1 : years;
  const move = (day: Temporal.PlainDate) => day.add({ years: later });
  return 'on' in due ? { ...due, on: move(due.on) } : { ...due, from: move(due.from), to: move(due.to) };
}

function working(due: PlanDue, facts: DraftFacts): PlanDue {
  if ('on' in due) return { ...due, on: walk(due.on, 1, facts) };
  // A week ends on a Sunday, and nobody chose that.
  const isWeeks = due.from.dayOfWeek === 1 && due.to.dayOfWeek === 7;
  return { ...due, from: walk(due.from, 1, facts), to: isWeeks ? due.to : walk(due.to, 1, facts) };
}

/** The first working day on or after this one, or on or before it. */
function walk(day: Temporal.PlainDate, step: 1 | -1, { isHoliday }: DraftFacts): Temporal.PlainDate {
  let found = day;
  for (let days = 0; days < 30 && (found.dayOfWeek > 5 || isHoliday(found)); days += 1)
    found = found.add({ days: step });
  return found;
}

/** Trying a survey out ends a week before it opens. */
function before(due: PlanDue, rows: readonly DraftRow[], facts: DraftFacts): Remedy[] {
  const opens = rows
    .filter(({ activity }) => activity.kind === 'collection')
    .flatMap(({ activity }) => activity.due.flatMap((one) => ('from' in one ? [one.from] : [])))
    .sort(Temporal.PlainDate.compare)[0];
  if (!opens || !('on' in due)) return [];
  const on = walk(opens.subtract({ days: 7 }), -1, facts);
  return Temporal.PlainDate.compare(on, facts.today) < 0 ? [] : [at({ ...due, on })];
}

/** That a row is a survey, and which one, is Rond's guess until somebody has said so. */
function surveyRemedies({ line, activity }: DraftRow, { fixes }: Draft, { surveys }: RemedyFacts): Remedy[] {
  if (activity.kind !== 'collection' || fixes[line]?.catalogue !== undefined || fixes[line]?.kind !== undefined)
    return [];
  return [
    { what: 'kind', kind: 'task' },
    ...surveys.map(({ instrument, catalogue }): Remedy => ({ what: 'survey', instrument, catalogue })),
  ];
}
