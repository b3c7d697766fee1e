/** What a message carries unseen: the delivery's key, and the card itself when its inputs wait behind an Answer button. */

import { z } from 'zod';
import type { Card } from '../../ports/chat.ts';

export const eventType = 'rond_delivery';

export type Metadata = { event_type: string; event_payload: { key?: string; card?: string } };

/** What is asked of a message's metadata at most. A bigger card's Answer button says that the page cannot be had. */
const room = 12_000;

export function metadataFor(key: string | null, card: Card | null): Metadata {
  const json = card ? JSON.stringify(card) : '';
  return {
    event_type: eventType,
    event_payload: { ...(key === null ? {} : { key }), ...(json && json.length <= room ? { card: json } : {}) },
  };
}

const shape = z.object({
  event_type: z.literal(eventType),
  event_payload: z.object({ key: z.string().optional(), card: z.string().optional() }),
});
const cardShape = z.looseObject({ type: z.literal('AdaptiveCard'), version: z.string() });

/** The delivery's key that a message of conversations.history carries, or null. */
export function keyIn(metadata: unknown): string | null {
  return shape.safeParse(metadata).data?.event_payload.key ?? null;
}

export function cardIn(metadata: unknown): Card | null {
  const json = shape.safeParse(metadata).data?.event_payload.card;
  if (!json) return null;
  try {
    return cardShape.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}
