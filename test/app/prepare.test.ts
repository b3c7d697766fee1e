/** Between the decision and the send the world may change: a message is asked about once more, and made from what is true then. */

import { afterAll, beforeEach, expect, test } from 'vitest';
import { holidayName } from '../../src/adapters/calendar/holidays.ts';
import { preparing } from '../../src/app/prepare.ts';
import { type Asked, takeCommand } from '../../src/app/take-command.ts';
import type { Prepared } from '../../src/delivery/sender.ts';
import type { Member } from '../../src/domain/group.ts';
import type { Tell } from '../../src/domain/happening.ts';
import { catalogue } from '../../src/library/library.ts';
import type { Delivery } from '../../src/ports/store.ts';
import { exampleRatings } from '../../src/sandbox/answers.ts';
import { at, type Bench, bench, closes, identityOf, roundKey, tell } from '../adapters/postgres/bench.ts';
import { actionsOf } from '../cards/samples.ts';

let b: Bench | undefined;
const faults: string[] = [];
beforeEach(async () => {
  await b?.drop();
  b = await bench();
  await b.all(`update delivery set state = 'done'`);
  faults.length = 0;
});
afterAll(() => b?.drop());

const reminderAt = at('2022-10-25T07:00:00Z');
async function made(
  tells: Tell[],
  between: (bench: Bench) => Promise<unknown> = async () => {},
  now = reminderAt,
): Promise<(Prepared | undefined)[]> {
  const mine = b as Bench;
  await mine.store.groups.carryOut(mine.group.key, () => ({ happenings: tells, nextAt: null }));
  const lanes = await mine.store.ledger.lanes(now);
  const batch = (await Promise.all(lanes.map((lane) => mine.store.ledger.claim(lane, now, 50)))).flat();
  await between(mine);
  const log = { error: (_: object, message: string) => void faults.push(message) };
  const all = await preparing({ store: mine.store, clock: { now: () => now }, holidays: holidayName, log })(batch);
  const of = (delivery: Delivery | undefined) => delivery && all.get(delivery.id);
  return tells.map(({ key }) => of(batch.find((delivery) => delivery.key === key)));
}
const prepared = async (...given: Parameters<typeof made>) => (await made(...given)).map(outcome);
const outcome = (one: Prepared | undefined) =>
  one === undefined ? undefined : one.is === 'send' ? 'send' : `${one.is}: ${one.why}`;
const remind = (member: string, step: 'mid' | 'near' = 'mid'): Tell => ({
  ...tell(`remind:${roundKey}:${step}:${member}`, member, 'reminder'),
  about: { round: roundKey, activity: 'datainsamling', step },
});

test('who answered a moment before the reminder is not reminded; the others are', async () => {
  const ratings = exampleRatings(catalogue('se-legitimation-2023'), 1, 'sv');
  const answer = async (mine: Bench) => {
    const part = await mine.assignment('tove-lind');
    await mine.store.answers.submit(
      part.id,
      identityOf(part.member),
      ratings,
      'just now',
      reminderAt.subtract({ seconds: 1 }),
      null,
    );
  };
  expect(
    await prepared(
      ['maja-ek', 'tove-lind', 'disa-norr'].map((member) => remind(member)),
      answer,
    ),
  ).toEqual(['send', 'skip: answered', 'send']);
});

test('nobody is reminded of a round that has closed, or after it should have', async () => {
  const close = (mine: Bench) => mine.all('update round set closed_at = $1', [reminderAt.toString()]);
  expect(await prepared([remind('maja-ek')], close)).toEqual(['skip: closed']);
  expect(
    await prepared([remind('tove-lind')], (mine) => mine.all('update round set closed_at = null'), closes),
  ).toEqual(['skip: too-late']);
});

test('nor who has left, nor about what was set aside', async () => {
  const leave = (mine: Bench) => mine.all(`update member set removed_at = now() where key = 'maja-ek'`);
  expect(await prepared([remind('maja-ek')], leave)).toEqual(['skip: removed']);
  const park = (mine: Bench) => mine.all(`update activity set parked = true where key = 'datainsamling'`);
  expect(await prepared([remind('tove-lind')], park)).toEqual(['skip: parked']);
});

test('a card that cannot be made is left out and said in the log; the others are made', async () => {
  const spoil = (mine: Bench) => mine.all(`update member set language = 'xx' where key = 'maja-ek'`);
  const welcome = (member: string): Tell => ({ ...tell(`welcome:${member}`, member, 'welcome'), about: {} });
  const made = await prepared([welcome('maja-ek'), welcome('disa-norr')], spoil);
  expect(made).toEqual([undefined, 'send']);
  expect(faults).toEqual(['a card could not be made']);
});

test('whoever leads a group is led to their overview by the welcome and by the help; nobody else is, nor told to ask themselves', async () => {
  const both = ['maja-ek', 'tove-lind'];
  const welcomes = await made(both.map((member) => tell(`welcome:${member}`, member, 'welcome')));
  const mine = b as Bench;
  const helps = both.map(async (member) => {
    const who = identityOf(mine.group.members.find(({ key }) => key === member) as Member);
    const people = await mine.store.people.find(who);
    const asked = { store: mine.store, now: reminderAt, language: 'sv', people, who, where: 'personal', channel: null };
    const reply = await takeCommand(asked as unknown as Asked, 'hjälp');
    return reply.do === 'show' ? reply.card : null;
  });
  const cards = [...welcomes.map((one) => (one?.is === 'send' ? one.card : null)), ...(await Promise.all(helps))];
  const leads = cards.map((card) => actionsOf(card).some(({ verb }) => verb === 'seat.show'));
  expect(leads).toEqual([true, false, true, false]);
  const asks = cards.map((card) => JSON.stringify(card).includes('Kontakta Maja Ek'));
  expect(asks).toEqual([false, true, false, true]);
});
