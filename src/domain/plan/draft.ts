/** A timetable on its way into a group: the rows as they were written, and what a person has set right since. */

import type { Activity, ActivityKind, Language } from '../group.ts';
import { findDecisionDate } from './decided.ts';
import { findActivityRows, type TableRow } from './find-table.ts';
import { resolveOwner } from './owners.ts';
import { lastDay, type PlanDue, type PlanRefusal, type PlanWarning } from './plan.ts';
import { readPlan } from './read-plan.ts';
import type { Person } from './roster.ts';
import type { SourceDocument } from './source.ts';
import { toActivities } from './to-activities.ts';

/** What a person has said of one row; what is left out stands as it was read. Days are ISO dates. */
export type RowFix = {
  owners?: 'all' | string[];
  due?: { on: string } | { from: string; to: string };
  kind?: ActivityKind;
  /** Of a collection. */
  instrument?: string;
  catalogue?: string;
  /** Not taken into the plan. */
  dropped?: boolean;
};

/** Plain JSON: it is kept in the database. */
export type Draft = {
  /** The group's name. */
  name: string;
  /** Of the group that is to be, as of who brought the plan. */
  home: { language: Language; timeZone: string; country: string };
  rows: TableRow[];
  /** ISO date, found in the text or given. */
  decided: string | null;
  people: Person[];
  /** The lines of the text that may name the convenor: who that is can be told once the people are known. */
  charter: string;
  /** Member key of who the charter names, or who was chosen; null: whoever confirms. */
  convenor: string | null;
  /** A name as written in the plan → member key. */
  names: Record<string, string>;
  /** By the row's line. */
  fixes: Record<string, RowFix>;
};

export type RowWarning = Exclude<PlanWarning['code'], 'assumed-year'> | 'long-ago' | 'owner-left';

export type DraftRow = {
  /** Names the row within the draft. */
  line: number;
  activity: Activity;
  /** The dates as they were read: also a window that runs backwards, which the activity does not have. */
  read: PlanDue[];
  warnings: RowWarning[];
};

export type DraftReading =
  | {
      ok: true;
      rows: DraftRow[];
      /** Where years that nobody wrote begin; null when every date has its year. */
      assumed: { from: 'decided' | 'today'; day: string } | null;
    }
  | { ok: false; code: PlanRefusal };

export type DraftFacts = {
  today: Temporal.PlainDate;
  /** The holiday's name, or null. */
  isHoliday: (date: Temporal.PlainDate) => string | null;
};

/** The rows of the activity table and the decision date; null when there is no such table. */
export function rowsOf(source: SourceDocument): Pick<Draft, 'rows' | 'decided'> | null {
  const rows = findActivityRows(source);
  return rows && { rows, decided: findDecisionDate(source.text)?.toString() ?? null };
}

/** What the plan says now: read anew each time, so that every warning is about what stands there. */
export function readDraft(draft: Draft, { today, isHoliday }: DraftFacts): DraftReading {
  const decided = draft.decided === null ? null : Temporal.PlainDate.from(draft.decided);
  const read = readPlan(sourceOf(draft), { ...(decided ? { decided } : {}), today, isHoliday });
  if (!read.ok) return { ok: false, code: read.code };
  const { plan } = read;
  const activities = toActivities(plan, draft.people);
  const byLine = Map.groupBy(plan.warnings, (warning) => warning.line);
  const longAgo = (decided ?? today).subtract({ years: 1 });
  const rows = plan.activities.map(({ line, due }, at): DraftRow => {
    const activity = fixed(activities[at] as Activity, draft, line);
    const gone = due.some((point) => Temporal.PlainDate.compare(lastDay(point), longAgo) < 0);
    const told = (byLine.get(line) ?? [])
      .map(({ code }) => code)
      .filter(isOwn)
      // What is watched goes on all the time: nobody is asked for its date.
      .filter((code) => code !== 'no-date' || activity.kind !== 'watch');
    const warnings = [...told, ...ownerWarnings(activity, draft)];
    return {
      line,
      activity,
      read: due,
      warnings: [...new Set(warnings.map((code) => (code === 'past' && gone ? 'long-ago' : code)))],
    };
  });
  const assumed = plan.warnings.some(({ code }) => code === 'assumed-year');
  return {
    ok: true,
    rows,
    assumed: assumed ? { from: decided ? 'decided' : 'today', day: (decided ?? today).toString() } : null,
  };
}

/** Owners are judged by what they came to, and years once for the whole plan. */
const isOwn = (code: PlanWarning['code']): code is Exclude<RowWarning, 'long-ago' | 'owner-left'> =>
  code !== 'assumed-year' && code !== 'no-owner' && code !== 'unknown-owner' && code !== 'ambiguous-owner';

function sourceOf({ rows, fixes }: Draft): SourceDocument {
  const heading = { line: 0, cells: ['Activity', 'Owner', 'Date'], links: [] };
  const kept = rows.filter(({ line }) => !fixes[line]?.dropped);
  const body = kept.map(({ line, title, owners, due, links }) => {
    const given = fixes[line]?.due;
    const date = !given ? due : 'on' in given ? given.on : `${given.from} - ${given.to}`;
    return { line, cells: [title, owners, date], links };
  });
  return { text: '', tables: [{ rows: [heading, ...body] }] };
}

function fixed(activity: Activity, { names, fixes, people }: Draft, line: number): Activity {
  const fix = fixes[line] ?? {};
  const kind = fix.kind ?? activity.kind;
  const asks = kind === 'collection';
  return {
    ...activity,
    ...named(activity, names, people),
    ...(fix.owners !== undefined ? { owners: fix.owners, unknownOwners: [] } : {}),
    kind,
    instrument: asks ? (fix.instrument ?? 'role-rating') : null,
    catalogue: asks ? (fix.catalogue ?? null) : null,
  };
}

/** Names that somebody has told us the meaning of. */
function named({ owners, unknownOwners }: Activity, names: Draft['names'], people: readonly Person[]) {
  if (owners === 'all') return {};
  const known = new Set(people.map(({ key }) => key));
  const meant = (written: string) => {
    const key = Object.hasOwn(names, written) ? names[written] : undefined;
    return key !== undefined && known.has(key) ? key : null;
  };
  const found = unknownOwners.flatMap((written) => meant(written) ?? []);
  return {
    owners: [...new Set([...owners, ...found])],
    unknownOwners: unknownOwners.filter((written) => meant(written) === null),
  };
}

function ownerWarnings({ owners, unknownOwners }: Activity, { people }: Draft): RowWarning[] {
  if (owners === 'all') return [];
  const several = unknownOwners.some((written) => resolveOwner(written, people).is === 'many');
  const nobody = unknownOwners.some((written) => resolveOwner(written, people).is !== 'many');
  return [
    ...(owners.length + unknownOwners.length === 0 ? ['no-owner' as const] : []),
    ...(several ? ['ambiguous-owner' as const] : []),
    ...(nobody ? ['unknown-owner' as const] : []),
    ...(people.some(({ key, left }) => left && owners.includes(key)) ? ['owner-left' as const] : []),
  ];
}
