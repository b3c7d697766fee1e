/** The bot's clock, seen from the sandbox: what comes next, and moving to it. The sandbox shows the clock; the bot owns it. */

import { z } from 'zod';
import { Refusal } from './guard.ts';

const BotClock = z.object({
  now: z.string(),
  next: z.string().nullable(),
  what: z.string().nullable(),
  /** The group's zone, when the bot says. */
  zone: z.string().optional(),
});
export type BotClock = z.infer<typeof BotClock>;

export type BotClockClient = {
  /** Where the bot's clock is, or null while the bot does not answer. Remembered for half a second. */
  look(): Promise<BotClock | null>;
  /** Moves the clock to an instant (ISO) or to the next event; resolves when everything due has been done and sent. */
  move(to: string): Promise<BotClock>;
};

/** A jump over months sends everything on the way, one message at a time: it may take a while. */
const moveTimeoutMs = 10 * 60_000;
const lookTimeoutMs = 3_000;
const freshMs = 500;

export function botClockClient(botUrl: () => string, token: string): BotClockClient {
  let known: { clock: BotClock | null; until: number } | null = null;
  let looking: Promise<BotClock | null> | null = null;
  let moves = 0;
  const url = () => new URL('/sandbox/clock', botUrl());
  const headers = { 'x-rond-sandbox': token, accept: 'application/json' };

  const remember = (clock: BotClock | null) => {
    known = { clock, until: performance.now() + freshMs };
    return clock;
  };
  const ask = async () => {
    try {
      const answer = await fetch(url(), {
        headers,
        signal: AbortSignal.timeout(lookTimeoutMs),
      });
      return remember(answer.ok ? BotClock.parse(await answer.json()) : null);
    } catch {
      return remember(null);
    } finally {
      looking = null;
    }
  };
  const move = async (to: string) => {
    const answer = await fetch(url(), {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ to }),
      signal: AbortSignal.timeout(moveTimeoutMs),
    }).catch(() => {
      throw new Refusal(502, 'bot-away', 'The bot does not answer, so the clock cannot be moved. Is it running?');
    });
    const body: unknown = await answer.json().catch(() => null);
    if (!answer.ok) throw new Refusal(answer.status < 500 ? 409 : 502, 'bot-refused', reasonIn(body, answer.status));
    const clock = BotClock.safeParse(body);
    if (!clock.success) throw new Refusal(502, 'bot-unclear', 'The bot answered, but not with a clock.');
    remember(clock.data);
    return clock.data;
  };
  return {
    look: async () => {
      // While the bot moves it is busy with better things than telling what comes next.
      if (known && (moves > 0 || performance.now() < known.until)) return known.clock;
      looking ??= ask();
      return looking;
    },
    move: async (to) => {
      moves += 1;
      try {
        return await move(to);
      } finally {
        moves -= 1;
      }
    },
  };
}

/** The bot's own words when it gives some: {error: "…"} or {error: {message: "…"}} or {message: "…"}. */
function reasonIn(body: unknown, status: number): string {
  const said = z
    .union([
      z.object({ error: z.object({ message: z.string() }) }).transform((it) => it.error.message),
      z.object({ error: z.string() }).transform((it) => it.error),
      z.object({ message: z.string() }).transform((it) => it.message),
    ])
    .safeParse(body);
  return said.success ? said.data : `The bot refused to move the clock (HTTP ${status}).`;
}
