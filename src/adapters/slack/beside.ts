/**
 * Views and blocks on their way through the Web API client, which copies what it is given for a log that is off, makes text of it and
 * encodes that letter by letter. So it is given a ticket; `transport.ts` puts the text in its place.
 */

import { randomUUID } from 'node:crypto';

/** Nobody can write a ticket in a message. */
const prefix = `beside-${randomUUID()}-`;
const held = new Map<string, string>();
let count = 0;

/** Calls with a ticket for `value`; it is good until the call is over, also when the client repeats the request. */
export async function beside<T, R>(value: T, call: (ticket: T) => Promise<R>): Promise<R> {
  count += 1;
  const ticket = `${prefix}${count}`;
  held.set(ticket, JSON.stringify(value));
  try {
    return await call(ticket as unknown as T);
  } finally {
    held.delete(ticket);
  }
}

/** The JSON text behind a ticket; undefined for everything else. */
export const behind = (text: string): string | undefined => held.get(text);
