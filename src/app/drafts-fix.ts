/** The page where one row of a draft, or what it says of the group, is set right. */

import { faultWords } from '../cards/fault-words.ts';
import type { PlanFixModel, PlanReviewModel } from '../cards/models.ts';
import { nobody } from '../cards/models.ts';
import { voiceIn } from '../cards/voice.ts';
import { activityKinds } from '../domain/group.ts';
import type { Draft, DraftRow, RowFix } from '../domain/plan/draft.ts';
import { resolveOwner } from '../domain/plan/owners.ts';
import { remedied, remedyId } from '../domain/plan/remedies.ts';
import type { Reply } from '../ports/chat.ts';
import type { StoredDraft } from '../ports/drafts.ts';
import { factsFor, type ImportWorld, movedTo, type Reader, reading, told } from './drafts.ts';
import { reviewCard } from './drafts-cards.ts';
import { type FixPlace, fixPageModel, remediesIn, surveys, writtenIn } from './drafts-models.ts';
import { readDay } from './read-day.ts';
import { mostLabels } from './steer-choices.ts';
import { cardFor } from './turn.ts';

type Values = Record<string, string>;
type Errors = PlanFixModel['errors'];

export async function openPage(
  world: ImportWorld,
  reader: Reader,
  stored: StoredDraft,
  values: Values,
): Promise<Reply> {
  const place = placeOf(world, reader, stored, values);
  if (!place) return { do: 'show', card: await reviewCard(world, reader, stored, Number(values.page ?? '1')) };
  return { do: 'show', card: cardFor(reader, null, 'plan-fix', fixPageModel(place, null, {})) };
}

/** The row the page is about, or the group as a whole. Null when the row is not in the plan any more. */
function placeOf(world: ImportWorld, { language }: Reader, stored: StoredDraft, values: Values): FixPlace | null {
  const page = values.page ?? '1';
  if (!values.line) return { stored, row: null, page, language };
  const read = reading(world, stored.draft);
  const row = read.ok ? read.rows.find(({ line }) => String(line) === values.line) : undefined;
  return row ? { stored, row, page, language } : null;
}

const tries = 3;

/** The next draft, what to answer instead, or null: there is nothing to change any more. */
type Change = { draft: Draft } | { reply: Reply } | null;
type How = { page: string | undefined; as: 'show' | 'finish'; news: PlanReviewModel['news'] };

/** Puts a change into whatever the draft has become meanwhile. `news`: what is said where it could not be put in. */
async function revise(
  world: ImportWorld,
  reader: Reader,
  first: StoredDraft,
  { page = '1', as, news }: How,
  changeOf: (stored: StoredDraft) => Change,
): Promise<Reply> {
  let stored: StoredDraft | null = first;
  for (let attempt = 1; stored?.state === 'open' && attempt <= tries; attempt += 1) {
    const change = changeOf(stored);
    if (!change) break;
    if ('reply' in change) return change.reply;
    const revised = await world.store.drafts.revise(stored.id, stored.version, change);
    if (revised) return { do: as, card: await reviewCard(world, reader, revised, Number(page)) };
    stored = await world.store.drafts.get(first.id);
  }
  if (stored?.state !== 'open') return told(reader, 'over');
  return { do: as, card: await reviewCard(world, reader, stored, Number(page), news) };
}

/** A page is about one row. */
export function savePage(world: ImportWorld, reader: Reader, first: StoredDraft, values: Values): Promise<Reply> {
  return revise(world, reader, first, { page: values.page, as: 'finish', news: 'changed' }, (stored) => {
    const place = placeOf(world, reader, stored, values);
    if (!place) return null;
    const { draft, errors } = place.row
      ? fixedRow(place.row, stored.draft, values, reader)
      : fixedWhole(stored, values);
    if (Object.keys(errors).length === 0) return { draft };
    const voice = voiceIn(reader.language);
    const words = Object.entries(errors).map(([id, fault]) => [id, faultWords(fault, voice)]);
    const card = cardFor(reader, null, 'plan-fix', fixPageModel(place, values, errors));
    return { reply: { do: 'refuse', card, errors: Object.fromEntries(words) } };
  });
}

/** One press on a row of the review: what is not offered any more was pressed twice, or somebody was quicker. */
export function takeRemedy(world: ImportWorld, reader: Reader, first: StoredDraft, values: Values): Promise<Reply> {
  return revise(world, reader, first, { page: values.page, as: 'show', news: null }, ({ draft }) => {
    const read = reading(world, draft);
    const row = read.ok ? read.rows.find(({ line }) => String(line) === values.line) : undefined;
    const offered = read.ok && row ? remediesIn(row, read, draft, factsFor(world, draft)) : [];
    const remedy = offered.find((one) => remedyId(one) === values.take);
    return row && remedy ? { draft: remedied(draft, row.line, remedy) } : null;
  });
}

