/** From a page behind a button of a message one comes back to that message, as it stands now: in Teams the page lies in its place. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { holidayName } from '../../src/adapters/calendar/holidays.ts';
import { toModal } from '../../src/adapters/slack/convert/convert.ts';
import { createInbox } from '../../src/app/inbox.ts';
import { deadlineModel, fixModel, overdueModel, statusListModel, statusModel } from '../../src/app/models/activity.ts';
import { dueOverModel } from '../../src/app/models/due-over.ts';
import { reminderModel } from '../../src/app/models/rating.ts';
import { createSteering } from '../../src/app/steering.ts';
import { renderCard } from '../../src/cards/cards.ts';
import type { Card } from '../../src/ports/chat.ts';
import { type Bench, bench, during, identityOf, marked } from '../adapters/postgres/bench.ts';
import { actionsOf, ofType } from '../cards/samples.ts';

const now = during;
const tove = 'tove-lind';
let b: Bench;
let inbox: ReturnType<typeof createInbox>;
let events = 0;

beforeAll(async () => {
  b = await bench();
  const world = { store: b.store, clock: { now: () => now }, holidays: holidayName, wake: () => {} };
  inbox = createInbox({
    ...world,
    ...{ step: () => {}, platforms: {}, readDocument: async () => ({ is: 'unreadable' }) as never },
    ...{ steering: createSteering({ ...world, admins: new Set() }), rehearse: () => {} },
    ...{ feeds: {} as never, pictures: { of: async () => [], read: async () => null } },
  });
});
afterAll(() => b.drop());

async function press(member: string, verb: string, values: Record<string, string>) {
  const who = identityOf(b.group.members.find(({ key }) => key === member) as never);
  events += 1;
  const reply = await inbox.act({
    ...{ who, verb, values, event: `press ${events}`, message: null, where: 'personal', locale: null },
  });
  if (!('card' in reply)) throw new Error(JSON.stringify(reply));
  return reply.card;
}

type Values = Record<string, string>;
const dataOf = (card: Card, verb: string) => actionsOf(card).find((action) => action.verb === verb)?.data as Values;
const backOn = (card: Card) => {
  const found = actionsOf(card).filter(({ data }) => (data as Values).leaves === '1');
  expect(found.map(({ title }) => title)).toEqual(['Tillbaka']);
  return found[0] as { verb: string; data: Values };
};
const readOn = (card: Card) => ofType(card, /^(TextRun|TextBlock)$/).map(({ text }) => `${text}`);

/** What lies below the page; what a fault beside an input carries on; and that Slack, which closes its modal, has no such button. */
async function comesBack(member: string, below: Card, opens: string, saves: string, wrong: Values) {
  const page = await press(member, opens, dataOf(below, opens));
  expect(JSON.stringify(toModal(page, { callbackId: 'c' }).view)).not.toContain('Tillbaka');
  const again = await press(member, saves, { ...dataOf(page, saves), ...wrong });
  for (const one of [page, again]) {
    const { verb, data } = backOn(one);
    expect(readOn(await press(member, verb, data))).toEqual(readOn(below));
  }
}

const badDay = { newDate: '1900-01-01' };
const late = { what: 'until', until: '' };
const activityOf = async (key: string) => {
  const { group, state } = await b.loaded();
  const activity = group.activities.find((one) => one.key === key)!;
  return { group, state, activity, due: activity.due.at(-1)! };
};
const today = now.toZonedDateTimeISO('Europe/Stockholm').toPlainDate();

test.each(['week', 'day'] as const)('from a reminder of a date, %s', async (step) => {
  const { group, state, activity, due } = await activityOf('kunskapssammanstallning');
  const card = renderCard('deadline', deadlineModel(group, state, activity, due, step, today), 'sv');
  await comesBack(tove, card, 'status.more', 'status.save', badDay);
  await comesBack(tove, card, 'me.later', 'me.snooze', late);
});

test('from the question how it goes', async () => {
  const { group, state, activity, due } = await activityOf('kunskapssammanstallning');
  const card = renderCard('status', statusModel(group, state, activity, due), 'sv');
  await comesBack(tove, card, 'status.more', 'status.save', badDay);
  await comesBack(tove, card, 'me.later', 'me.snooze', late);
});

test('from what is past its date, for the convenor', async () => {
  const { group, state, activity } = await activityOf('kunskapssammanstallning');
  const due = activity.due[0]!;
  const card = renderCard('overdue', overdueModel(group, state, activity, due, today, holidayName), 'sv');
  await comesBack('maja-ek', card, 'status.more', 'status.save', badDay);
});

test('from a survey’s reminder; once it is answered there is nothing to go back to', async () => {
  const part = await b.assignment(tove);
  for (const step of ['mid', 'near'] as const) {
    const card = renderCard('reminder', reminderModel((await b.loaded()).group, part, step), 'sv', {
      timeZone: part.member.timeZone,
    });
    await comesBack(tove, card, 'me.later', 'me.snooze', late);
  }
  const page = await press(tove, 'me.later', { ref: part.id, on: 'reminder', step: 'mid' });
  await b.store.answers.submit(part.id, identityOf(part.member), marked('', 22), 'answers', now, null);
  const { verb, data } = backOn(page);
  await expect(press(tove, verb, data)).rejects.toThrow('Du har redan svarat');
});

test('from a gap in the plan, for the convenor', async () => {
  const { group, activity } = await activityOf('befintliga-modeller');
  await comesBack('maja-ek', renderCard('fix', fixModel(group, activity), 'sv'), 'fix.open', 'fix.save', {
    date: '1900-01-01',
  });
});

test('from the lists: to the overview, and to the page of the list that one was on', async () => {
  const home = await press(tove, 'home.show', {});
  await comesBack(tove, home, 'status.more', 'status.save', badDay);
  const { group, state } = await b.loaded();
  const member = group.members.find(({ key }) => key === tove)!;
  const list = renderCard('status-list', { ...statusListModel(group, state, member, today, [], 1) }, 'sv');
  await comesBack(tove, list, 'status.more', 'status.save', badDay);
  const second = { ...dataOf(list, 'status.more'), page: '2' };
  expect(backOn(await press(tove, 'status.more', second)).data).toMatchObject({ group: group.key, page: '2' });
});

test('what was done meanwhile is not asked for again; and a page that nothing opened has no way back', async () => {
  const { group, activity, due } = await activityOf('kunskapssammanstallning');
  const { id, state } = await b.loaded();
  const card = renderCard('deadline', deadlineModel(group, state, activity, due, 'day', today), 'sv');
  const page = await press(tove, 'status.more', dataOf(card, 'status.more'));
  const word = { activity: activity.key, due: due.key, note: '', newDate: null, by: tove, event: 'done' };
  await b.store.plans.saveStatus(id, { ...word, status: 'done' }, now);
  const { verb, data } = backOn(page);
  const after = await b.loaded();
  const about = { key: 'again:', kind: 'status' as const, about: { activity: activity.key, due: due.key } };
  const over = dueOverModel(after, about, tove);
  const below = renderCard('due-over', over!, 'sv');
  expect(readOn(await press(tove, verb, data))).toEqual(readOn(below));
  await comesBack(tove, below, 'status.more', 'status.save', badDay);
  const old = await press(tove, 'status.more', { ref: dataOf(card, 'status.more').ref ?? '' });
  expect(actionsOf(old).map((action) => action.verb)).toEqual(['status.save']);
});
