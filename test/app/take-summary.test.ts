/** A result that is too long for a message leads to all of it: to the figures that were posted, for whoever can see them. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { resultModel } from '../../src/app/models/result.ts';
import { takeSummary } from '../../src/app/take-summary.ts';
import { languageFor } from '../../src/app/turn.ts';
import { renderCard } from '../../src/cards/cards.ts';
import type { Identity } from '../../src/domain/group.ts';
import type { Card, Reply } from '../../src/ports/chat.ts';
import { at, type Bench, bench, closes, during, identityOf, marked, roundKey } from '../adapters/postgres/bench.ts';
import { actionsOf, ofType } from '../cards/samples.ts';

const roles = 150;
const stranger: Identity = { platform: 'slack', tenant: 'T01MITT', user: 'U0STEERING' };
const steering = 'C01STEER';
let b: Bench;
let id = '';
const posted = new Map<number, string[]>();
let values: Record<string, string> = {};

/** What can be read on a card, run by run. */
const readOn = (card: Card) => ofType(card, /^(TextRun|TextBlock)$/).map(({ text }) => `${text}`.trim());

async function post() {
  const { group, state } = await b.loaded();
  const round = state.rounds.find(({ key }) => key === roundKey);
  const result = await b.store.answers.result(id, roundKey);
  if (!round || !result) throw new Error('nothing is posted');
  const card = renderCard('summary', resultModel(group, round, result, 'sv'), 'sv');
  values = { ...(actionsOf(card).find(({ verb }) => verb === 'summary.whole')?.data as Record<string, string>) };
  posted.set(result.nth, readOn(card));
}

beforeAll(async () => {
  b = await bench();
  ({ id } = await b.loaded());
  for (const [index, key] of ['maja-ek', 'tove-lind'].entries()) {
    const part = await b.assignment(key);
    const ratings = marked('', roles);
    if (index === 0) for (const item of Object.values(ratings)) item.coming = 'shortage';
    await b.store.answers.submit(part.id, identityOf(part.member), ratings, `answers ${key}`, during, null);
  }
  expect(await b.store.answers.result(id, roundKey)).toBeNull();
  await close();
  await post();
});
afterAll(() => b.drop());

const close = () => b.all('update round set closed_at = $1', [closes.toString()]);
const member = (key: string) => identityOf(b.group.members.find((one) => one.key === key) as never);

/** Those who are in the group's channels, as the platform says; null: it says nothing now. */
let around: Identity[] | null = [];
const isIn = async (channel: { id: string }, { user }: Identity) =>
  around && channel.id === steering && around.some((one) => one.user === user);

async function press(who: Identity, channel: string | null, given: Record<string, string>, verb = 'summary.whole') {
  const people = await b.store.people.find(who);
  const submission = {
    ...{ who, verb, values: given, event: 'press', message: null, locale: 'sv-SE' },
    where: channel === null ? ('personal' as const) : ('channel' as const),
  };
  const language = await languageFor(people, submission);
  const now = at('2022-11-09T08:00:00Z');
  return takeSummary({ store: b.store, now, submission, people, language, channel, newcomers: { isIn } });
}

const cardOf = (reply: Reply): Card => {
  if (reply.do !== 'show') throw new Error(JSON.stringify(reply));
  return reply.card;
};

/** Page after page, by the buttons. */
async function everyPage(who: Identity, channel: string | null) {
  const read: string[][] = [];
  for (let next: Record<string, string> | undefined = values; next; ) {
    const card = cardOf(await press(who, channel, next));
    read.push(readOn(card));
    const page = read.length + 1;
    next = actionsOf(card)
      .map(({ data }) => data as Record<string, string>)
      .find((data) => data.page === String(page));
  }
  return read;
}

