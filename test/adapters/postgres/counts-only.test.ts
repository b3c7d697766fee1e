/** What the ledger's statements leave out of a round that keeps to counts, and what they count in it: each beside a round that does not. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holidayName } from '../../../src/adapters/calendar/holidays.ts';
import { everythingDue } from '../../../src/app/tick.ts';
import type { Happening, Tell } from '../../../src/domain/happening.ts';
import { type Anonymity, usualTerms } from '../../../src/domain/state.ts';
import type { Loaded } from '../../../src/ports/store.ts';
import { at, type Bench, bench, during, roundKey, tell } from './bench.ts';

let b: Bench;
beforeAll(async () => {
  b = await bench();
});
afterAll(() => b.drop());

const lane = 'teams/tenant-1';
const hours = (n: number) => during.add({ hours: n });

async function keeping(anonymity: Anonymity): Promise<void> {
  await b.all('delete from delivery');
  await b.all('update round set terms = $1', [JSON.stringify({ ...usualTerms, anonymity })]);
}
const carryOut = (happenings: Happening[]) =>
  b.store.groups.carryOut(b.group.key, () => ({ happenings, nextAt: null }));
const skipped = (
  { key, kind, to, about }: Tell,
  when: Temporal.Instant,
  why: 'answered' | 'snoozed' | 'superseded',
): Happening => ({ do: 'skip', key, at: when, kind, to, about, why });

/** Claimed, sent, and ended so: what a sender does with one message. */
async function ended(message: Tell, how: 'sent' | 'failed' | 'unknown', reason = 'blocked'): Promise<void> {
  await carryOut([message]);
  const claimed = (await b.store.ledger.claim(lane, hours(24), 20)).find(({ key }) => key === message.key);
  if (!claimed) throw new Error(`${message.key} was not claimed`);
  await b.store.ledger.intend(claimed, during);
  if (how === 'sent') await b.store.ledger.sent(claimed, null, during);
  else if (how === 'failed') await b.store.ledger.failed(claimed, reason, during);
  else await b.store.ledger.unknown(claimed, reason);
}
const message = (name: string, kind: Tell['kind'], when = during): Tell => ({
  ...tell(name, 'tove-lind', kind),
  at: when,
});
const invitation = message(`invite:${roundKey}:tove-lind`, 'invitation');
const reminder = message(`remind:${roundKey}:mid:tove-lind`, 'reminder', hours(1));
const unreached = () => b.store.steering.unreached(b.group.key, [roundKey]);
const missed = async () => b.store.ledger.unreached((await b.loaded()).id);
const notices = () =>
  b.all<{ key: string; member_key: string }>(`select key, member_key from delivery where kind = 'notice' order by id`);

describe('who was not reached', () => {
  test('named: by the last message, whatever it was', async () => {
    await keeping('named');
    await ended(invitation, 'sent');
    expect(await unreached()).toEqual([]);
    await ended(reminder, 'failed');
    expect(await unreached()).toEqual([{ round: roundKey, member: 'tove-lind', reason: 'blocked' }]);
    expect(await missed()).toEqual([{ to: 'tove-lind', reason: 'blocked' }]);
    await ended(message('deadline:rapport:2022-12-13:2022-12-13:day:tove-lind', 'deadline', hours(2)), 'sent');
    expect(await missed()).toEqual([]);
  });

  test('counts: by the invitation alone', async () => {
    await keeping('counts');
    await ended(invitation, 'sent');
    await ended(reminder, 'failed');
    expect([await unreached(), await missed()]).toEqual([[], []]);
    await keeping('counts');
    await ended(invitation, 'failed', 'not-installed');
    // That a reminder arrived would tell that there was one.
    await ended(reminder, 'sent');
    expect(await unreached()).toEqual([{ round: roundKey, member: 'tove-lind', reason: 'not-installed' }]);
    expect(await missed()).toEqual([{ to: 'tove-lind', reason: 'not-installed' }]);
    await keeping('counts');
    await ended(invitation, 'unknown', 'cannot-tell');
    await ended(reminder, 'unknown', 'cannot-tell');
    expect(await unreached()).toEqual([{ round: roundKey, member: 'tove-lind', reason: 'unknown' }]);
    expect(await missed()).toEqual([{ to: 'tove-lind', reason: 'unknown' }]);
  });

  test('a channel and a person, in the order of their last messages; no receipt says anything of anybody', async () => {
    await keeping('named');
    const summary: Tell = { ...message(`summary:${roundKey}:group`, 'summary', hours(3)), to: { channel: 'group' } };
    for (const one of [summary, invitation]) await ended(one, 'failed', 'archived');
    await ended(message('receipt:1', 'receipt', hours(4)), 'sent');
    expect(await missed()).toEqual([
      { to: 'tove-lind', reason: 'archived' },
      { to: 'group', reason: 'archived' },
    ]);
  });
});

