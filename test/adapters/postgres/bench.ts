/** A database with a group whose survey is open, and a second process on the same database. */

import { saveSandboxTime } from '../../../src/app/sandbox-time.ts';
import { openStore } from '../../../src/compose.ts';
import type { Group, Identity, Member } from '../../../src/domain/group.ts';
import type { Happening, Tell } from '../../../src/domain/happening.ts';
import type { Ratings } from '../../../src/domain/instrument.ts';
import type { AssignmentRow, Loaded, Store } from '../../../src/ports/store.ts';
import { coreGroup, memberWith } from '../../support/core-group.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';

export const at = (text: string) => Temporal.Instant.from(text);
export const opened = at('2022-10-12T07:00:00Z');
export const closes = at('2022-11-07T23:00:00Z');
export const during = at('2022-10-20T10:00:00Z');
export const roundKey = 'datainsamling/2022-10-12/2022-11-07';

export type Bench = TestDatabase & {
  group: Group;
  loaded(): Promise<Loaded>;
  assignment(member: string): Promise<AssignmentRow>;
  /** One row of anything. */
  one<T>(sql: string, values?: unknown[]): Promise<T>;
  all<T>(sql: string, values?: unknown[]): Promise<T[]>;
  /** Another process on the same database: its own connections and its own number. */
  another(): Promise<{ store: Store; die(): Promise<void> }>;
};

/** The core group with so many more members; its round is open, everybody is invited, nothing has been sent. */
export async function bench(more = 0): Promise<Bench> {
  const { Client } = (await import('pg')).default;
  const database = await testDatabase();
  const { store, url } = database;
  const others = Array.from({ length: more }, (_, index) => memberWith(`member-${index}`));
  const group = { ...coreGroup, members: [...coreGroup.members, ...others] };
  await store.groups.save(group, null, opened);
  await saveSandboxTime(store, opened);
  await store.groups.carryOut(group.key, () => ({
    happenings: [openRound(group), ...invitations(group)],
    nextAt: null,
  }));
  const client = new Client({ connectionString: url });
  await client.connect();
  const all = async <T>(sql: string, values: unknown[] = []) => (await client.query(sql, values)).rows as T[];

  return {
    ...database,
    group,
    all,
    one: async <T>(sql: string, values: unknown[] = []) => (await all<T>(sql, values))[0] as T,
    loaded: async () => (await store.groups.load(group.key)) as Loaded,
    async assignment(member) {
      const { id } = (await store.groups.load(group.key)) as Loaded;
      return (await store.answers.assignmentIn(id, roundKey, member)) as AssignmentRow;
    },
    async another() {
      const second = await openStore({ databaseUrl: url, data: '/nonexistent' });
      return { store: second.store, die: second.disconnect };
    },
    async drop() {
      await client.end();
      await database.drop();
    },
  };
}

export function openRound({ members }: Group): Extract<Happening, { do: 'open-round' }> {
  return {
    do: 'open-round',
    key: `open:${roundKey}`,
    at: opened,
    round: roundKey,
    activity: 'datainsamling',
    due: '2022-10-12/2022-11-07',
    instrument: 'role-rating',
    catalogue: 'se-legitimation-2023',
    closesAt: closes,
    members: members.map(({ key }) => key),
  };
}

export const invitations = ({ members }: Group): Tell[] =>
  members.map(({ key }) => tell(`invite:${roundKey}:${key}`, key));

export function tell(key: string, member: string, kind: Tell['kind'] = 'invitation'): Tell {
  return { do: 'tell', key, at: opened, kind, to: { member }, about: { round: roundKey, activity: 'datainsamling' } };
}

export const identityOf = (member: Pick<Member, 'identities'>): Identity => member.identities[0] as Identity;

/** Ratings of so many items, told apart by `mark`. */
export function marked(mark: string, items = 3): Ratings {
  return Object.fromEntries(
    Array.from({ length: items }, (_, index) => [
      `item-${index}`,
      { now: 'sustainable', coming: 'sustainable', comment: mark },
    ]),
  );
}
