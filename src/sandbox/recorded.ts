/** A payload as a platform sent it, written down: which platform it is from, how it travels, and whose it is. */

import type { Platform } from '../domain/group.ts';

export type Recorded = {
  platform: Platform;
  /** Slack: presses and pages, commands and events travel in their own encodings. */
  as: 'interaction' | 'command' | 'event' | 'activity';
  /** The platform's id of whoever did it, when the payload says. */
  user: string | null;
};

const interactions = new Set([
  'block_actions',
  'view_submission',
  'view_closed',
  'shortcut',
  'message_action',
  'block_suggestion',
]);
const events = new Set(['event_callback', 'url_verification', 'app_rate_limited']);

/** Null when it is of neither platform. Told by its shape, so that a recording needs no wrapping. */
export function recordedAs(body: unknown): Recorded | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const { type } = body as { type?: unknown };
  if ('serviceUrl' in body || 'channelId' in body || 'conversation' in body) {
    return { platform: 'teams', as: 'activity', user: textAt(body, 'from', 'aadObjectId') };
  }
  const slack = (as: Recorded['as'], user: string | null): Recorded => ({ platform: 'slack', as, user });
  if ('command' in body) return slack('command', textAt(body, 'user_id'));
  if (typeof type !== 'string') return null;
  if (interactions.has(type)) return slack('interaction', textAt(body, 'user', 'id'));
  if (events.has(type)) return slack('event', textAt(body, 'event', 'user') ?? textAt(body, 'event', 'user', 'id'));
  return null;
}

function textAt(body: unknown, ...path: string[]): string | null {
  let at = body;
  for (const name of path) {
    if (typeof at !== 'object' || at === null) return null;
    at = (at as Record<string, unknown>)[name];
  }
  return typeof at === 'string' ? at : null;
}

/** Puts values in the open places; throws for one that has none. Values go into JSON strings, also into JSON within them. */
export function filled(text: string, values: Record<string, string>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`Nothing is known to put in for {{${name}}}.`);
    return value;
  });
}
