/** What the cards about a timetable on its way show. */

import { createHash } from 'node:crypto';
import type {
  DifferenceLine,
  PlanDifferenceModel,
  PlanFixModel,
  PlanReviewModel,
  PlanSpan,
  RemedyModel,
} from '../cards/models.ts';
import { homeCountries, zoneOfCountry } from '../domain/countries.ts';
import type { Activity, DuePoint, Language } from '../domain/group.ts';
import type { Altered, PlanDifference } from '../domain/plan/difference.ts';
import type { Draft, DraftFacts, DraftReading, DraftRow } from '../domain/plan/draft.ts';
import { type Remedy, remediesFor, remedyId } from '../domain/plan/remedies.ts';
import { catalogue, catalogues, instrument, instruments, usualCatalogue } from '../library/library.ts';
import { wordsIn } from '../library/names.ts';
import type { StoredDraft } from '../ports/drafts.ts';
import { pageOf } from './models/pages.ts';
import { mostChoices } from './steer-choices.ts';

type Read = Extract<DraftReading, { ok: true }>;

const rowsOnPage = 6;
/** Teams is given 20 KB. */
const remediesOnPage = 12;
const linesOnPage = 15;
/** Of a page with everybody to choose from beside each name. */
const choicesOnPage = 450;
/** Slack takes a hundred blocks in a page. */
const namesOnPage = 30;

export function reviewModel(
  stored: StoredDraft,
  read: Read,
  place: string,
  language: Language,
  wanted: number,
  news: PlanReviewModel['news'],
  facts: DraftFacts,
): PlanReviewModel {
  const { draft } = stored;
  const { page, pages, rows: shown } = pageOf(read.rows, wanted, rowsOnPage);
  const nameOf = names(draft);
  const remedies = shown.map((row) => remediesIn(row, read, draft, facts));
  const inRow = remedies.flat().length > remediesOnPage ? remediesOnPage / rowsOnPage : undefined;
  return {
    ref: stored.id,
    version: String(stored.version),
    group: draft.name,
    place,
    convenor: draft.convenor === null ? null : nameOf(draft.convenor),
    home: stored.group === null ? placeOf(draft.home) : null,
    people: draft.people.filter(({ left }) => !left).length,
    assumed: read.assumed,
    news,
    again: stored.group !== null,
    page,
    pages,
    total: read.rows.length,
    toLook: read.rows.filter(({ warnings }) => warnings.length > 0).length,
    rows: shown.map(({ line, activity, warnings }, at) => ({
      line: String(line),
      title: activity.title,
      kind: activity.kind,
      survey: activity.instrument ? surveyOf(activity, language, draft.home.country) : null,
      owners: activity.owners === 'all' ? 'all' : activity.owners.map(nameOf),
      unknownOwners: activity.unknownOwners,
      due: activity.due.map(spanOf),
      ongoing: activity.ongoing,
      warnings,
      remedies: (remedies[at] ?? []).slice(0, inRow).map((remedy) => remedyModel(remedy, draft, language)),
    })),
  };
}

const placeOf = ({ country, timeZone }: Draft['home']) => ({
  country,
  zone: timeZone === zoneOfCountry(country) ? null : timeZone,
});

/** What one press sets right in a row of a draft. */
export function remediesIn(row: DraftRow, { rows }: Read, draft: Draft, facts: DraftFacts): Remedy[] {
  const asked = instrument(row.activity.instrument ?? 'role-rating');
  const now = row.activity.catalogue ?? usualCatalogue(asked, draft.home.country);
  const surveys = catalogues()
    .filter(({ key }) => key !== now)
    .map(({ key }) => ({ instrument: asked.key, catalogue: key }));
  return remediesFor(row, rows, draft, { ...facts, surveys });
}

function remedyModel(remedy: Remedy, draft: Draft, language: Language): RemedyModel {
  const id = remedyId(remedy);
  const nameOf = names(draft);
  switch (remedy.what) {
    case 'name':
      return { id, what: 'name', written: remedy.written, name: nameOf(remedy.person) };
    case 'owner':
      return { id, what: 'owner', owners: remedy.owners === 'all' ? 'all' : remedy.owners.map(nameOf) };
    case 'survey':
      return { id, what: 'survey', list: wordsIn(catalogue(remedy.catalogue).title, language, ['en']).name };
    default:
      return { id, ...remedy };
  }
}

const names = (draft: Draft) => {
  const byKey = new Map(draft.people.map(({ key, name }) => [key, name]));
  return (key: string) => byKey.get(key) ?? key;
};

export const spanOf = (due: DuePoint): PlanSpan =>
  'on' in due ? { on: due.on.toString() } : { from: due.from.toString(), to: due.to.toString() };

function surveyOf({ instrument: key, catalogue: list }: Activity, language: Language, country: string) {
  const asked = instrument(key ?? 'role-rating');
  const of = catalogue(list ?? usualCatalogue(asked, country));
  return {
    name: wordsIn(asked.title, language, ['en']).name,
    list: wordsIn(of.title, language, ['en']).name,
  };
}

/** "<instrument>|<catalogue>" for each survey there is. */
export function surveys(language: Language): PlanFixModel['surveys'] {
  return instruments().flatMap(({ key, title: words }) =>
    catalogues().map((list) => ({
      key: `${key}|${list.key}`,
      name: `${wordsIn(words, language, ['en']).name}: ${wordsIn(list.title, language, ['en']).name}`,
    })),
  );
}

export type FixValues = PlanFixModel['values'];
export type FixPlace = { stored: StoredDraft; row: DraftRow | null; page: string; language: Language };

