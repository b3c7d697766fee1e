import { z } from 'zod';
import type { Reference, Submission } from '../../ports/chat.ts';
import { eventOf, type Inbound, identityOf, tenantOf, whereOf } from './inbound.ts';

const Execute = z.object({
  action: z.object({
    type: z.literal('Action.Execute'),
    verb: z.string().min(1).max(100),
    data: z.record(z.string(), z.unknown()).nullish().catch(null),
  }),
});
/** Action.Submit has no verb of its own: the card carries it in its data. */
const Submit = z.record(z.string(), z.unknown());

const inherited = new Set(['__proto__', 'constructor', 'prototype']);

/** What the database and JSON can hold: no NUL, no half of a surrogate pair. */
const clean = (text: string) => text.replaceAll('\0', '').toWellFormed();

function flatValue(value: unknown): string | null {
  if (typeof value === 'string') return clean(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) {
    return value
      .map(flatValue)
      .filter((part) => part !== null)
      .join(',');
  }
  return null;
}

/** The button's own data and the inputs, flat and as text. Objects are none of ours and are left out. */
export function flatten(data: Record<string, unknown>): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(data)) {
    const text = inherited.has(key) ? null : flatValue(value);
    if (text !== null) values[clean(key)] = text;
  }
  return values;
}

/** The message the pressed card sits in; null when Teams does not say. */
export function pressedMessage(activity: Inbound): Reference | null {
  const tenant = tenantOf(activity);
  if (!activity.replyToId || !tenant) return null;
  return { platform: 'teams', tenant, conversation: activity.conversation.id, message: activity.replyToId };
}

function pressed(activity: Inbound): { verb: string; data: Record<string, unknown> } | null {
  if (activity.type === 'invoke') {
    const action = Execute.safeParse(activity.value).data?.action;
    return action ? { verb: action.verb, data: action.data ?? {} } : null;
  }
  const data = Submit.safeParse(activity.value).data ?? {};
  const verb = data.verb ?? data.rond;
  return typeof verb === 'string' && verb !== '' ? { verb: clean(verb).slice(0, 100), data } : null;
}

/** What was pressed, by Action.Execute or by the Action.Submit that stands in for it; "unknown" names what is missing. */
export function submissionOf(activity: Inbound): Submission | { unknown: 'person' | 'action' } {
  const who = identityOf(activity);
  if (!who) return { unknown: 'person' };
  const action = pressed(activity);
  if (!action) return { unknown: 'action' };
  return {
    who,
    verb: clean(action.verb),
    values: flatten(action.data),
    event: eventOf(activity),
    message: pressedMessage(activity),
    where: whereOf(activity),
    locale: activity.locale ?? null,
  };
}
