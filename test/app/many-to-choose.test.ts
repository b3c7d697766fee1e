/** In a group of hundreds nobody is chosen from a list of hundreds: a name is written, and what it may mean is asked about. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { toModal } from '../../src/adapters/slack/convert/convert.ts';
import { peopleModel } from '../../src/app/steer-pages.ts';
import { takeFix } from '../../src/app/take-fix.ts';
import { takeStatus } from '../../src/app/take-status.ts';
import type { Turn } from '../../src/app/turn.ts';
import type { Member } from '../../src/domain/group.ts';
import { at, type Bench, bench, identityOf } from '../adapters/postgres/bench.ts';
import { ofType } from '../cards/samples.ts';

let b: Bench;
let events = 0;
beforeAll(async () => {
  b = await bench(300);
});
afterAll(() => b.drop());

async function press(take: typeof takeStatus, key: string, verb: string, values: Record<string, string>) {
  const who = identityOf(b.group.members.find((one) => one.key === key) as Member);
  events += 1;
  const submission = {
    who,
    verb,
    values,
    event: `e${events}`,
    message: null,
    where: 'personal' as const,
    locale: null,
  };
  const turn: Turn = {
    ...{ store: b.store, now: at('2022-10-10T08:00:00Z'), language: 'en' as const },
    ...{ submission, people: await b.store.people.find(who) },
  };
  return take({ ...turn, steering: { turnedAway: async () => {} }, holidays: () => null });
}
const ownersOf = async (key: string) => (await b.loaded()).group.activities.find((one) => one.key === key)?.owners;

test.each([
  ['status', takeStatus, 'tove-lind', 'kunskapssammanstallning', '2022-10-12', 'status.more', 'status.save', 'handTo'],
  ['fix', takeFix, 'maja-ek', 'befintliga-modeller', '', 'fix.open', 'fix.save', 'owner'],
] as const)(
  '%s: the page is small, and what is written counts',
  async (...[, take, who, activity, due, open, save, id]) => {
    const ref = `${b.group.key}|${activity}|${due}`;
    const page = await press(take, who, open, { ref });
    if (page.do !== 'show') throw new Error(JSON.stringify(page));
    expect(ofType(page.card, /^Input\.Text$/).find((input) => input.id === id)).toMatchObject({
      placeholder: 'Write a name',
    });
    expect(Buffer.byteLength(JSON.stringify(page.card))).toBeLessThan(20 * 1024);
    expect(JSON.stringify(toModal(page.card, { callbackId: 'c' }).view)).toContain('Write a name');
    const write = (written: string) => press(take, who, save, { ref, [id]: written });
    const told = (words: string) => ({ do: 'refuse', errors: { [id]: expect.stringMatching(words) } });
    expect(await write('Nobody Such')).toMatchObject(told('not in the group'));
    expect(await write('member-')).toMatchObject(
      told(
        '^Several people fit, among them (member-\\d+ \\(.*\\), ){3}member-\\d+ \\(.*\\) and member-\\d+ \\(.*\\)\\. Write',
      ),
    );
    expect(await write('member-29')).toMatchObject({ do: 'finish' });
    expect(await ownersOf(activity)).toEqual(['member-29']);
  },
);

test('who hands something over says nothing of how it goes, and whoever shared it still does', async () => {
  const activity = 'kunskapssammanstallning';
  const ref = `${b.group.key}|${activity}|2022-10-12`;
  const { id } = await b.loaded();
  const change = { at: at('2022-10-10T07:00:00Z'), kind: 'owner-set' as const, activity, facts: {} };
  await b.store.plans.amend(id, activity, { owners: ['tove-lind', 'disa-norr'] }, change, 'maja-ek', 'shared', null);
  const words = async () => (await b.loaded()).state.statuses.filter((one) => one.activity === activity);
  const before = await words();
  expect(await press(takeStatus, 'tove-lind', 'status.save', { ref, note: 'Snart' })).toMatchObject({
    do: 'refuse',
    errors: { status: 'Choose a status.' },
  });
  expect(await press(takeStatus, 'tove-lind', 'status.save', { ref, handTo: 'member-12' })).toMatchObject({
    do: 'finish',
  });
  expect(await ownersOf(activity)).toEqual(['disa-norr', 'member-12']);
  expect(await words()).toEqual(before);
});

test('who owns an activity is chosen on its page, on whatever page of the names they are', async () => {
  const loaded = { ...(await b.loaded()), group: b.group };
  const activity = 'kunskapssammanstallning';
  const model = peopleModel({ loaded }, 'assign', { key: activity });
  expect(model?.values.member).toBe('tove-lind');
  expect(model?.people.map(({ key }) => key)).toContain('tove-lind');
  const found = peopleModel({ loaded }, 'assign', { key: activity, find: 'member-29' });
  expect(found?.people.map(({ key }) => key)).toEqual(expect.arrayContaining(['tove-lind', 'member-290']));
});
