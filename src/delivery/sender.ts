/**
 * Sends what stands planned in the ledger. A lane is one tenant of one platform: lanes run side by side and nobody waits
 * for them, so that a throttled or slow one delays neither another nor the tick. Within a lane each conversation keeps its order.
 *
 * The ledger's promise: intent is committed before the request; an outcome nobody can be sure of is never blindly repeated.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Platform } from '../domain/group.ts';
import type { Card, ChatPlatform, FailureCode, Outcome } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Delivery, Ledger } from '../ports/store.ts';
import { paces } from './bucket.ts';
import type { Step } from './steps.ts';
import { surely } from './surely.ts';

/** What to do with a claimed delivery, decided from the state at this moment. */
export type Prepared =
  | { is: 'send'; card: Card }
  | { is: 'skip'; why: string }
  /** Wanted, but its receiver is known not to be reachable: nobody knocks again. */
  | { is: 'unreachable'; why: string };

export type SenderOptions = {
  ledger: Ledger;
  platforms: Partial<Record<Platform, ChatPlatform>>;
  clock: Clock;
  /** By delivery id; one that could not be prepared is left out. Rejects when the state cannot be loaded. */
  prepare(batch: Delivery[]): Promise<Map<string, Prepared>>;
  log: { warn(data: object, message: string): void; error(data: object, message: string): void };
  step: (step: Step) => void;
};

export type Sender = {
  /** Sees to every lane that has something due; resolves when they are under way. */
  run(): Promise<void>;
  /** Resolves when no lane has anything under way. */
  idle(): Promise<void>;
  /** Settles what dead processes left behind, and what could not be settled before. */
  recover(): Promise<void>;
  /** Lets what is under way end. */
  stop(): Promise<void>;
};

const batchSize = 32;
const inFlight = 8;
/** A card put where it is already changes nothing for anybody, so an unknown outcome may be repeated this often. */
const mostReplacements = 25;
/** A card that cannot be made is given up, so that the lane goes on. */
const mostPreparations = 5;
/** A lane that has to wait longer gives up its place; the next turn looks at it again. */
const longestPauseMs = 60_000;
/** Nothing else gets in either: what is still to go there is not tried. */
const closesTheDoor = new Set<FailureCode>(['blocked', 'not-installed', 'archived', 'not-in-channel']);

/** Each has limits of its own, so a pause from one is none for the other: thousands of cards put anew hold up no invitation. */
const modes = ['post', 'replace'] as const;
type Mode = Delivery['mode'];

type Lane = { again: boolean; wake: () => void; ended: Promise<void> };

