/** The convenor's seat, whole stories: in Teams and in Slack the same words, the same buttons. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { say } from '../../../src/cards/words.ts';
import type { Language, Platform } from '../../../src/domain/group.ts';
import { startTestRond, type TestRond } from '../../support/rond.ts';
import { ledgerOf, says, textOf, tove } from '../../support/scene.ts';
import { commandOn, groupFor, type Hands, handsOf } from './hands.ts';

const stories: [Platform, Language][] = [
  ['teams', 'nb'],
  ['slack', 'fi'],
];

describe.each(stories)('a convenor in %s, in %s', (platform, language) => {
  let all: TestRond;
  let hands: Hands;
  const word = (key: string, values: Record<string, unknown> = {}) => say(language, key, values);
  /** Asks, reads what would happen, confirms. */
  const does = async (what: string) => {
    await hands.press('steer.ask', { command: commandOn(what, hands.buttons()) });
    await hands.sees(word('confirm.heading'), word(`ask.${what}`));
    expect(await hands.press('steer.do')).toMatchObject({ ok: true, notice: null });
    await hands.sees(word(`said.${what}`));
  };

  beforeAll(async () => {
    all = await startTestRond({ change: groupFor(platform, language) });
    hands = handsOf(all, platform);
    await all.moveTo('2022-09-26T12:00:00Z');
  });
  afterAll(() => all.close());

  test('the overview opens with a word and says what is to come', async () => {
    await hands.says(word('command.seat'));
    await hands.sees(word('seat.heading'), word('seat.section.rounds'), word('seat.section.unowned'));
    expect(hands.buttons().map(({ verb }) => verb)).toContain('round.new');
  });

  test('a round from nothing: a wrong window is refused beside its field, a right one shows the whole send plan', async () => {
    const wrong = await hands.fill({ verb: 'round.new' }, 'round.save', {
      title: 'Ekstra',
      opens: '2022-10-03',
      closes: '2022-09-30',
    });
    if (platform === 'slack') {
      expect(Object.values(wrong.errors)).toContain(word('error.window-backwards'));
      hands.wire.closeDialog(hands.person);
    } else await hands.sees(word('error.window-backwards'));
    await hands.says(word('command.seat'));
    await hands.fill({ verb: 'round.new' }, 'round.save', {
      title: 'Ekstra',
      opens: '2022-10-03',
      closes: '2022-10-10',
      review: 'yes',
    });
    await hands.sees(
      word('round-plan.heading'),
      'Ekstra',
      word('send.kind.invitation'),
      word('send.people', { count: 3 }),
    );
  });

  test('try it on me: every card, to the convenor alone, marked; nothing is stored', async () => {
    const others = () => all.sandbox.wires.teams.personal(tove).length;
    const [before, untouched] = [hands.messages().length, others()];
    await hands.press('round.try');
    // Invitation, four pages of roles, two reminders, receipt, summary.
    await vi.waitFor(() => expect(hands.messages().length).toBe(before + 9));
    const rehearsal = hands.messages().slice(-9);
    for (const card of rehearsal) expect(textOf(card)).toContain(word('rehearsal.mark'));
    expect(textOf(rehearsal.at(-1) as never)).toContain(word('rehearsal.figures'));
    expect(others()).toBe(untouched);
    const loaded = await all.rond.store.groups.load(all.group.key);
    expect(loaded?.state.rounds).toEqual([]);
  });

  test('confirmed, it stands among the rounds', async () => {
    const plan = hands.messages().findLast(says(word('round-plan.heading')));
    await hands.wire.press(hands.person, { message: plan?.id ?? '' }, { verb: 'round.confirm' });
    await vi.waitFor(async () => {
      const loaded = await all.rond.store.groups.load(all.group.key);
      expect(loaded?.state.rounds.map(({ terms }) => terms?.review)).toEqual([true]);
    });
    await hands.says(word('command.rounds'));
    await hands.sees('Ekstra', word('seat.section.rounds'));
  });

  test('while it runs: who is missing, a nudge, a pause and its end, each asked for first', async () => {
    await all.moveTo('2022-10-04T12:00:00Z');
    await hands.says(word('command.seat'));
    hands.stays();
    await hands.press('seat.live', { round: 'ekstra/2022-10-03/2022-10-10' });
    await hands.sees(word('live.heading'), 'Tove Almgren', 'Jonas Ekdahl');
    await does('nudge');
    await does('pause');
    await does('resume');
  });

  test('somebody gets more time, somebody is excused', async () => {
    await hands.fill({ verb: 'steer.date', values: { mode: 'extend' } }, 'steer.dated', {
      day: '2022-10-14',
      member: 'tove-almgren',
    });
    await hands.sees(word('confirm.heading'), 'Tove Almgren');
    await hands.press('steer.do');
    await hands.sees(word('said.extend'));
    await hands.fill({ verb: 'steer.person', values: { mode: 'excuse' } }, 'steer.chosen', { member: 'jonas-ekdahl' });
    await hands.sees(word('ask.excuse', { name: 'Jonas Ekdahl' }));
    await hands.press('steer.do');
    await hands.sees(word('said.excuse'));
    expect(hands.reads()).not.toContain('Jonas Ekdahl');
  });

  test('a member is shown no convenor’s buttons, and the log names what the convenor did', async () => {
    const tovesHands = handsOf(all, 'teams', tove);
    await tovesHands.says(word('command.seat'));
    await tovesHands.sees(word('seat.heading.observer'));
    expect(tovesHands.buttons().map(({ verb }) => verb)).not.toContain('round.new');
    await hands.says(word('command.log'));
    await hands.sees(word('audit.heading'), word('audit.did.excuse'), word('audit.did.extend'));
  });

  test('the result waits, is seen as it will be posted, and is approved', async () => {
    await all.moveTo('2022-10-17T12:00:00Z');
    const review = hands.messages().findLast(says(word('approve.heading')));
    expect(review).toBeDefined();
    expect(await ledgerOf(all, 'summary')).toEqual(['summary liv-sandell sent']);
    await hands.wire.press(hands.person, { message: review?.id ?? '' }, { verb: 'steer.do' });
    await vi.waitFor(async () => {
      const loaded = await all.rond.store.groups.load(all.group.key);
      expect(loaded?.state.rounds.some(({ approvedAt }) => approvedAt)).toBe(true);
    });
    await all.moveTo('2022-10-18T12:00:00Z');
    expect((await ledgerOf(all, 'summary')).length).toBeGreaterThan(1);
  });

  test('away until a day: said in a word, kept', async () => {
    const before = hands.messages().length;
    await hands.wire.say(hands.person, word('command.away'));
    await vi.waitFor(() => expect(hands.messages().length).toBeGreaterThan(before));
    expect(hands.reads()).toContain(word('snooze-page.heading.away'));
  });
});
