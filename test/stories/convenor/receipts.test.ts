/** The last day moves, or a survey is over: what lies in people's chats says so, where it stands, and nobody is sent anything for it. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { longDay } from '../../../src/cards/dates.ts';
import { say } from '../../../src/cards/words.ts';
import type { Group, Platform } from '../../../src/domain/group.ts';
import { catalogue } from '../../../src/library/library.ts';
import { exampleRatings } from '../../../src/sandbox/answers.ts';
import type { TestRond } from '../../support/rond.ts';
import { slackTeam, teamsTenant } from '../../support/scene.ts';
import { personIn, type StoryPerson } from '../person.ts';
import { begin, commandOn, groupFor, type Hands, wordsOf } from './hands.ts';

const planFile = fileURLToPath(new URL('../../../src/library/example/plan.md', import.meta.url));
const ratings = (seed: number) => exampleRatings(catalogue('se-legitimation-2023'), seed, 'sv');

/** With one more, who does not answer, and one who is not asked. */
const withVera =
  (platform: Platform) =>
  (before: Group): Group => {
    const group = groupFor(platform, 'sv')(before);
    const [first] = group.members;
    if (!first) throw new Error('nobody is in the group');
    const who = (n: string) =>
      platform === 'teams'
        ? { platform, tenant: teamsTenant, user: `22bb33cc-0000-4000-8000-00000000000${n}` }
        : { platform, tenant: slackTeam, user: `U0VERA00${n}` };
    return {
      ...group,
      members: [
        ...group.members,
        { ...first, key: 'vera-holm', name: 'Vera Holm', identities: [who('1')] },
        { ...first, key: 'siv-hall', name: 'Siv Hall', identities: [who('2')], role: 'observer' },
      ],
    };
  };

