/** The plan card's picture, from the chat to the picture itself: in Teams and in Slack. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { drawPicture } from '../../../src/adapters/picture/draw.ts';
import { planPictures } from '../../../src/app/plan-pictures.ts';
import { say } from '../../../src/cards/words.ts';
import type { Language, Platform } from '../../../src/domain/group.ts';
import { startTestRond, type TestRond } from '../../support/rond.ts';
import { groupFor, type Hands, handsOf } from '../convenor/hands.ts';

const stories: [Platform, Language][] = [
  ['teams', 'fi'],
  ['slack', 'sv'],
];

describe.each(stories)('in %s, in %s', (platform, language) => {
  let all: TestRond;
  let hands: Hands;
  let url = '';
  const picture = () => /http:\/\/127\.0\.0\.1:\d+\/plan\/[\w.-]+\.png/.exec(hands.reads())?.[0] ?? '';

  beforeAll(async () => {
    all = await startTestRond({ change: groupFor(platform, language) });
    hands = handsOf(all, platform);
    await all.moveTo('2022-09-26T12:00:00Z');
  });
  afterAll(() => all.close());

  test('the plan card shows the page’s rows as an image, with the same in words', async () => {
    await hands.says(say(language, 'command.plan'));
    url = picture();
    const image = await fetch(url);
    expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(image.headers.get('referrer-policy')).toBe('no-referrer');
    const png = Buffer.from(await image.arrayBuffer());
    expect([png.readUInt32BE(16), png.readUInt32BE(20) <= 1024, png.byteLength < 1_000_000]).toEqual([840, true, true]);
    const alt = say(language, 'plan.picture', {
      first: 1,
      last: 8,
      count: all.group.activities.length,
      when: '',
      done: 0,
      late: 0,
    });
    expect(hands.reads()).toContain(alt.slice(0, 24));
    const again = await fetch(url, { headers: { 'If-None-Match': image.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });

  test('the next page has its own picture', async () => {
    hands.stays();
    await hands.press('seat.plan', { page: '2' });
    await vi.waitFor(() => expect(picture()).not.toBe(url));
    expect((await fetch(picture())).status).toBe(200);
  });

  test('an address that Rond has not made opens nothing, whatever is changed in it', async () => {
    const nothing = await (await fetch(`${new URL(url).origin}/plan`)).text();
    const [said = '', mac = ''] = (url.split('/').at(-1) ?? '').replace('.png', '').split('.');
    const forged = Buffer.from(Buffer.from(said, 'base64url').toString().replace(/^0/, '1')).toString('base64url');
    for (const token of [
      `${forged}.${mac}`,
      said,
      `${said}.`,
      `${said}.${'A'.repeat(mac.length)}`,
      `${said}.${mac}.x`,
      '%00',
      'x'.repeat(4000),
    ]) {
      const response = await fetch(`${new URL(url).origin}/plan/${token}.png`);
      expect([token, response.status, await response.text()]).toEqual([token, 404, nothing]);
    }
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
  });

  test('it says dates and how things stand, and names nobody', async () => {
    let svg = '';
    const pictures = planPictures({
      store: all.rond.store,
      clock: all.rond.clock,
      address: () => 'https://rond.example.org',
      draw: async (made) => {
        svg = made;
        return drawPicture(made);
      },
    });
    const loaded = await all.rond.store.groups.load(all.group.key);
    const [made] = await pictures.of(loaded!, { first: 0, count: 20, parked: true }, language);
    const token = /\/plan\/(.+)\.png$/.exec(made?.url ?? '')?.[1] ?? '';
    expect(await pictures.read(token)).toMatchObject({ tag: expect.any(String) });
    for (const { title } of all.group.activities.slice(0, 3)) expect(svg).toContain(title.slice(0, 12));
    for (const { name } of all.group.members) expect(svg).not.toContain(name);
  });

  test('sixty days later the address has ended', async () => {
    const at = (instant: string) => ({ now: () => Temporal.Instant.from(instant) });
    const with_ = (instant: string) =>
      planPictures({
        store: all.rond.store,
        clock: at(instant),
        address: () => null,
        draw: async () => new Uint8Array(1),
      });
    const token = /\/plan\/(.+)\.png$/.exec(url)?.[1] ?? '';
    expect(await with_('2022-11-25T12:00:00Z').read(token)).not.toBe(null);
    expect(await with_('2022-11-26T12:00:00Z').read(token)).toBe(null);
    // And where nothing can be fetched, no card has a picture.
    const loaded = await all.rond.store.groups.load(all.group.key);
    expect(await with_('2022-09-26T12:00:00Z').of(loaded!, { first: 0, count: 8, parked: true }, language)).toEqual([]);
  });
});