export function createSender({ ledger, platforms, clock, prepare, log, step }: SenderOptions): Sender {
  const lanes = new Map<string, Lane>();
  const pausedUntil = new Map<string, Temporal.Instant>();
  const unprepared = new Map<string, number>();
  const pace = paces(clock);
  const stopping = new AbortController();
  const isStopped = () => stopping.signal.aborted;
  const write = (outcome: () => Promise<void>) => surely(outcome, stopping.signal, log);
  let recovering: Promise<void> | null = null;

  async function run(): Promise<void> {
    if (isStopped()) return;
    for (const name of await ledger.lanes(clock.now())) {
      const current = lanes.get(name);
      if (current) {
        current.again = true;
        current.wake();
      } else {
        const lane: Lane = { again: false, wake: () => {}, ended: Promise.resolve() };
        lanes.set(name, lane);
        lane.ended = work(name, lane);
      }
    }
  }

  async function work(name: string, lane: Lane): Promise<void> {
    try {
      do {
        lane.again = false;
        const isPaused = await drain(name);
        const pause = Math.min(...modes.map((mode) => pauseOf(name, mode)).filter((ms) => ms > 0));
        // A pause that is over by now was a pause all the same: what waited for it is still there.
        if (isPaused && (pause <= longestPauseMs || pause === Number.POSITIVE_INFINITY)) {
          if (pause <= longestPauseMs) await pausing(lane, pause);
          lane.again = true;
        }
      } while (lane.again && !isStopped());
    } catch (error) {
      log.error({ error, lane: name }, 'a lane stopped; the next turn tries again');
    } finally {
      lanes.delete(name);
    }
  }

  /** True when the platform has asked for a pause, and something may wait for its end; false when nothing is due any more. */
  async function drain(lane: string): Promise<boolean> {
    while (!isStopped()) {
      const open = modes.filter((mode) => pauseOf(lane, mode) === 0);
      const batch = open.length > 0 ? await ledger.claim(lane, clock.now(), batchSize, open) : [];
      if (batch.length === 0) return open.length < modes.length;
      step('claimed');
      const prepared = await prepare(batch).catch((error) => {
        log.error({ error, lane }, 'what is due could not be prepared');
        return new Map<string, Prepared>();
      });
      const chains = [...Map.groupBy(batch, conversationOf).values()];
      const next = async (): Promise<void> => {
        for (let chain = chains.shift(); chain; chain = chains.shift()) {
          let shut: FailureCode | null = null;
          for (const delivery of chain) {
            const mine = prepared.get(delivery.id);
            const knocks: boolean = mine?.is === 'send' && delivery.mode === 'post';
            const outcome: Outcome | null = await deliver(
              delivery,
              shut && knocks ? { is: 'unreachable', why: shut } : mine,
            );
            if (outcome?.is === 'failed' && closesTheDoor.has(outcome.code)) shut = outcome.code;
          }
        }
      };
      await Promise.all(Array.from({ length: Math.min(inFlight, chains.length) }, next));
    }
    return false;
  }

  /** Milliseconds until the lane may go on with messages of this kind. */
  function pauseOf(lane: string, mode: Mode): number {
    const until = pausedUntil.get(`${lane} ${mode}`);
    return until ? Math.max(0, until.epochMilliseconds - clock.now().epochMilliseconds) : 0;
  }

  /** Ends early when the process is asked to stop. */
  function pausing(lane: Lane, ms: number): Promise<void> {
    const woken = new AbortController();
    lane.wake = () => woken.abort();
    return sleep(ms, undefined, { signal: AbortSignal.any([stopping.signal, woken.signal]) }).catch(() => {});
  }
  const waited = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => {});
  /** On a whole millisecond, as pauses are counted in them: whoever has waited for it finds it past. */
  const later = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(clock.now().epochMilliseconds + Math.ceil(ms) + 1);
  /** The end of the lane's pause, for a message of it that has to wait. */
  const afterPause = ({ lane, mode }: Delivery) => pausedUntil.get(`${lane} ${mode}`) ?? later(0);

  const instead = async (record: () => Promise<void>): Promise<null> => {
    await write(record);
    return null;
  };

  /** What the platform said; null when it was not asked. */
  async function deliver(delivery: Delivery, prepared: Prepared | undefined): Promise<Outcome | null> {
    const platform = platforms[delivery.platform];
    if (!platform) return instead(() => ledger.failed(delivery, 'not-installed', clock.now()));
    if (!prepared) return instead(() => postpone(delivery));
    if (prepared.is === 'skip') return instead(() => ledger.skipped(delivery, prepared.why));
    if (prepared.is === 'unreachable') return instead(() => ledger.failed(delivery, prepared.why, clock.now()));
    if (mustWait(delivery)) return instead(() => ledger.again(delivery, afterPause(delivery), 'waiting'));
    const wait = pace.wait(
      [delivery.lane, platform.pace.tenant],
      [conversationOf(delivery), platform.pace.conversation],
    );
    if (wait > 0) await waited(wait);
    if (mustWait(delivery)) return instead(() => ledger.again(delivery, afterPause(delivery), 'waiting'));
    const intentAt = clock.now();
    const isMine = await ledger.intend(delivery, intentAt).catch(async () => {
      // Nobody knows whether it was written down, but nothing was asked for yet.
      await write(() => ledger.again(delivery, later(1_000), 'interrupted'));
      return false;
    });
    if (!isMine) return null;
    step('intended');
    const outcome = await request(platform, delivery, prepared.card);
    step('answered');
    await write(() => record(delivery, outcome));
    step('recorded');
    if (outcome.is === 'unknown' && delivery.mode === 'post')
      await write(() => settle(platform, { ...delivery, attempt: delivery.attempt + 1, intentAt }));
    return outcome;
  }

  const mustWait = ({ lane, mode }: Delivery) => isStopped() || pauseOf(lane, mode) > 0;

  async function postpone(delivery: Delivery): Promise<void> {
    const times = (unprepared.get(delivery.id) ?? 0) + 1;
    if (times >= mostPreparations) {
      unprepared.delete(delivery.id);
      return ledger.failed(delivery, 'refused', clock.now());
    }
    if (unprepared.size > 10_000) unprepared.clear();
    unprepared.set(delivery.id, times);
    return ledger.again(delivery, later(500 * 2 ** times), 'not-prepared');
  }

  function request(platform: ChatPlatform, delivery: Delivery, card: Card): Promise<Outcome> {
    const message = { card, key: keyOf(delivery) };
    if (delivery.mode === 'post') return platform.send(delivery.to, message);
    if (delivery.reference) return platform.replace(delivery.reference, message);
    return Promise.resolve({ is: 'failed', code: 'not-found', detail: 'there is no message to replace' });
  }

  async function record(delivery: Delivery, outcome: Outcome): Promise<void> {
    const { kind, platform } = delivery;
    switch (outcome.is) {
      case 'sent':
        return ledger.sent(delivery, outcome.reference, clock.now());
      case 'failed':
        log.warn({ kind, platform, code: outcome.code, detail: outcome.detail }, 'message not delivered');
        return ledger.failed(delivery, outcome.code, clock.now());
      case 'again': {
        // Nothing was shown, so it is tried until the message is no longer wanted: an outage loses nothing.
        const until = later(outcome.afterMs);
        pausedUntil.set(`${delivery.lane} ${delivery.mode}`, until);
        return ledger.again(delivery, until, outcome.why);
      }
      case 'unknown':
        if (delivery.mode === 'replace' && delivery.attempt + 1 < mostReplacements)
          return ledger.again(delivery, later(Math.min(60_000, 2_000 * 2 ** delivery.attempt)), outcome.why);
        log.warn({ kind, platform, why: outcome.why }, 'message may or may not have been delivered');
        return ledger.unknown(delivery, outcome.why);
    }
  }

  async function settle(platform: ChatPlatform, delivery: Delivery & { intentAt: Temporal.Instant }): Promise<void> {
    const recall = await platform.recall(delivery.to, keyOf(delivery), delivery.intentAt);
    if (recall.is === 'not-now') return;
    if (recall.is === 'found') return ledger.settle(delivery, { is: 'sent', reference: recall.reference });
    return ledger.settle(delivery, { is: recall.is === 'absent' ? 'planned' : 'unknown' });
  }

  async function recoverAll(): Promise<void> {
    await ledger.recover();
    for (const delivery of await ledger.unknowns()) {
      const platform = platforms[delivery.platform];
      if (platform && !isStopped()) await settle(platform, delivery);
    }
  }

  const idle = async () => void (await Promise.all([...lanes.values()].map((lane) => lane.ended)));

  return {
    run,
    idle,
    recover() {
      recovering ??= recoverAll().finally(() => {
        recovering = null;
      });
      return recovering;
    },
    async stop() {
      stopping.abort();
      await idle();
      await recovering?.catch(() => {});
    },
  };
}

const keyOf = ({ groupKey, key }: Delivery) => `${groupKey}:${key}`;

function conversationOf({ lane, to }: Delivery): string {
  return `${lane}/${'channel' in to ? to.channel : to.user}`;
}
