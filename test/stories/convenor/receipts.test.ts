/** The last day moves: a receipt that somebody has already says the new one, where it stands, and nobody is sent anything for it. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { longDay } from '../../../src/cards/dates.ts';
import { say } from '../../../src/cards/words.ts';
import type { Platform } from '../../../src/domain/group.ts';
import { catalogue } from '../../../src/library/library.ts';
import { exampleRatings } from '../../../src/sandbox/answers.ts';
import { startTestRond, type TestRond } from '../../support/rond.ts';
import { personIn, type StoryPerson } from '../person.ts';
import { groupFor, type Hands, handsOf, patience } from './hands.ts';

const ratings = (seed: number) => exampleRatings(catalogue('se-legitimation-2023'), seed, 'sv');

describe.each<Platform>(['teams', 'slack'])('a convenor in %s', (platform) => {
  let all: TestRond;
  let hands: Hands;
  let tove: StoryPerson;
  let jonas: StoryPerson;
  let liv: StoryPerson;
  let receipts: Record<string, string>;
  let round: string;
  /** Where the convenor's own invitation lies, below everything they look at. */
  let invitation: string;

  const word = (code: string) => say('sv', code);
  const until = (day: string) => say('sv', 'receipt.until', { closes: longDay(day, 'sv') });
  const answers = async (who: StoryPerson, seed: number, id = who.with('rate.open').id) => {
    await who.rate(ratings(seed), id);
    await vi.waitFor(() => expect(who.message(id)).toContain('Tack för dina svar'), patience);
    return id;
  };
  const rows = async () =>
    (await all.rond.store.ledger.rows(all.group.key)).filter(({ kind }) => kind === 'receipt' || kind === 'reminder');
  const toLive = async () => {
    hands.wire.closeDialog(hands.person);
    await hands.says(word('command.rounds'));
    const isThere = () => hands.buttons().some(({ verb, values }) => verb === 'seat.live' && values.round === round);
    await vi.waitFor(() => expect(isThere()).toBe(true), patience);
    hands.stays();
    await hands.press('seat.live', { round });
    await hands.sees(word('live.heading'));
  };
  const moves = async (mode: 'extend' | 'reopen', inputs: Record<string, string>) => {
    await toLive();
    await hands.fill({ verb: 'steer.date', values: { mode } }, 'steer.dated', inputs);
    await hands.sees(word('confirm.heading'));
    await hands.press('steer.do');
    await hands.sees(word(`said.${mode}`));
  };

  beforeAll(async () => {
    all = await startTestRond({ change: groupFor(platform, 'sv') });
    hands = handsOf(all, platform);
    await all.moveTo('2022-10-12T07:00:00Z');
    tove = personIn(all.sandbox, all.group, 'tove-almgren');
    jonas = personIn(all.sandbox, all.group, 'jonas-ekdahl');
    liv = personIn(all.sandbox, all.group, 'liv-sandell');
    invitation = liv.with('rate.open').id;
    round = (await all.rond.store.groups.load(all.group.key))?.state.rounds[0]?.key ?? '';
    receipts = { tove: await answers(tove, 1), jonas: await answers(jonas, 2) };
  });
  afterAll(() => all.close());

  test('more time for one: the receipt says the day that holds for her alone', async () => {
    await moves('extend', { day: '2022-11-18', member: 'liv-sandell' });
    receipts.liv = await answers(liv, 3, invitation);
    expect(liv.message(receipts.liv)).toContain(until('2022-11-18'));
    expect(tove.message(receipts.tove ?? '')).toContain(until('2022-11-07'));
  });

  test('more time for all: each receipt says the new day, in the message it is, once', async () => {
    const before = await rows();
    const counts = [tove.chat().length, jonas.chat().length];
    await moves('extend', { day: '2022-11-14', member: 'all' });
    await vi.waitFor(() => {
      expect(tove.message(receipts.tove ?? '')).toContain(until('2022-11-14'));
      expect(jonas.message(receipts.jonas ?? '')).toContain(until('2022-11-14'));
    }, patience);
    expect(tove.message(receipts.tove ?? '')).not.toContain(longDay('2022-11-07', 'sv'));
    expect([tove.chat().length, jonas.chat().length]).toEqual(counts);
    await all.moveTo('2022-10-13T12:00:00Z');
    const after = await rows();
    expect(new Set(after.map(({ state }) => state))).toEqual(new Set(['sent']));
    // Hers holds longer than the new day, so there is nothing to say anew.
    expect(
      after
        .slice(before.length)
        .map(({ kind, to }) => `${kind} ${to}`)
        .sort(),
    ).toEqual(['receipt jonas-ekdahl', 'receipt tove-almgren']);
    expect(liv.message(receipts.liv ?? '')).toContain(until('2022-11-18'));
  });

  test('what was answered still stands there, and can be changed from there', async () => {
    const better = { ...ratings(1), lakare: { now: 'shortage', coming: 'shortage', comment: 'Två av tre tjänster' } };
    const id = receipts.tove ?? '';
    await tove.rate(better as ReturnType<typeof ratings>, id);
    await vi.waitFor(() => expect(tove.message(id)).toContain('Två av tre tjänster'), patience);
    await moves('extend', { day: '2022-11-16', member: 'all' });
    await vi.waitFor(() => expect(tove.message(id)).toContain(until('2022-11-16')), patience);
    expect(tove.message(id)).toContain('Två av tre tjänster');
  });

  test('opened again: the day until which it is open now', async () => {
    await all.moveTo('2022-11-21T09:00:00Z');
    await moves('reopen', { day: '2022-11-30' });
    await vi.waitFor(() => {
      for (const [who, id] of [
        [tove, receipts.tove],
        [jonas, receipts.jonas],
        [liv, receipts.liv],
      ] as const)
        expect(who.message(id ?? '')).toContain(until('2022-11-30'));
    }, patience);
    expect((await rows()).every(({ state }) => state === 'sent')).toBe(true);
  });
});
