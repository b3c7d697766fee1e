/** The card that a page lies on in Teams: what the page's button said of it, and the card again. */

import type { OpenedOn } from '../cards/models.ts';
import type { Holidays } from '../domain/calendar.ts';
import type { Member } from '../domain/group.ts';
import type { About } from '../domain/happening.ts';
import type { Card } from '../ports/chat.ts';
import type { Glance, Store } from '../ports/store.ts';
import { cardAnew } from './prepare.ts';

/** From what a button, or the page itself, carries. */
export function openedOn({ on, step, list, page }: Record<string, string>): OpenedOn {
  const said = Object.entries({ on, step, list, page }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said);
}

const kinds = {
  reminder: 'reminder',
  deadline: 'deadline',
  status: 'status',
  overdue: 'overdue',
  'due-over': 'status',
} as const;

/** As the message would be put anew where it stands; null when there is nothing that it asks any more. */
export async function cardBehind(
  parts: { store: Store; holidays: Holidays; now: Temporal.Instant },
  loaded: Glance,
  { key }: Member,
  about: About,
  { on, step }: Record<string, string>,
): Promise<Card | null> {
  const kind = Object.hasOwn(kinds, on ?? '') ? kinds[on as keyof typeof kinds] : null;
  if (kind === null || (kind === 'reminder') !== (about.round !== undefined)) return null;
  return cardAnew(parts, loaded, { kind, member: key, about: { ...about, ...(step ? { step } : {}) } }, parts.now);
}
