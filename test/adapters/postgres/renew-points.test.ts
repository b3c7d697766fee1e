/** What was said of due points is put anew by whatever changes them: once for each place and change, spread, and not where it was pressed. */

import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Activity, Group } from '../../../src/domain/group.ts';
import type { Tell } from '../../../src/domain/happening.ts';
import { keys } from '../../../src/domain/schedule/keys.ts';
import { subjectOf } from '../../../src/domain/state.ts';
import type { Reference } from '../../../src/ports/chat.ts';
import { day } from '../../app/steering/seat.ts';
import { at, type Bench, bench, during } from './bench.ts';

let b: Bench;
const activity = 'kunskapssammanstallning';
const [first, second] = ['2022-10-12', '2022-11-30'];
const many = 12;
const owners = ['tove-lind', 'disa-norr'];
const tells = (who: string, due: string): Tell[] => {
  const about = { activity, due };
  const tell = { do: 'tell' as const, at: at('2022-10-05T07:00:00Z'), to: { member: who } };
  const deadline = keys.deadline(activity, due, day(due), 'week')(who);
  return [
    { ...tell, kind: 'deadline', key: deadline, about: { ...about, step: 'week' } },
    { ...tell, kind: 'status', key: keys.status(activity, due, day(due))(who), about },
  ];
};

beforeEach(async () => {
  await b?.drop();
  b = await bench(many);
  const asked = owners.flatMap((who) => [...tells(who, first), ...tells(who, second)]);
  await b.store.groups.carryOut(b.group.key, () => ({ happenings: asked, nextAt: null }));
  await b.all(`update delivery set state = 'sent', reference = jsonb_build_object(
    'platform', platform, 'tenant', substr(lane, strpos(lane, '/') + 1), 'conversation', address, 'message', id::text)
    where kind in ('deadline', 'status', 'invitation')`);
});
afterAll(() => b.drop());

type Row = { id: string; key: string; kind: string; member_key: string; due_at: Date; about: Record<string, string> };
const renewed = () => b.all<Row>(`select * from delivery where mode = 'replace' and kind <> 'invitation' order by id`);
const said = async () => (await renewed()).map(({ kind, member_key, about }) => `${kind} ${member_key} ${about.due}`);
const all = (...dues: string[]) =>
  owners.flatMap((who) => dues.flatMap((due) => [`deadline ${who} ${due}`, `status ${who} ${due}`])).sort();
const save = async (event: string, more: object, pressed: Reference | null = null, when = during) => {
  const word = { activity, due: first, note: '', newDate: null, by: 'tove-lind' };
  const { id } = await b.loaded();
  await b.store.plans.saveStatus(id, { ...word, status: 'under-way' as const, ...more, event, pressed }, when);
};
const changed = (more: Partial<Activity>): Group => ({
  ...b.group,
  activities: b.group.activities.map((one) => (one.key === activity ? { ...one, ...more } : one)),
});
const reads = (group: Group, hour: string) =>
  b.store.groups.save(
    group,
    { at: at(`2022-10-20T${hour}:00:00Z`), kind: 'plan-imported', activity: null, facts: {} },
    null,
  );

test('an owner’s word: only what ends it, moves it or opens it again, of its own due point', async () => {
  await save('one', { status: 'under-way' });
  await save('two', { status: 'late', note: 'Väntar' });
  expect(await renewed()).toEqual([]);
  await save('three', { status: 'done' });
  expect((await said()).sort()).toEqual(all(first));
  await save('three', { status: 'done' });
  expect(await renewed()).toHaveLength(4);
  await save('four', { status: 'under-way' });
  expect(await renewed()).toHaveLength(8);
  await save('five', { newDate: day('2022-10-27') });
  expect(await renewed()).toHaveLength(12);
});

test('the message that was pressed shows the outcome already', async () => {
  const { reference } = await b.one<{ reference: Reference }>(
    `select reference from delivery where kind = 'status' and member_key = 'tove-lind' and about ->> 'due' = $1`,
    [first],
  );
  await save('one', { status: 'done' }, reference);
  expect((await said()).sort()).toEqual(all(first).filter((one) => one !== `status tove-lind ${first}`));
});

test('a page that lies in its place in Teams: that message waits, and no other', async () => {
  const { id } = await b.loaded();
  const place = `select reference, id from delivery where kind = 'status' and about ->> 'due' = $2 and member_key = $1`;
  for (const who of owners) {
    const { reference } = await b.one<{ reference: Reference }>(place, [who, first]);
    await b.store.ledger.pageOpened(id, who, reference, during.subtract({ minutes: 5 }));
  }
  await save('one', { status: 'done' });
  const later = (await renewed()).map(({ kind, member_key, due_at }) => [
    `${kind} ${member_key}`,
    Math.floor((due_at.getTime() - during.epochMilliseconds) / 60_000),
  ]);
  expect(later.sort()).toEqual([
    ['deadline disa-norr', 0],
    ['deadline tove-lind', 0],
    ['status disa-norr', 0],
    ['status tove-lind', 10],
  ]);
});

