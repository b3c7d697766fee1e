/** A round on its way: what the convenor has typed lies in the database until it is confirmed, the last few of each person. */

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Chair } from './convenor.ts';

const text = z.string();
const Values = z.object({
  title: text,
  instrument: text,
  catalogue: text,
  opens: text,
  closes: text,
  constituencies: text,
  organisations: text,
  people: text,
  language: text,
  anonymity: text,
  reminders: text,
  days: text,
  hour: text,
  review: text,
});
const Draft = z.object({
  id: text,
  values: Values,
  /** The activity it belongs to; '' when it is from nothing. */
  activity: text,
  /** The window it takes the place of; '' for none. */
  due: text,
  /** The round it changes; '' for a new one. */
  round: text,
  seen: z.number(),
});
export type RoundDraft = z.infer<typeof Draft>;

const kept = 5;
const keyOf = ({ loaded, member }: Chair) => `round-drafts:${loaded.group.key}:${member.key}`;

async function draftsOf(chair: Chair): Promise<RoundDraft[]> {
  return z
    .array(Draft)
    .catch([])
    .parse(await chair.store.settings.get(keyOf(chair)));
}

/** Null when it has been replaced by newer ones. */
export async function draftNamed(chair: Chair, id: string): Promise<RoundDraft | null> {
  return (await draftsOf(chair)).find((draft) => draft.id === id) ?? null;
}

export async function keepDraft(chair: Chair, draft: Omit<RoundDraft, 'id'> & { id?: string }): Promise<RoundDraft> {
  const whole = { ...draft, id: draft.id ?? randomUUID().slice(0, 8) };
  const others = (await draftsOf(chair)).filter(({ id }) => id !== whole.id);
  await chair.store.settings.set(keyOf(chair), [whole, ...others].slice(0, kept));
  return whole;
}
