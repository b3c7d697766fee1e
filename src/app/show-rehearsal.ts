/** A rehearsal's cards, one after the other, straight to the one who asked for them: no round stands behind them. */

import { setTimeout as wait } from 'node:timers/promises';
import type { Platform } from '../domain/group.ts';
import type { ChatPlatform } from '../ports/chat.ts';
import type { SendRehearsal } from './steer-rehearse.ts';

const patienceMs = 10_000;
const tries = 5;

export function showRehearsal(
  platforms: Partial<Record<Platform, Pick<ChatPlatform, 'send'>>>,
  log: { warn(data: object, message: string): void },
): SendRehearsal {
  return (to, cards, key) => {
    const platform = platforms[to.platform];
    const all = async () => {
      for (const [index, card] of cards.entries()) {
        for (let turn = 0; turn < tries; turn++) {
          const outcome = await platform?.send(to, { card, key: `${key}:${index}` });
          if (outcome?.is !== 'again') break;
          await wait(Math.min(outcome.afterMs, patienceMs));
        }
      }
    };
    all().catch((error: unknown) => log.warn({ error: String(error) }, 'a rehearsal could not be shown'));
  };
}