test('a group file: set aside and back, other owners, out of the plan with its name, and who is named no more', async () => {
  await reads(b.group, '07');
  expect(await renewed()).toEqual([]);
  await reads(changed({ parked: true }), '08');
  expect((await said()).sort()).toEqual(all(first, second));
  await reads(b.group, '09');
  await reads(b.group, '10');
  expect(await renewed()).toHaveLength(16);
  await reads(changed({ owners: ['maja-ek'] }), '11');
  expect(await renewed()).toHaveLength(24);
  const without = { ...b.group, activities: b.group.activities.filter(({ key }) => key !== activity) };
  await reads(without, '12');
  const gone = (await renewed()).slice(24);
  expect(gone.map(({ about }) => about.title)).toEqual(gone.map(() => 'Kunskapssammanställning'));
  expect(gone).toHaveLength(8);
  await reads({ ...without, members: b.group.members.filter(({ key }) => key !== 'tove-lind') }, '13');
  expect((await said()).slice(32).every((one) => one.includes('tove-lind'))).toBe(true);
  expect(await renewed()).toHaveLength(36);
});

test('the convenor steers: done, moved to a point of another key, and one event is one change', async () => {
  const steers = (event: string, change: (loaded: Awaited<ReturnType<Bench['loaded']>>) => object) =>
    b.store.steering.carryOut(b.group.key, event, during, (loaded) => ({
      next: { group: loaded.group, state: loaded.state, ...change(loaded) },
      entries: [],
    }));
  const word = { activity, due: first, note: '', newDate: null, by: null, at: during };
  for (let times = 0; times < 2; times += 1)
    await steers('done', ({ state }) => ({ state: { ...state, statuses: [{ ...word, status: 'done' as const }] } }));
  expect((await said()).sort()).toEqual(all(first));
  const to = { key: '2022-12-07', on: day('2022-12-07'), first: second };
  await steers('moved', ({ group }) => ({
    group: {
      ...group,
      activities: group.activities.map((one) =>
        one.key === activity ? { ...one, due: one.due.map((due) => (due.key === second ? to : due)), version: 9 } : one,
      ),
    },
  }));
  expect((await said()).slice(4).sort()).toEqual(all(second));
});

test('what a whole group was told is spread: five in a second in each lane', async () => {
  const shared = changed({ owners: 'all' });
  await reads(shared, '07');
  await b.all(`delete from delivery where mode = 'replace'`);
  const told = b.group.members.filter(({ key }) => !owners.includes(key)).flatMap(({ key }) => tells(key, first));
  await b.store.groups.carryOut(b.group.key, () => ({ happenings: told, nextAt: null }));
  await b.all(`update delivery set state = 'sent', reference = jsonb_build_object('message', id::text, 'conversation', address)
    where reference is null and kind in ('deadline', 'status')`);
  await save('done', { status: 'done' });
  const seconds = Map.groupBy(
    (await renewed()).filter(({ member_key }) => member_key !== 'disa-norr'),
    ({ due_at }) => due_at.getTime() - during.epochMilliseconds,
  );
  expect([...seconds.values()].map((rows) => rows.length)).toEqual([5, 5, 5, 5, 5, 3]);
});

test('whatever the name it has in the ledger: news of what is overdue, and what was put off to a day', async () => {
  const tell = { do: 'tell' as const, at: at('2022-10-05T07:00:00Z') };
  const put = (due: string): Tell[] => {
    const about = { activity, due };
    const again = keys.again(subjectOf(about), day('2022-10-11'))('tove-lind');
    const overdue = keys.overdue(activity, due, day(due), 'day');
    return [
      { ...tell, to: { member: 'tove-lind' }, kind: 'status', key: again, about },
      { ...tell, to: { member: 'maja-ek' }, kind: 'overdue', key: overdue, about: { ...about, step: 'day' } },
    ];
  };
  await b.store.groups.carryOut(b.group.key, () => ({ happenings: [...put(first), ...put(second)], nextAt: null }));
  await b.all(
    `update delivery set state = 'sent', reference = jsonb_build_object('platform', platform, 'message', id::text) where state = 'planned'`,
  );
  await save('done', { status: 'done' });
  const one = ['deadline', 'status'].flatMap((kind) => owners.map((who) => `${kind} ${who} ${first}`));
  expect((await said()).sort()).toEqual([...one, `overdue maja-ek ${first}`, `status tove-lind ${first}`].sort());
});
