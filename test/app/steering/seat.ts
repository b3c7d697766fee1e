/** The core group in a real database, with its seat, a clock that is moved by hand, and ticks. */

import { holidayName } from '../../../src/adapters/calendar/holidays.ts';
import { createSteering, type Done, type Outcome, type Steering } from '../../../src/app/steering.ts';
import { tick } from '../../../src/app/tick.ts';
import type { Group, Identity } from '../../../src/domain/group.ts';
import type { Round } from '../../../src/domain/state.ts';
import type { Command } from '../../../src/domain/steering/command.ts';
import type { Loaded, Store } from '../../../src/ports/store.ts';
import { coreGroup } from '../../support/core-group.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';

export const collection = 'datainsamling/2022-10-12/2022-11-07';
export const day = (text: string) => Temporal.PlainDate.from(text);
export const admin: Identity = { platform: 'slack', tenant: 'T01MITT', user: 'U00ADMIN' };

export type Seat = {
  store: Store;
  steering: Steering;
  group: Group;
  /** Goes to an instant, stopping at everything on the way. */
  goTo(instant: string): Promise<void>;
  /** Carries out as a member, by key; every call is an event of its own. */
  as(member: string, command: Command, group?: string): Promise<Outcome>;
  /** The same, which must succeed. */
  done(member: string, command: Command): Promise<Done>;
  by(member: string): { who: Identity; event: string };
  load(group?: string): Promise<Loaded>;
  round(key?: string): Promise<Round>;
  /** Ledger rows that were decided to be sent: "2022-11-04T08:00:00Z key", those whose key contains `part`. */
  told(part: string): Promise<string[]>;
  /** Marks a member's part as submitted, as an answer does. */
  answer(member: string, round?: string): Promise<void>;
  woken(): number;
  close(): Promise<void>;
};

let events = 0;

export async function openSeat(group: Group = coreGroup): Promise<Seat> {
  const database: TestDatabase = await testDatabase();
  const { store } = database;
  let now = group.startsAt;
  let woken = 0;
  await store.groups.save(group, null, group.startsAt);
  const steering = createSteering({
    store,
    clock: { now: () => now },
    holidays: holidayName,
    admins: new Set(['slack:T01MITT:U00ADMIN']),
    wake: () => {
      woken += 1;
    },
  });
  const log = { error: (data: object) => Promise.reject(data) };
  const turn = () => tick({ store, clock: { now: () => now }, holidays: holidayName, step: () => {}, log });
  const by: Seat['by'] = (member) => {
    const who = group.members.find(({ key }) => key === member)?.identities[0];
    events += 1;
    return { who: who ?? { platform: 'teams', tenant: 'tenant-1', user: 'nobody' }, event: `event-${events}` };
  };
  const load = async (key = group.key) => {
    const loaded = await store.groups.load(key);
    if (!loaded) throw new Error(`no group ${key}`);
    return loaded;
  };
  const as: Seat['as'] = async (member, command, key = group.key) => {
    const outcome = await steering.carryOut(by(member), key, command);
    await turn();
    return outcome;
  };
  return {
    store,
    steering,
    group,
    async goTo(instant) {
      const to = Temporal.Instant.from(instant);
      for (;;) {
        const next = await store.groups.nextAt();
        if (!next || Temporal.Instant.compare(next.at, to) > 0) break;
        if (Temporal.Instant.compare(next.at, now) > 0) now = next.at;
        await turn();
      }
      now = to;
      await turn();
    },
    as,
    async done(member, command) {
      const outcome = await as(member, command);
      if (outcome.is !== 'done') throw new Error(`${command.do}: ${JSON.stringify(outcome)}`);
      return outcome;
    },
    by,
    load,
    async round(key = collection) {
      const found = (await load()).state.rounds.find((one) => one.key === key);
      if (!found) throw new Error(`no round ${key}`);
      return found;
    },
    async told(part) {
      const rows = await store.ledger.rows(group.key);
      return rows
        .filter((row) => row.kind !== 'event' && row.state !== 'skipped' && row.key.includes(part))
        .map((row) => `${row.at} ${row.key}`);
    },
    async answer(member, round = collection) {
      const { id } = await load();
      const part = await store.answers.assignmentIn(id, round, member);
      const { who, event } = by(member);
      const taken = await store.answers.submit(part?.id ?? '', who, {}, event, now, null);
      if (taken.is !== 'taken') throw new Error(`${member}: ${taken.is}`);
    },
    woken: () => woken,
    close: () => database.drop(),
  };
}