describe.each<Platform>(['teams', 'slack'])('a convenor in %s', (platform) => {
  let all: TestRond;
  let hands: Hands;
  let tove: StoryPerson;
  let jonas: StoryPerson;
  let liv: StoryPerson;
  let vera: StoryPerson;
  let siv: StoryPerson;
  let receipts: Record<string, string>;
  let round: string;
  /** Where the convenor's own invitation lies, below everything they look at. */
  let invitation: string;
  /** Hers, which she has not answered. */
  let unanswered: string;
  /** It, and the reminders that came after it. */
  let asking: string[];

  const word = wordsOf('sv');
  const until = (day: string) => say('sv', 'receipt.until', { closes: longDay(day, 'sv') });
  const over = (day: string) => ({ closes: longDay(day, 'sv') });
  const offers = (who: StoryPerson, id: string) => who.verbs(id).includes('rate.open');
  const invites = (day: string) => say('sv', 'common.deadline', { closes: longDay(day, 'sv') });
  const answers = async (who: StoryPerson, seed: number, id = who.with('rate.open').id) => {
    await who.rate(ratings(seed), id);
    await vi.waitFor(() => expect(who.message(id)).toContain('Tack för dina svar'));
    return id;
  };
  const rows = async () =>
    (await all.rond.store.ledger.rows(all.group.key)).filter(({ kind }) => kind === 'receipt' || kind === 'reminder');
  const toLive = async () => {
    hands.wire.closeDialog(hands.person);
    await hands.says(word('command.rounds'));
    const isThere = () => hands.buttons().some(({ verb, values }) => verb === 'seat.live' && values.round === round);
    await vi.waitFor(() => expect(isThere()).toBe(true));
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

  const cancels = async () => {
    await toLive();
    await hands.press('steer.ask', { command: commandOn('cancel-round', hands.buttons()) });
    await hands.sees(word('confirm.heading'));
    await hands.press('steer.do');
    await hands.sees(word('said.cancel-round'));
  };

  beforeAll(async () => {
    ({ all, hands } = await begin(platform, '2022-10-12T07:00:00Z', withVera(platform)));
    tove = personIn(all.sandbox, all.group, 'tove-almgren');
    jonas = personIn(all.sandbox, all.group, 'jonas-ekdahl');
    liv = personIn(all.sandbox, all.group, 'liv-sandell');
    vera = personIn(all.sandbox, all.group, 'vera-holm');
    siv = personIn(all.sandbox, all.group, 'siv-hall');
    unanswered = vera.with('rate.open').id;
    invitation = liv.with('rate.open').id;
    round = (await all.rond.store.groups.load(all.group.key))?.state.rounds[0]?.key ?? '';
    receipts = { tove: await answers(tove, 1), jonas: await answers(jonas, 2) };
  });
  afterAll(() => all.close());

  test('more time for one who has not answered: her invitation says so, and nobody else’s', async () => {
    expect(vera.message(unanswered)).toContain(invites('2022-11-07'));
    const before = vera.chat().length;
    await moves('extend', { day: '2022-11-09', member: 'vera-holm' });
    await vi.waitFor(() => expect(vera.message(unanswered)).toContain(invites('2022-11-09')));
    expect(liv.message(invitation)).toContain(invites('2022-11-07'));
    expect(vera.chat().length).toBe(before);
    expect(vera.verbs(unanswered)).toContain('rate.open');
  });

  test('more time for one: the receipt says the day that holds for her alone', async () => {
    await moves('extend', { day: '2022-11-18', member: 'liv-sandell' });
    receipts.liv = await answers(liv, 3, invitation);
    expect(liv.message(receipts.liv)).toContain(until('2022-11-18'));
    expect(tove.message(receipts.tove ?? '')).toContain(until('2022-11-07'));
  });

  test('more time for all: each receipt says the new day, in the message it is, once', async () => {
    const before = await rows();
    const counts = [tove.chat().length, jonas.chat().length, vera.chat().length];
    await moves('extend', { day: '2022-11-14', member: 'all' });
    await vi.waitFor(() => {
      expect(tove.message(receipts.tove ?? '')).toContain(until('2022-11-14'));
      expect(jonas.message(receipts.jonas ?? '')).toContain(until('2022-11-14'));
      expect(vera.message(unanswered)).toContain(invites('2022-11-14'));
    });
    expect(tove.message(receipts.tove ?? '')).not.toContain(longDay('2022-11-07', 'sv'));
    expect([tove.chat().length, jonas.chat().length, vera.chat().length]).toEqual(counts);
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
    await vi.waitFor(() => expect(tove.message(id)).toContain('Två av tre tjänster'));
    // Whoever pressed a button of the page a moment ago may still be writing on it.
    await all.moveTo('2022-10-13T12:20:00Z');
    await moves('extend', { day: '2022-11-16', member: 'all' });
    await vi.waitFor(() => expect(tove.message(id)).toContain(until('2022-11-16')));
    expect(tove.message(id)).toContain('Två av tre tjänster');
  });

  test('somebody is writing: in Teams their message waits until they have had the time, in Slack it need not', async () => {
    const id = receipts.tove ?? '';
    await tove.press(id, 'rate.open');
    const page = { 'now:lakare': 'vulnerable', 'coming:lakare': 'vulnerable', 'comment:lakare': '' };
    const open = tove.dialog() ? { dialog: tove.wire.dialog(tove.user)?.id ?? '' } : { message: id };
    await tove.wire.press(tove.user, open, { verb: tove.dialog() ? 'submit' : 'rate.page' }, page);
    const shown = tove.message(id);
    await moves('extend', { day: '2022-11-17', member: 'all' });
    await vi.waitFor(() => expect(jonas.message(receipts.jonas ?? '')).toContain(until('2022-11-17')));
    if (tove.wire === all.sandbox.wires.teams) {
      expect(tove.message(id)).toBe(shown);
      await all.moveTo('2022-10-13T12:50:00Z');
    }
    tove.wire.closeDialog(tove.user);
    await vi.waitFor(() => expect(tove.message(id)).toContain(until('2022-11-17')));
  });

  test('a plan read in anew moves the last day: receipts and invitations say the new one', async () => {
    const plan = readFileSync(planFile, 'utf8').replace('12/10 - 7/11', '12/10 - 18/11');
    await hands.says(plan);
    await hands.staysWith('draft.apply');
    await hands.sees('Datainsamling (enkät)');
    await hands.press('draft.apply');
    await vi.waitFor(() => {
      expect(tove.message(receipts.tove ?? '')).toContain(until('2022-11-18'));
      expect(jonas.message(receipts.jonas ?? '')).toContain(until('2022-11-18'));
      expect(vera.message(unanswered)).toContain(invites('2022-11-18'));
    });
    await vi.waitFor(async () => expect(new Set((await rows()).map(({ state }) => state))).toEqual(new Set(['sent'])));
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
    });
    await vi.waitFor(async () => expect(new Set((await rows()).map(({ state }) => state))).toEqual(new Set(['sent'])));
  });

  test('opened again, whoever has not answered is told on what lies there, the reminders too', async () => {
    await vi.waitFor(() => {
      expect(vera.message(unanswered)).toContain(invites('2022-11-30'));
      for (const text of vera.texts()) expect(text).not.toContain(longDay('2022-11-18', 'sv'));
    });
    asking = vera.chat().flatMap(({ id }) => (offers(vera, id) ? [id] : []));
    expect(asking.length).toBeGreaterThan(1);
  });

  test('cancelled: the receipt says so and offers no change, and whoever opens it again takes that back', async () => {
    const id = receipts.tove ?? '';
    const counts = [tove.chat().length, vera.chat().length];
    expect(offers(tove, id)).toBe(true);
    await cancels();
    await vi.waitFor(() => expect(tove.message(id)).toContain(word('receipt.cancelled')));
    expect(tove.message(id)).toContain('Två av tre tjänster');
    expect(tove.message(id)).not.toContain(until('2022-11-30'));
    expect(offers(tove, id)).toBe(false);
    await vi.waitFor(() => {
      for (const one of asking) {
        expect(vera.message(one)).toContain(word('survey-over.text.cancelled'));
        expect(vera.message(one)).toContain('Datainsamling (enkät)');
        expect(vera.verbs(one)).toEqual([]);
      }
    });
    expect([tove.chat().length, vera.chat().length]).toEqual(counts);
    await moves('reopen', { day: '2022-11-30' });
    await vi.waitFor(() => expect(tove.message(id)).toContain(until('2022-11-30')));
    expect(offers(tove, id)).toBe(true);
    await vi.waitFor(() => {
      for (const one of asking) {
        expect(vera.message(one)).toContain(invites('2022-11-30'));
        expect(offers(vera, one)).toBe(true);
      }
    });
  });

  test('somebody else answers instead: what was sent says who, and asks nothing more', async () => {
    await toLive();
    const inputs = { member: 'vera-holm', by: 'siv-hall' };
    await hands.fill({ verb: 'steer.person', values: { mode: 'substitute' } }, 'steer.chosen', inputs);
    await hands.sees(word('confirm.heading'));
    await hands.press('steer.do');
    await hands.sees(word('said.substitute'));
    await vi.waitFor(() => {
      for (const one of asking) {
        expect(vera.message(one)).toContain(word('survey-over.text.substituted', { by: 'Siv Hall' }));
        expect(vera.verbs(one)).toEqual([]);
      }
      expect(siv.message(siv.with('rate.open').id)).toContain(invites('2022-11-30'));
    });
  });

  test('it closes: nothing goes on asking, and no receipt offers a change; nobody is sent anything for it', async () => {
    const last = siv.with('rate.open').id;
    await siv.press(last, 'rate.open');
    const first = catalogue('se-legitimation-2023').items[0]?.key ?? '';
    await siv.handIn(last, 'rate.page', { [`now:${first}`]: 'vulnerable', [`coming:${first}`]: 'vulnerable' });
    siv.wire.closeDialog(siv.user);
    await all.moveTo('2022-11-30T22:50:00Z');
    const asked = siv.chat().map(({ id }) => id);
    const counts = () => [tove, vera, siv].map((who) => who.chat().length);
    const before = counts();
    await all.moveTo('2022-11-30T23:20:00Z');
    await vi.waitFor(() => {
      expect(
        asked.filter((id) => siv.message(id).includes(word('survey-over.text.closed', over('2022-11-30')))).length,
      ).toBeGreaterThan(0);
      for (const id of asked) expect(offers(siv, id)).toBe(false);
      expect(siv.texts().join()).toContain(word('survey-over.unsent'));
      expect(tove.message(receipts.tove ?? '')).toContain(word('receipt.closed'));
    });
    expect(offers(tove, receipts.tove ?? '')).toBe(false);
    expect(vera.message(unanswered)).toContain(word('survey-over.text.substituted', { by: 'Siv Hall' }));
    expect(counts()).toEqual(before);
  });

  test('opened again, it asks again; a reminder beside a receipt says with the next change that it is answered', async () => {
    await all.moveTo('2022-12-01T09:00:00Z');
    await moves('reopen', { day: '2022-12-09' });
    const asked = () => siv.chat().filter(({ id }) => offers(siv, id));
    await vi.waitFor(() => {
      expect(asked().length).toBeGreaterThan(0);
      for (const { id } of asked()) expect(siv.message(id)).toContain(longDay('2022-12-09', 'sv'));
      expect(tove.message(receipts.tove ?? '')).toContain(until('2022-12-09'));
    });
    await all.moveTo('2022-12-08T12:00:00Z');
    expect(asked().length).toBeGreaterThan(1);
    const places = asked().map(({ id }) => id);
    await answers(siv, 4, places[0]);
    await cancels();
    await vi.waitFor(() => {
      const [answered = '', ...others] = places.map((id) => siv.message(id));
      expect(answered).toContain(word('receipt.cancelled'));
      // The invitation has become a receipt as well; what else reminded her points to it.
      expect(others.filter((text) => text.includes(word('survey-over.text.answered'))).length).toBeGreaterThan(0);
      for (const text of others)
        expect(text).toMatch(new RegExp(`${word('receipt.cancelled')}|${word('survey-over.text.answered')}`));
    });
    expect(asked()).toEqual([]);
  });
});
