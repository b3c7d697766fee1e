/** A digest that is too long for a message leads to all of it: what happened, each thing once, for whoever can see the digest. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { councilDigest, groupDigest } from '../../src/app/digests.ts';
import { takeDigest } from '../../src/app/take-digest.ts';
import { languageFor } from '../../src/app/turn.ts';
import { renderCard } from '../../src/cards/cards.ts';
import type { DigestModel } from '../../src/cards/models.ts';
import type { Council, Identity } from '../../src/domain/group.ts';
import type { Card, Reply } from '../../src/ports/chat.ts';
import { at, type Bench, bench, identityOf } from '../adapters/postgres/bench.ts';
import { actionsOf, ofType } from '../cards/samples.ts';

const stranger: Identity = { platform: 'slack', tenant: 'T01MITT', user: 'U0STEERING' };
const council: Council = {
  ...{ key: 'radet', name: 'Rådet' },
  channel: { platform: 'slack', tenant: 'T01MITT', id: 'C01RADET', name: 'radet' },
};
const span = { after: at('2022-10-12T12:00:00Z'), until: at('2022-10-17T07:00:00Z') };
const notes = Array.from({ length: 90 }, (_, n) => `anteckning ${n + 1}: ${'så gick det till '.repeat(6)}`.trim());
let b: Bench;

beforeAll(async () => {
  b = await bench();
  const { id } = await b.loaded();
  const { platform, tenant, id: channel, name } = council.channel;
  await b.all(
    'insert into council (key, name, platform, tenant, channel, channel_name) values ($1, $2, $3, $4, $5, $6)',
    [...[council.key, council.name, platform, tenant, channel, name]],
  );
  await b.all('update working_group set council_key = $1', [council.key]);
  const word = { activity: 'rapport', due: '2022-12-13', status: 'under-way' as const, newDate: null, by: 'maja-ek' };
  const tell = (note: string, when: string) =>
    b.store.plans.saveStatus(id, { ...word, note, event: `said ${note}` }, at(when));
  await tell('berättat förra gången', '2022-10-12T10:00:00Z');
  for (const note of notes) await tell(note, '2022-10-13T10:00:00Z');
  await tell('berättas nästa gång', '2022-10-18T10:00:00Z');
});
afterAll(() => b.drop());

const member = (key: string) => identityOf(b.group.members.find((one) => one.key === key) as never);
const readOn = (card: Card) => ofType(card, /^(TextRun|TextBlock)$/).map(({ text }) => `${text}`.trim());
type Values = Record<string, string>;
const buttonOn = (digest: DigestModel) =>
  actionsOf(renderCard('digest', digest, 'sv')).find(({ verb }) => verb === 'digest.whole')?.data as Values | undefined;

/** Where the stranger is, as the platform says. */
let isAt = '';
const isIn = async (channel: { id: string }, { user }: Identity) => user === stranger.user && channel.id === isAt;

async function press(who: Identity, channel: string | null, values: Values, verb = 'digest.whole'): Promise<Reply> {
  const people = await b.store.people.find(who);
  const submission = {
    ...{ who, verb, values, event: 'press', message: null, locale: 'sv-SE' },
    where: channel === null ? ('personal' as const) : ('channel' as const),
  };
  const language = await languageFor(people, submission);
  const now = at('2022-10-20T08:00:00Z');
  return takeDigest({ store: b.store, now, submission, people, language, channel, newcomers: { isIn } });
}

async function everyPage(who: Identity, channel: string | null, first: Values): Promise<string[]> {
  const read: string[] = [];
  for (let next: Values | undefined = first, page = 2; next; page += 1) {
    const reply = await press(who, channel, next);
    if (reply.do !== 'show') throw new Error(JSON.stringify(reply));
    read.push(...readOn(reply.card));
    next = actionsOf(reply.card)
      .map(({ data }) => data as Values)
      .find((data) => data.page === String(page));
  }
  return read;
}

test.each(['group', 'steering'] as const)(
  '%s: everything that was told then stands on one page, once',
  async (audience) => {
    const digest = groupDigest(await b.loaded(), audience, span, span.until);
    const values = buttonOn(digest) ?? expect.fail();
    const read = await everyPage(member('tove-lind'), null, values);
    for (const note of notes) expect(read.filter((line) => line.includes(`${note.split(':')[0]}:`))).toHaveLength(1);
    expect(read.join()).not.toMatch(/förra gången|nästa gång/);
    expect(read).toContain(
      'Det som har hänt står som det berättades den måndag 17 oktober 2022, allt annat som det är i dag.',
    );
  },
);

test('a digest that fits has no button', () => {
  const few = { ...span, after: at('2022-10-16T00:00:00Z') };
  return b.loaded().then((loaded) => expect(buttonOn(groupDigest(loaded, 'group', few, span.until))).toBeUndefined());
});

test('whoever reads the channel may see it, a member anywhere, and nobody else', async () => {
  const values = buttonOn(groupDigest(await b.loaded(), 'steering', span, span.until)) ?? expect.fail();
  expect((await press(stranger, 'C01STEER', values)).do).toBe('show');
  expect((await press(stranger, 'C01STEER', values, 'digest.show')).do).toBe('show');
  const no = { do: 'notice', text: expect.stringMatching('inte är med') };
  for (const channel of ['C0ELSEWHERE', null]) expect(await press(stranger, channel, values)).toMatchObject(no);
  const old = { do: 'notice', text: expect.stringMatching('gammalt') };
  for (const wrong of [{ group: 'none' }, { until: '' }, { after: 'then' }])
    expect(await press(member('maja-ek'), null, { ...values, ...wrong })).toMatchObject(old);
});

test('whoever was given it in their own chat by an old client turns its pages there, while they are in the channel', async () => {
  const values = buttonOn(groupDigest(await b.loaded(), 'steering', span, span.until)) ?? expect.fail();
  isAt = 'C01STEER';
  expect((await everyPage(stranger, null, values)).join()).toContain('anteckning 90');
  isAt = '';
  expect(await press(stranger, null, values)).toMatchObject({ do: 'notice' });
});

test('what a council is told stands in its own channel only', async () => {
  const { digest } = await councilDigest(b.store, council, span, span.until);
  const values = buttonOn(digest) ?? expect.fail();
  expect((await everyPage(stranger, 'C01RADET', values)).join()).toContain('anteckning 90');
  const no = { do: 'notice', text: expect.stringMatching('inte är med') };
  expect(await press(stranger, 'C01STEER', values)).toMatchObject(no);
  expect(await press(member('maja-ek'), null, values)).toMatchObject(no);
  isAt = 'C01STEER';
  expect(await press(stranger, null, values)).toMatchObject(no);
  isAt = 'C01RADET';
  expect((await everyPage(stranger, null, values)).join()).toContain('anteckning 90');
  isAt = '';
});
