/** What a button of the convenor carries, read back: a command that names things by their keys. Who may do it is judged by the steering. */

import { z } from 'zod';
import { languages, platforms, roles } from '../domain/group.ts';
import { statuses } from '../domain/state.ts';
import type { Command } from '../domain/steering/command.ts';

const day = z.string().transform((text, context) => {
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'no date' });
    return z.NEVER;
  }
});
const key = z.string().min(1).max(400);
const time = z.string().transform((text, context) => {
  try {
    return Temporal.PlainTime.from(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'no time' });
    return z.NEVER;
  }
});
const Council = z.object({
  key,
  name: z.string().trim().min(1).max(100),
  channel: z.object({ platform: z.enum(platforms), tenant: key, id: key, name: z.string().max(200) }),
});
const Newcomer = z.object({
  key,
  name: z.string().min(1).max(200),
  organisation: z.string(),
  constituency: z.string(),
  country: z.string().length(2),
  language: z.enum(languages),
  timeZone: z.string().min(1).max(100),
  identities: z.array(z.object({ platform: z.enum(platforms), tenant: key, user: key })).min(1),
});
const seen = z.number().int().optional();
const onRound = { round: key, seen };
const onActivity = { activity: key, seen };
const plain = (name: 'nudge' | 'pause' | 'resume' | 'cancel-round' | 'approve-summary') =>
  z.object({ do: z.literal(name), ...onRound });

const Sent = z.discriminatedUnion('do', [
  plain('nudge'),
  plain('pause'),
  plain('resume'),
  plain('cancel-round'),
  plain('approve-summary'),
  z.object({ do: z.literal('extend'), ...onRound, closes: day, member: key.optional() }),
  z.object({ do: z.literal('reopen'), ...onRound, closes: day }),
  z.object({ do: z.literal('excuse'), ...onRound, member: key }),
  z.object({ do: z.literal('substitute'), ...onRound, member: key, by: key }),
  z.object({ do: z.literal('assign'), ...onActivity, owners: z.union([z.literal('all'), z.array(key)]) }),
  z.object({ do: z.literal('move-date'), ...onActivity, due: key.optional(), to: day }),
  z.object({ do: z.literal('set-status'), ...onActivity, due: key, status: z.enum(statuses) }),
  z.object({ do: z.literal('hand-over'), ...onActivity, to: key }),
  z.object({ do: z.literal('park'), ...onActivity }),
  z.object({ do: z.literal('unpark'), ...onActivity }),
  z.object({ do: z.literal('hand-over-chair'), to: key, seen }),
  z.object({ do: z.literal('set-role'), member: key, role: z.enum(roles).exclude(['convenor']), seen }),
  z.object({ do: z.literal('add-members'), members: z.array(Newcomer), seen }),
  z.object({
    do: z.literal('place-members'),
    members: z.array(
      z.object({ member: key, organisation: z.string().optional(), constituency: z.string().optional() }),
    ),
    seen,
  }),
  z.object({ do: z.literal('remove-member'), member: key, seen }),
  z.object({
    do: z.literal('set-sending'),
    hour: time.optional(),
    quietFrom: time.optional(),
    weeklyCap: z.number().int().nullable().optional(),
    seen,
  }),
  z.object({ do: z.literal('set-council'), council: Council.nullable(), seen }),
  z.object({ do: z.literal('away'), until: day, substitute: key.optional(), member: key.optional() }),
  z.object({ do: z.literal('back'), member: key.optional() }),
]);

/** Null when the card is none of ours. */
export function readCommand(text: string): Command | null {
  try {
    const read = Sent.safeParse(JSON.parse(text));
    return read.success ? (JSON.parse(JSON.stringify(read.data), revive) as Command) : null;
  } catch {
    return null;
  }
}

const days = new Set(['closes', 'to', 'opens', 'until']);
const times = new Set(['hour', 'quietFrom']);

/** What is left out stays out; days and times are days and times again. */
function revive(member: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (times.has(member)) return Temporal.PlainTime.from(value);
  return days.has(member) && /^\d{4}-\d\d-\d\d$/.test(value) ? Temporal.PlainDate.from(value) : value;
}
