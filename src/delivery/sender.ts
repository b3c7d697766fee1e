/**
 * Sends what stands planned in the ledger. A lane is one tenant of one platform: lanes run side by side, so that a throttled
 * one never slows another. Within a lane each conversation keeps its order.
 *
 * The ledger's promise: intent is committed before the request; an outcome nobody can be sure of is never blindly repeated.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Platform } from '../domain/group.ts';
import type { Card, ChatPlatform, Outcome } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Delivery, Ledger } from '../ports/store.ts';
import { type Bucket, bucket } from './bucket.ts';
import type { Step } from './steps.ts';

/** What to do with a claimed delivery, decided from the state at this moment. */
export type Prepared = { is: 'send'; card: Card } | { is: 'skip'; why: string };

export type SenderOptions = {
  ledger: Ledger;
  platforms: Partial<Record<Platform, ChatPlatform>>;
  clock: Clock;
  /** By delivery id. Rejects when the state cannot be loaded. */
  prepare(batch: Delivery[]): Promise<Map<string, Prepared>>;
  log: { warn(data: object, message: string): void };
  step: (step: Step) => void;
};

export type Sender = {
  /** Looks at every lane that has something due; returns when nothing more can be sent now. */
  run(): Promise<void>;
  /** Settles what dead processes left behind. */
  recover(): Promise<void>;
  /** Lets what is under way end. */
  stop(): Promise<void>;
};

const batchSize = 32;
const inFlight = 8;
const mostAttempts = 25;

export function createSender({ ledger, platforms, clock, prepare, log, step }: SenderOptions): Sender {
  const running = new Map<string, Promise<void>>();
  const pausedUntil = new Map<string, Temporal.Instant>();
  const buckets = new Map<string, Bucket>();
  let stopped = false;

  async function run(): Promise<void> {
    if (stopped) return;
    const lanes = await ledger.lanes(clock.now());
    await Promise.all(
      lanes.map((lane) => {
        const current = running.get(lane);
        if (current) return current;
        const mine = drain(lane).finally(() => running.delete(lane));
        running.set(lane, mine);
        return mine;
      }),
    );
  }

  async function drain(lane: string): Promise<void> {
    while (!stopped && !isPaused(lane)) {
      const batch = await ledger.claim(lane, clock.now(), batchSize);
      if (batch.length === 0) return;
      step('claimed');
      const prepared = await prepare(batch);
      const chains = [...Map.groupBy(batch, conversationOf).values()];
      const next = async (): Promise<void> => {
        for (let chain = chains.shift(); chain; chain = chains.shift()) {
          for (const delivery of chain) await deliver(delivery, prepared.get(delivery.id));
        }
      };
      await Promise.all(Array.from({ length: Math.min(inFlight, chains.length) }, next));
    }
  }

  function isPaused(lane: string): boolean {
    const until = pausedUntil.get(lane);
    return until !== undefined && Temporal.Instant.compare(clock.now(), until) < 0;
  }

  async function deliver(delivery: Delivery, prepared: Prepared | undefined): Promise<void> {
    const platform = platforms[delivery.platform];
    if (!platform) return ledger.failed(delivery, 'not-connected');
    if (!prepared) return ledger.again(delivery, later(1_000), 'not-prepared');
    if (prepared.is === 'skip') return ledger.skipped(delivery, prepared.why);
    if (stopped || isPaused(delivery.lane))
      return ledger.again(delivery, pausedUntil.get(delivery.lane) ?? clock.now(), 'waiting');
    const wait = Math.max(
      bucketFor(delivery.lane, platform.pace.tenant).take(clock.now()),
      bucketFor(conversationOf(delivery), platform.pace.conversation).take(clock.now()),
    );
    if (wait > 0) await sleep(wait);
    if (!(await ledger.intend(delivery, clock.now()))) return;
    step('intended');
    const outcome = await request(platform, delivery, prepared.card);
    step('answered');
    await record(delivery, outcome);
    step('recorded');
  }

  function request(platform: ChatPlatform, delivery: Delivery, card: Card): Promise<Outcome> {
    const message = { card, key: `${delivery.groupKey}:${delivery.key}` };
    if (delivery.mode === 'post') return platform.send(delivery.to, message);
    if (delivery.reference) return platform.replace(delivery.reference, message);
    return Promise.resolve({ is: 'failed', code: 'not-found', detail: 'there is no message to replace' });
  }

  async function record(delivery: Delivery, outcome: Outcome): Promise<void> {
    switch (outcome.is) {
      case 'sent':
        return ledger.sent(delivery, outcome.reference, clock.now());
      case 'failed':
        log.warn(
          { kind: delivery.kind, platform: delivery.platform, code: outcome.code, detail: outcome.detail },
          'message not delivered',
        );
        return ledger.failed(delivery, outcome.code);
      case 'again':
        if (delivery.attempt + 1 >= mostAttempts) return ledger.failed(delivery, 'refused');
        pausedUntil.set(delivery.lane, later(outcome.afterMs));
        return ledger.again(delivery, later(outcome.afterMs), outcome.why);
      case 'unknown':
        // Putting a card where it is already changes nothing for anybody.
        if (delivery.mode === 'replace' && delivery.attempt + 1 < mostAttempts)
          return ledger.again(delivery, later(2_000), outcome.why);
        log.warn(
          { kind: delivery.kind, platform: delivery.platform, why: outcome.why },
          'message may or may not have been delivered',
        );
        return ledger.unknown(delivery, outcome.why);
    }
  }

  async function recover(): Promise<void> {
    await ledger.recover();
    for (const delivery of await ledger.unknowns()) {
      const platform = platforms[delivery.platform];
      if (!platform) continue;
      const key = `${delivery.groupKey}:${delivery.key}`;
      const recall = await platform.recall(delivery.to, key, delivery.intentAt);
      if (recall.is === 'found') await ledger.settle(delivery, { is: 'sent', reference: recall.reference });
      else await ledger.settle(delivery, { is: recall.is === 'absent' ? 'planned' : 'unknown' });
    }
  }

  const later = (ms: number) => clock.now().add({ milliseconds: Math.ceil(ms) });

  function bucketFor(name: string, pace: Parameters<typeof bucket>[0]): Bucket {
    const found = buckets.get(name);
    if (found) return found;
    if (buckets.size > 50_000) buckets.clear();
    const made = bucket(pace);
    buckets.set(name, made);
    return made;
  }

  return {
    run,
    recover,
    async stop() {
      stopped = true;
      await Promise.allSettled(running.values());
    },
  };
}

function conversationOf({ lane, to }: Delivery): string {
  return `${lane}/${'channel' in to ? to.channel : to.user}`;
}
