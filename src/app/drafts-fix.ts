/** The page where one row of a draft, or what it says of the group, is set right. */

import type { PlanFixModel } from '../cards/models.ts';
import { nobody } from '../cards/models.ts';
import { say } from '../cards/words.ts';
import { activityKinds } from '../domain/group.ts';
import type { Draft, DraftRow, RowFix } from '../domain/plan/draft.ts';
import { resolveOwner } from '../domain/plan/owners.ts';
import type { Reply } from '../ports/chat.ts';
import type { StoredDraft } from '../ports/drafts.ts';
import { type ImportWorld, type Reader, reading, told } from './drafts.ts';
import { reviewCard } from './drafts-cards.ts';
import { type FixPlace, fixPageModel, surveys, writtenIn } from './drafts-models.ts';
import { readDay } from './take-status.ts';
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

/** A page is about one row: it is put into whatever the draft has become meanwhile. */
export async function savePage(world: ImportWorld, reader: Reader, first: StoredDraft, values: Values): Promise<Reply> {
  let stored: StoredDraft | null = first;
  for (let attempt = 1; stored?.state === 'open' && attempt <= tries; attempt += 1) {
    const place = placeOf(world, reader, stored, values);
    if (!place) break;
    const { draft, errors } = place.row
      ? fixedRow(place.row, stored.draft, values, reader)
      : fixedWhole(stored.draft, values);
    if (Object.keys(errors).length > 0) {
      const words = Object.entries(errors).map(([id, code]) => [id, say(reader.language, `error.${code}`)]);
      const card = cardFor(reader, null, 'plan-fix', fixPageModel(place, values, errors));
      return { do: 'refuse', card, errors: Object.fromEntries(words) };
    }
    const revised = await world.store.drafts.revise(stored.id, stored.version, { draft });
    if (revised) return { do: 'finish', card: await reviewCard(world, reader, revised, Number(place.page)) };
    stored = await world.store.drafts.get(first.id);
  }
  if (stored?.state !== 'open') return told(reader, 'over');
  return { do: 'finish', card: await reviewCard(world, reader, stored, Number(values.page ?? '1'), 'changed') };
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
    const key = values[id] ?? '';
    return keys.has(key) ? [[name, key]] : [];
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
  const written = (person ?? '').trim();
  if (written !== '') {
    const here = people.filter(({ left }) => !left);
    const byMail = here.find(({ mail }) => mail !== null && mail.toLowerCase() === written.toLowerCase());
    const found = byMail ? { is: 'one' as const, member: byMail } : resolveOwner(written, here);
    if (found.is === 'one') return [found.member.key];
    errors.person = 'unknown-person';
    return null;
  }
  if (!owner) return null;
  if (owner === 'all' || owner === 'as-read') return owner;
  if (owner === nobody) return [];
  if (people.some(({ key }) => key === owner)) return [owner];
  errors.owner = 'unknown-person';
  return null;
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

function fixedWhole(draft: Draft, values: Values): Fixed {
  const errors: Errors = {};
  const name = (values.name ?? '').replace(/\s+/g, ' ').trim();
  if (name === '') errors.name = 'missing-name';
  const decided = dayIn(values.decided, 'decided', errors);
  const convenor = draft.people.find(({ key, left }) => key === values.convenor && !left)?.key ?? null;
  if (values.convenor && values.convenor !== nobody && convenor === null) errors.convenor = 'unknown-person';
  return { draft: { ...draft, name: name.slice(0, 200), decided: decided?.toString() ?? null, convenor }, errors };
}