type Fixed = { draft: Draft; errors: Errors };

function fixedRow(row: DraftRow, draft: Draft, values: Values, { language }: Reader): Fixed {
  const errors: Errors = {};
  const fix: RowFix = { ...draft.fixes[row.line] };
  const owners = ownersIn(values, draft, errors);
  if (owners === 'as-read') delete fix.owners;
  else if (owners) fix.owners = owners;
  const due = dueIn(values, errors);
  if (due) fix.due = due;
  const kind = activityKinds.find((one) => one === values.kind);
  if (kind && kind !== row.activity.kind) fix.kind = kind;
  const survey = surveys(language).find(({ key }) => key === values.survey);
  const [instrument, catalogue] = survey?.key.split('|') ?? [];
  if (survey && instrument && catalogue && (kind ?? row.activity.kind) === 'collection') {
    Object.assign(fix, { instrument, catalogue });
  }
  if (values.take === 'no') fix.dropped = true;
  const keys = new Set(draft.people.map(({ key }) => key));
  const names = writtenIn(row).flatMap(({ id, name }) => {
    const given = values[id] ?? '';
    const key = keys.has(given) ? given : writtenPerson(given, draft.people, errors, id);
    return key ? [[name, key]] : [];
  });
  return {
    draft: {
      ...draft,
      names: { ...draft.names, ...Object.fromEntries(names) },
      fixes: { ...draft.fixes, [row.line]: fix },
    },
    errors,
  };
}

function ownersIn({ owner, person }: Values, { people }: Draft, errors: Errors): 'all' | 'as-read' | string[] | null {
  const written = writtenPerson(person, people, errors, 'person');
  if (written !== undefined) return written === null ? null : [written];
  if (!owner) return null;
  if (owner === 'all' || owner === 'as-read') return owner;
  if (owner === nobody) return [];
  if (people.some(({ key }) => key === owner)) return [owner];
  errors.owner = 'unknown-person';
  return null;
}

/** The key of whoever is written by name or address; null when that is nobody, undefined when nothing is written. */
function writtenPerson(
  person: string | undefined,
  people: Draft['people'],
  errors: Errors,
  input: string,
): string | null | undefined {
  const written = (person ?? '').trim();
  if (written === '') return undefined;
  const here = people.filter(({ left }) => !left);
  const byMail = here.find(({ mail }) => mail !== null && mail.toLowerCase() === written.toLowerCase());
  const found = byMail ? { is: 'one' as const, member: byMail } : resolveOwner(written, here);
  if (found.is === 'one') return found.member.key;
  errors[input] = found.is === 'many' ? `several-owners|${labelsOf(found.candidates)}` : 'unknown-owner';
  return null;
}

/** Namesakes are told apart by their addresses. */
function labelsOf(people: Draft['people']): string {
  const labels = people.slice(0, mostLabels).map(({ name, mail }) => (mail === null ? name : `${name} (${mail})`));
  return [...labels, ...(people.length > mostLabels ? ['…'] : [])].join('; ');
}

function dueIn({ date, until }: Values, errors: Errors): RowFix['due'] | null {
  const first = dayIn(date, 'date', errors);
  const last = dayIn(until, 'until', errors);
  if (!first && last) errors.date ??= 'bad-date';
  if (!first) return null;
  if (!last || last.equals(first)) return { on: first.toString() };
  if (Temporal.PlainDate.compare(last, first) < 0) errors.until = 'window-backwards';
  return { from: first.toString(), to: last.toString() };
}

function dayIn(text: string | undefined, input: string, errors: Errors): Temporal.PlainDate | null {
  const day = readDay(text ?? '');
  // A plan is for years that people plan for; anything else is a slip of the hand.
  const odd = day !== null && day !== 'bad' && (day.year < 2000 || day.year > 2100);
  if (day === 'bad' || odd) errors[input] = 'bad-date';
  return day === 'bad' || odd ? null : day;
}

function fixedWhole({ draft, group }: StoredDraft, values: Values): Fixed {
  const errors: Errors = {};
  const name = (values.name ?? '').replace(/\s+/g, ' ').trim();
  if (name === '') errors.name = 'missing-name';
  const decided = dayIn(values.decided, 'decided', errors);
  const chosen = draft.people.find(({ key, left }) => key === values.convenor && !left)?.key ?? null;
  if (values.convenor && values.convenor !== nobody && chosen === null) errors.convenor = 'unknown-person';
  const written = writtenPerson(values.person, draft.people, errors, 'person');
  const convenor = written === undefined ? chosen : written;
  const home = values.country && group === null ? movedTo(draft.home, values.country) : draft.home;
  return {
    draft: { ...draft, name: name.slice(0, 200), decided: decided?.toString() ?? null, convenor, home },
    errors,
  };
}