describe('the convenor’s notice', () => {
  const told = [{ key: 'unreached:member:tove-lind:blocked', member_key: 'maja-ek' }];
  test.each<[Anonymity, Tell, object[]]>([
    ['named', invitation, told],
    ['named', reminder, told],
    ['counts', invitation, told],
    ['counts', reminder, []],
  ])('%s, $1.kind', async (anonymity, failing, expected) => {
    await keeping(anonymity);
    await ended(failing, 'failed');
    expect(await notices()).toEqual(expected);
  });
});

describe('the week’s cap', () => {
  const near = message(`remind:${roundKey}:near:tove-lind:2022-11-07`, 'reminder', hours(2));
  const counted = async (cap = 9, at: Temporal.Instant | null = null) => {
    const state = await b.store.steering.unasked(b.group.key, cap, at);
    return (state.get('tove-lind') ?? []).map((ms) => (ms - during.epochMilliseconds) / 3_600_000);
  };

  test.each<[Anonymity, number[]]>([
    ['named', [0]],
    ['counts', [0, 1, 2]],
  ])('%s: what was kept from whoever had answered or put it off', async (anonymity, expected) => {
    await keeping(anonymity);
    await ended(invitation, 'sent');
    await carryOut([skipped(reminder, hours(1), 'answered'), skipped(near, hours(2), 'snoozed')]);
    await carryOut([
      skipped(message(`remind:${roundKey}:on:tove-lind:2022-10-24`, 'reminder'), hours(3), 'superseded'),
    ]);
    expect(await counted()).toEqual(expected);
    expect(await counted(1)).toEqual(expected.slice(-1));
    expect(await counted(9, hours(24 * 7))).toEqual(expected);
    expect(await counted(9, hours(24 * 10 + 1))).toEqual(expected.slice(2));
  });

  test.each<[Anonymity, number[]]>([
    ['named', []],
    ['counts', [1]],
  ])('%s: a reminder that did not arrive', async (anonymity, expected) => {
    await keeping(anonymity);
    await ended(reminder, 'failed');
    expect(await counted()).toEqual(expected);
  });

  test('what somebody put off to a day is asked for, and so are a receipt and a notice', async () => {
    await keeping('named');
    await carryOut([
      message(`again:round:${roundKey}:tove-lind:2022-10-21`, 'reminder'),
      message('again:due:rapport:2022-12-13:tove-lind:2022-12-12', 'deadline'),
      message('receipt:1', 'receipt'),
      message('notice:1', 'notice'),
    ]);
    expect(await counted()).toEqual([]);
  });

  test('a group with a cap is loaded with the same', async () => {
    await keeping('counts');
    await carryOut([skipped(reminder, hours(1), 'answered')]);
    await b.all('update working_group set weekly_cap = 2');
    expect((await b.loaded()).state.unasked?.get('tove-lind')).toEqual([hours(1).epochMilliseconds]);
    const decidedAt = async (when: Temporal.Instant) => {
      let known: readonly number[] | undefined;
      const look = ({ state }: Loaded) => {
        known = state.unasked?.get('tove-lind');
        return { happenings: [], nextAt: null };
      };
      await b.store.groups.carryOut(b.group.key, look, when);
      return known;
    };
    expect(await decidedAt(hours(24 * 7))).toEqual([hours(1).epochMilliseconds]);
    expect(await decidedAt(hours(24 * 11 + 1))).toBeUndefined();
    await b.all('update working_group set weekly_cap = null');
    expect((await b.loaded()).state.unasked).toBeUndefined();
  });
});

test('the ledger has the same keys whoever has answered', async () => {
  const keysAfter = async (who: string) => {
    await keeping('counts');
    await b.all(
      `update assignment a set state = case when m.key = $1 then 'submitted' else 'pending' end
      from member m where m.id = a.member_id`,
      [who],
    );
    for (const day of ['2022-10-20T10:00:00Z', '2022-10-26T10:00:00Z', '2022-11-04T10:00:00Z'])
      await b.store.groups.carryOut(b.group.key, ({ group, state }) =>
        everythingDue(group, state, at(day), holidayName),
      );
    const rows = await b.all<{ key: string; state: string; reason: string | null; round: string | null }>(
      `select key, state, reason, about ->> 'round' as round from delivery where key like 'remind:%' or key like 'invite:%' order by key`,
    );
    const kept = rows.filter(({ reason }) => reason === 'answered').map(({ key, state, round }) => [key, state, round]);
    return { keys: rows.map(({ key }) => key), kept };
  };
  const [tove, disa] = [await keysAfter('tove-lind'), await keysAfter('disa-norr')];
  expect(tove.keys).toEqual(disa.keys);
  expect(tove.keys.filter((key) => key.includes(':near:'))).toHaveLength(3);
  expect(disa.kept).toContainEqual([`remind:${roundKey}:near:disa-norr:2022-11-07`, 'skipped', roundKey]);
  expect(tove.kept).toContainEqual([`remind:${roundKey}:near:tove-lind:2022-11-07`, 'skipped', roundKey]);
  expect(disa.kept.map(([name]) => name).every((name) => name?.includes('disa-norr'))).toBe(true);
});