test('every role is named once, and what the summary says of one stands there word for word', async () => {
  const pages = await everyPage(member('tove-lind'), null);
  const lines = pages.flat();
  expect(pages.length).toBeGreaterThan(5);
  for (let item = 0; item < roles; item++)
    expect(lines.filter((line) => line.replace(' (kritisk)', '') === `item-${item}`)).toHaveLength(1);
  const summary = posted.get(0) ?? [];
  expect(summary.some((line) => /till\. Tryck på ”Hela resultatet”/.test(line))).toBe(true);
  const listed = lines.join('\n');
  for (const line of summary.filter((one) => /^(:|Nu \(|Framåt \(|Antal svar)/.test(one)))
    expect(listed).toContain(line.replace(/^: /, ''));
});

test('whoever reads the channel may see it, a member anywhere, and nobody else', async () => {
  expect((await press(stranger, steering, values)).do).toBe('show');
  expect((await press(member('disa-norr'), null, values)).do).toBe('show');
  for (const channel of ['C0ELSEWHERE', null])
    expect(await press(stranger, channel, values)).toMatchObject({
      do: 'notice',
      text: expect.stringMatching('inte är med'),
    });
  await b.all(`update member set removed_at = now() where key = 'disa-norr'`);
  expect(await press(member('disa-norr'), null, values)).toMatchObject({
    do: 'notice',
    text: expect.stringMatching('inte är med'),
  });
  await b.all('update member set removed_at = null');
});

test('whoever was given it in their own chat by an old client turns every page there, while they are in the channel', async () => {
  around = [stranger];
  expect(await everyPage(stranger, null)).toEqual(await everyPage(stranger, steering));
  expect((await press(stranger, null, values, 'summary.show')).do).toBe('show');
  const another = { ...stranger, user: 'U0ANOTHER' };
  const elsewhere = { ...stranger, tenant: 'T0ELSEWHERE' };
  const no = { do: 'notice', text: expect.stringMatching('inte är med') };
  for (const who of [another, elsewhere]) expect(await press(who, null, values)).toMatchObject(no);
  around = null;
  expect(await press(stranger, null, { ...values, page: '2' })).toMatchObject({
    do: 'notice',
    text: expect.stringMatching('svarar inte'),
  });
  around = [];
  expect(await press(stranger, null, { ...values, page: '2' })).toMatchObject(no);
});

test('what never was, is told', async () => {
  for (const wrong of [{ group: 'none' }, { round: 'none' }, { nth: '7' }, { nth: 'x' }, { nth: '' }])
    expect(await press(member('maja-ek'), null, { ...values, ...wrong })).toMatchObject({
      do: 'notice',
      text: expect.stringMatching('gammalt'),
    });
});

test('back leads to the summary, and to the question where it still waits', async () => {
  const heading = async (who: string) => readOn(cardOf(await press(member(who), null, values, 'summary.show')))[0];
  expect(await heading('maja-ek')).toBe('Resultat');
  await b.all(`update round set terms = '{"review": true}'`);
  expect(await heading('maja-ek')).toMatch(/Godkänn/);
  expect(await heading('tove-lind')).toBe('Resultat');
  await b.all('update round set terms = null');
});

test('what was posted stays as it was posted, whoever leaves, moves or answers anew', async () => {
  const before = await everyPage(member('maja-ek'), null);
  const first = values;
  await b.all(`update member set constituency = 'region' where key = 'tove-lind'`);
  await b.all(`update working_group set periods = '{"now": "1999", "coming": "2000"}'`);
  await b.all(`delete from assignment a using member m where m.id = a.member_id and m.key = 'disa-norr'`);
  expect(await everyPage(member('maja-ek'), null)).toEqual(before);

  await b.all('update round set closed_at = null, reopened = 1');
  expect(await b.store.answers.result(id, roundKey)).toBeNull();
  const isOutdated = (pages: string[][]) => pages.flat().some((line) => line.includes('innan enkäten öppnades igen'));
  expect(isOutdated(before)).toBe(false);
  const reopened = await everyPage(member('maja-ek'), null);
  expect(isOutdated(reopened)).toBe(true);
  expect(reopened).toHaveLength(before.length);

  await close();
  await post();
  expect(values.nth).toBe('1');
  expect(posted.get(1)?.join()).toContain('1999');
  expect((await everyPage(member('maja-ek'), null)).flat().join()).toContain('1999');
  values = first;
  expect((await everyPage(member('maja-ek'), null)).flat().join()).not.toContain('1999');
});