export function fixPageModel(
  { stored, row, page, language }: FixPlace,
  given: Record<string, string> | null,
  errors: PlanFixModel['errors'],
): PlanFixModel {
  const { draft } = stored;
  const people = draft.people.filter(({ left }) => !left);
  const values = row ? rowValues(draft, row) : wholeValues(draft);
  // What was typed stays, also beside an error.
  for (const key of Object.keys(values) as (keyof FixValues)[]) values[key] = given?.[key] ?? values[key];
  return {
    ref: stored.id,
    version: String(stored.version),
    line: row ? String(row.line) : '',
    page,
    group: draft.name,
    activity: row?.activity.title ?? '',
    due: row?.activity.due.map(spanOf) ?? [],
    written: writtenIn(row).map(({ id, name }) => ({ id, name, value: given?.[id] ?? '' })),
    writes: people.length > mostChoices || people.length * unknownIn(row).length > choicesOnPage,
    unlisted: Math.max(0, unknownIn(row).length - namesOnPage),
    people: firstToChoose(people, row, draft).map(({ key, name }) => ({ key, name })),
    more: people.length > mostChoices,
    surveys: surveys(language),
    countries: row || stored.group !== null ? [] : [...new Set([...homeCountries, draft.home.country])],
    values,
    errors,
  };
}

const unknownIn = (row: DraftRow | null): string[] => row?.activity.unknownOwners ?? [];

/** Named by the name itself: while a page lies open, somebody else may say who another of them is. */
export const inputFor = (name: string) => `who:${createHash('sha256').update(name).digest('base64url').slice(0, 12)}`;

/** Names in the row that nobody knows yet, each with its input. */
export function writtenIn(row: DraftRow | null): { id: string; name: string }[] {
  return unknownIn(row)
    .slice(0, namesOnPage)
    .map((name) => ({ id: inputFor(name), name }));
}

/** Of a large channel, those who are named already and those whose names are like what is written come first. */
function firstToChoose(people: Draft['people'], row: DraftRow | null, draft: Draft): Draft['people'] {
  if (people.length <= mostChoices) return people;
  const words = unknownIn(row).flatMap((name) => name.toLowerCase().split(/\s+/));
  const named = new Set([
    ...(row && row.activity.owners !== 'all' ? row.activity.owners : []),
    ...Object.values(draft.names),
    ...(draft.convenor ? [draft.convenor] : []),
  ]);
  const rank = ({ key, name }: Draft['people'][number]) =>
    named.has(key) ? 0 : words.some((word) => name.toLowerCase().includes(word)) ? 1 : 2;
  return people.toSorted((one, other) => rank(one) - rank(other)).slice(0, mostChoices);
}

const none: FixValues = {
  owner: '',
  person: '',
  date: '',
  until: '',
  kind: '',
  survey: '',
  take: 'yes',
  name: '',
  decided: '',
  convenor: '',
  country: '',
};

function rowValues({ fixes, home }: Draft, { line, activity }: DraftRow): FixValues {
  const owners = fixes[line]?.owners;
  const asked = instrument(activity.instrument ?? 'role-rating');
  return {
    ...none,
    owner: owners === undefined ? 'as-read' : owners === 'all' ? 'all' : (owners[0] ?? 'nobody'),
    kind: activity.kind,
    survey: `${asked.key}|${activity.catalogue ?? usualCatalogue(asked, home.country)}`,
  };
}

const wholeValues = ({ name, decided, convenor, home }: Draft): FixValues => ({
  ...none,
  name,
  decided: decided ?? '',
  convenor: convenor ?? '',
  country: home.country,
});

export function differenceModel(
  stored: StoredDraft,
  difference: PlanDifference,
  facts: {
    meanwhile: DifferenceLine[];
    page: number;
    toLook: number;
    nameOf: (key: string) => string;
    isOpen: (activity: string) => boolean;
  },
): PlanDifferenceModel {
  const lines = differenceLines(difference, facts);
  const { page, pages, rows: shown } = pageOf(lines, facts.page, linesOnPage);
  return {
    ref: stored.id,
    version: String(stored.version),
    group: stored.draft.name,
    lines: shown,
    meanwhile: facts.meanwhile,
    page,
    pages,
    total: lines.length,
    toLook: facts.toLook,
  };
}

type LineFacts = { nameOf: (key: string) => string; isOpen: (activity: string) => boolean };

export function differenceLines(difference: PlanDifference, facts: LineFacts): DifferenceLine[] {
  const { added, removed, altered } = difference;
  return [
    ...added.map(({ title, due }): DifferenceLine => ({ what: 'added', activity: title, due: due.map(spanOf) })),
    ...altered.flatMap((change) => alteredLines(change, facts)),
    ...removed.map(({ key, title }): DifferenceLine => ({ what: 'removed', activity: title, open: facts.isOpen(key) })),
  ];
}

function alteredLines(change: Altered, { nameOf }: LineFacts): DifferenceLine[] {
  const { was, becomes, renamed, moved, ownersChanged, kindChanged, back } = change;
  const activity = becomes.title;
  const owners = ({ owners, unknownOwners }: Activity) =>
    owners === 'all' ? owners : [...owners.map(nameOf), ...unknownOwners];
  return [
    ...(back ? [{ what: 'back' as const, activity }] : []),
    ...(renamed ? [{ what: 'renamed' as const, activity, title: was.title }] : []),
    ...moved.map(({ from, to }) => ({
      what: 'moved' as const,
      activity,
      from: from && spanOf(from),
      to: to && spanOf(to),
    })),
    ...(ownersChanged ? [{ what: 'owner' as const, activity, from: owners(was), to: owners(becomes) }] : []),
    ...(kindChanged ? [{ what: 'kind' as const, activity, from: was.kind, to: becomes.kind }] : []),
  ];
}
