/** A round from its first idea to its end, through the cards alone: every deed asked for first and said afterwards, in Teams and in Slack. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { clock } from '../../../src/cards/dates.ts';
import { hasWords } from '../../../src/cards/words.ts';
import type { Group, Language, Member, Platform } from '../../../src/domain/group.ts';
import type { TestRond } from '../../support/rond.ts';
import { jonas, textOf, tove } from '../../support/scene.ts';
import { begin, commandOn, groupFor, type Hands, handsOf, loadOf, wordsOf } from './hands.ts';

const own = 'koll/2022-10-03/2022-10-14';

/** Tove is deputy, and one more is asked by name only. */
const withDeputy =
  (platform: Platform, language: Language) =>
  (before: Group): Group => {
    const group = groupFor(platform, language)(before);
    const members = group.members.map((member) =>
      member.key === 'tove-almgren' ? { ...member, role: 'deputy' as const } : member,
    );
    const [first] = members as [Member];
    const observer: Member = { ...first, key: 'siv-hall', name: 'Siv Hall', role: 'observer', identities: [] };
    return { ...group, members: [...members, observer] };
  };

const stories: [Platform, Language][] = [
  ['teams', 'en'],
  ['slack', 'sv'],
];

describe.each(stories)('rounds in %s, in %s', (platform, language) => {
  let all: TestRond;
  let hands: Hands;
  const word = wordsOf(language);
  /** As beside an input. */
  const fault = (code: string) => word(hasWords(`error.${code}`) ? `error.${code}` : `refused.${code}`);
  const load = async () => (await loadOf(all)).state.rounds;
  const round = async (key = own) => (await load()).find((one) => one.key === key);
  const page = () => JSON.stringify(platform === 'teams' ? hands.last().card : hands.wire.dialog(hands.person)?.view);
  const handIn = (verb: string, inputs: Record<string, string>) => {
    const target =
      platform === 'teams' ? { message: hands.last().id } : { dialog: hands.wire.dialog(hands.person)?.id ?? '' };
    return hands.wire.press(hands.person, target, { verb: platform === 'teams' ? verb : 'submit' }, inputs);
  };
  const opens = async (verb: string, values: Record<string, string> = {}) => {
    await hands.press(verb, values);
    await vi.waitFor(() => expect(page()).toMatch(platform === 'teams' ? /"Input\./ : /"input"/));
  };
  /** Handed in, refused beside its field, and everything typed still stands there. */
  const refused = async (verb: string, inputs: Record<string, string>, code: string) => {
    const { errors } = await handIn(verb, inputs);
    expect(JSON.stringify([Object.values(errors), page()])).toContain(JSON.stringify(fault(code)).slice(1, -1));
    if (platform === 'slack') expect(Object.keys(errors)).not.toEqual([]);
    else for (const value of Object.values(inputs)) expect(page()).toContain(value);
  };
  const does = async (what: string, more: () => Promise<void> = async () => {}) => {
    await hands.press('steer.ask', { command: commandOn(what, hands.buttons()) });
    await hands.sees(word('confirm.heading'), word(`ask.${what}`));
    await more();
    expect(await hands.press('steer.do')).toMatchObject({ ok: true, notice: null });
    await hands.sees(word(`said.${what}`));
  };
  const toLive = async (key = own, who = hands) => {
    who.wire.closeDialog(who.person);
    await who.says(word('command.rounds'));
    await who.staysWith('seat.live', { round: key });
    await who.press('seat.live', { round: key });
    await who.sees(word('live.heading'));
  };
  /** The other convenor, on Teams, with the same round before them. */
  const deputyAtIt = async () => {
    const deputy = handsOf(all, 'teams', tove);
    await toLive(own, deputy);
    return deputy;
  };

  beforeAll(async () => {
    ({ all, hands } = await begin(platform, '2022-09-26T12:00:00Z', withDeputy(platform, language)));
  });
  afterAll(() => all.close());

  test('what cannot be is refused beside its field, and what was typed stays', async () => {
    await hands.says(word('command.seat'));
    await opens('round.new');
    const typed = { title: 'Koll', opens: '2022-10-03', closes: '2022-10-14' };
    await refused('round.save', { ...typed, opens: '1900-01-01' }, 'bad-date');
    await refused('round.save', { ...typed, opens: '2022-09-01', closes: '2022-09-05' }, 'window-over');
    await refused('round.save', { ...typed, closes: '2022-09-30' }, 'window-backwards');
    await refused('round.save', { ...typed, opens: '2022-10-08', closes: '2022-10-09' }, 'too-soon');
    await refused('round.save', { ...typed, reminders: 'days', days: '2022-12-24' }, 'day-outside');
    await refused('round.save', { ...typed, reminders: 'days', days: 'i övermorgon' }, 'bad-date');
    await refused('round.save', { ...typed, title: ' ' }, 'no-title');
    // What must be filled in is marked so: the client says it, and asks Rond nothing.
    const { errors } = await handIn('round.save', { ...typed, title: '' });
    expect(errors).toEqual({
      title: platform === 'teams' ? word('common.required') : 'Please complete this required field.',
    });
    expect(await load()).toEqual([]);
  });

  test('instrument, audience, window, language, anonymity, reminders, hour: the whole send plan, with what to know before', async () => {
    await handIn('round.save', {
      title: 'Koll',
      opens: '2022-10-03',
      closes: '2022-10-14',
      people: 'tove-almgren,jonas-ekdahl',
      language: 'fi',
      reminders: 'days',
      // As in a timetable.
      days: '6.10. och 2022-10-12',
      hour: '10:00',
    });
    await hands.sees(
      word('round-plan.heading'),
      word('round-plan.people', { people: 2 }),
      word('send.kind.invitation'),
      word('send.kind.on'),
      word('send.people', { count: 2 }),
      word('round-page.language.fi'),
      'Tove Almgren',
      clock('10:00', language),
    );
    expect(hands.reads()).not.toContain(word('send.kind.mid'));
    expect(hands.reads()).toContain('⚠');
    // The words from the day's name on: how its date is written is not what this is about.
    const holiday = word('warning.holiday', { day: '', name: 'alla helgons dag' }).replace(/^.*\(/, '(');
    expect(hands.reads()).not.toContain(holiday);
    await hands.sees(word('warning.uncovered', { name: 'region' }));
    // A window over that of the plan's own survey, closing on a Saturday that is a holiday.
    await opens('round.change');
    await handIn('round.save', { closes: '2022-11-05', reminders: 'usual' });
    await hands.sees(holiday);
    await opens('round.change');
    await handIn('round.save', { closes: '2022-10-14', people: '', language: 'own', hour: 'usual' });
    await hands.sees(word('round-plan.people', { people: 3 }), word('send.kind.mid'), word('send.kind.near'));
    expect(hands.reads()).not.toContain(holiday);
    await hands.press('round.confirm');
    await hands.sees(word('said.schedule-round'));
    expect(await round()).toMatchObject({ openedAt: null, terms: { audience: 'everyone', reminders: 'usual' } });
  });

  test('from an activity of the plan: a window that overlaps is warned of', async () => {
    await hands.says(word('command.plan'));
    hands.stays();
    const activity = hands.buttons().find(({ values }) => values.activity === 'utveckla-enkat');
    await hands.press('seat.activity', activity?.values ?? {});
    await hands.sees(word('activity.heading'), 'Utveckla enkät');
    await opens('round.new');
    await handIn('round.save', { opens: '2022-10-10', closes: '2022-10-20' });
    await hands.sees(word('warning.clash', { title: 'Koll' }));
    await hands.press('seat.show');
    await hands.sees(word('seat.heading'));
    expect(await load()).toHaveLength(1);
  });

  test('a reminder now, once a day; a pause, and on from it without a burst', async () => {
    await all.moveTo('2022-10-04T12:00:00Z');
    await toLive();
    await hands.sees('Tove Almgren', 'Jonas Ekdahl', word('live.constituencies'));
    await does('nudge', () => hands.sees(word('send.kind.nudge'), word('send.people', { count: 3 })));
    const again = await hands.press('steer.ask', { command: commandOn('nudge', hands.buttons()) });
    expect(JSON.stringify([again.notice, hands.messages().map(textOf)])).toContain(word('refused.nudged-today'));
    const told = async () =>
      (await all.rond.store.ledger.rows(all.group.key)).filter(
        (row) => row.key.startsWith(`remind:${own}:`) && row.state !== 'skipped',
      ).length;
    // The next turn plans them; a pause that came before it would stop them.
    await vi.waitFor(async () => expect(await told()).toBe(3));
    await does('pause', () => hands.sees(word('confirm.stops'), word('send.kind.mid')));
    await hands.sees(word('do.resume'));
    const before = await told();
    expect(before).toBe(3);
    await all.moveTo('2022-10-11T12:00:00Z');
    await toLive();
    await does('resume');
    await all.moveTo('2022-10-12T12:00:00Z');
    expect(await told()).toBe(before);
  });

  test('more time for everybody, and reminders follow; a day that is no later is refused beside it', async () => {
    await toLive();
    await opens('steer.date', { mode: 'extend' });
    await refused('steer.dated', { day: '2022-10-12' }, 'window-backwards');
    await refused('steer.dated', { day: '2099-01-01' }, 'bad-date');
    await handIn('steer.dated', { day: '2022-10-21' });
    await hands.sees(word('confirm.heading'), word('confirm.stops'), word('confirm.starts'), word('send.kind.near'));
    await hands.press('steer.do');
    await hands.sees(word('said.extend'));
    expect((await round())?.closesAt.toString()).toBe('2022-10-21T22:00:00Z');
  });

  test('two at once: the second sees what the first changed, from what to what, and can go on', async () => {
    await toLive();
    const command = commandOn('pause', hands.buttons());
    const deputy = await deputyAtIt();
    await deputy.fill({ verb: 'steer.date', values: { mode: 'extend' } }, 'steer.dated', {
      day: '2022-10-28',
      member: 'all',
    });
    await deputy.press('steer.do');
    await deputy.sees(word('said.extend'));
    await hands.press('steer.ask', { command });
    await hands.sees(
      word('confirm.since'),
      'Tove Almgren',
      word('audit.did.extend'),
      word('audit.field.closes'),
      word('ask.pause'),
    );
    expect((await round())?.pausedAt).toBeNull();
    await hands.press('steer.do');
    await hands.sees(word('said.pause'));
    // Asked already, and overtaken before it is confirmed.
    await hands.press('steer.ask', { command: commandOn('resume', hands.buttons()) });
    await hands.sees(word('ask.resume'));
    await toLive(own, deputy);
    await deputy.fill({ verb: 'steer.date', values: { mode: 'extend' } }, 'steer.dated', {
      day: '2022-10-31',
      member: 'all',
    });
    await deputy.press('steer.do');
    await deputy.sees(word('said.extend'));
    await hands.press('steer.do');
    await hands.sees(word('confirm.since'), 'Tove Almgren', word('ask.resume'));
    expect((await round())?.pausedAt).not.toBeNull();
    await hands.press('steer.do');
    await hands.sees(word('said.resume'));
  });

  test('two change its settings at once: the draft is kept, and shows what changed', async () => {
    await toLive();
    await opens('round.edit');
    const deputy = await deputyAtIt();
    await deputy.press('steer.ask', { command: commandOn('pause', deputy.buttons()) });
    await deputy.sees(word('ask.pause'));
    await deputy.press('steer.do');
    await deputy.sees(word('said.pause'));
    await handIn('round.save', { reminders: 'near', review: 'yes' });
    await hands.sees(
      word('round-plan.heading'),
      word('confirm.since'),
      word('audit.did.pause'),
      word('round-page.review.yes'),
    );
    await hands.press('round.confirm');
    await hands.sees(word('said.change-round'));
    expect(await round()).toMatchObject({ terms: { reminders: 'near', review: true, anonymity: 'named' } });
    await does('resume');
  });

  test('a substitute, and who could not be reached with the next step', async () => {
    await toLive();
    await opens('steer.person', { mode: 'substitute' });
    await refused('steer.chosen', { member: 'jonas-ekdahl', by: '' }, 'missing-person');
    await handIn('steer.chosen', { member: 'jonas-ekdahl', by: 'siv-hall' });
    await hands.sees(word('ask.substitute', { name: 'Jonas Ekdahl', by: 'Siv Hall' }));
    await hands.press('steer.do');
    await hands.sees(word('said.substitute'), 'Siv Hall');
    expect(await round()).toMatchObject({
      assignments: expect.arrayContaining([
        expect.objectContaining({ member: 'jonas-ekdahl', state: 'excused', substitute: 'siv-hall' }),
        expect.objectContaining({ member: 'siv-hall', state: 'pending' }),
      ]),
    });
    expect(all.sandbox.wires.slack.personal(jonas).length).toBeGreaterThan(0);
  });

  test('cancelled: what stops is shown first; opened again until a day', async () => {
    await toLive();
    await does('cancel-round', () => hands.sees(word('confirm.stops'), word('send.kind.near')));
    expect(await round()).toMatchObject({ cancelledAt: expect.anything() });
    await opens('steer.date', { mode: 'reopen' });
    await refused('steer.dated', { day: '1900-01-01' }, 'bad-date');
    await refused('steer.dated', { day: '2022-09-01' }, 'window-over');
    await handIn('steer.dated', { day: '2022-11-04' });
    await hands.sees(word('confirm.heading'), word('confirm.starts'));
    await hands.press('steer.do');
    await hands.sees(word('said.reopen'));
    expect(await round()).toMatchObject({ closedAt: null, cancelledAt: null });
  });

  test('counts only: no names, nothing about one person, and the mode stays once it is open', async () => {
    hands.wire.closeDialog(hands.person);
    await hands.says(word('command.seat'));
    await opens('round.new');
    await handIn('round.save', { title: 'Tyst', opens: '2022-10-13', closes: '2022-10-27', anonymity: 'counts' });
    await hands.sees(word('round-page.anonymity.counts'), word('warning.small-group'));
    await hands.press('round.confirm');
    await hands.sees(word('said.schedule-round'));
    const key = 'tyst/2022-10-13/2022-10-27';
    // Set up before it opened, handed in after: what cannot be changed any more is said, and not taken for done.
    await toLive(key);
    await opens('round.edit');
    await all.moveTo('2022-10-14T12:00:00Z');
    const late = await handIn('round.save', { anonymity: 'named', reminders: 'near' });
    await vi.waitFor(() => expect(JSON.stringify([late.errors, page()])).toContain(word('refused.already-open')));
    expect((await round(key))?.terms).toMatchObject({ anonymity: 'counts', reminders: 'usual' });
    await toLive(key);
    await hands.sees(word('live.anonymous'));
    for (const name of ['Tove Almgren', 'Jonas Ekdahl']) expect(hands.reads()).not.toContain(name);
    expect(hands.buttons().map(({ values }) => values.mode)).not.toContain('excuse');
    await opens('steer.date', { mode: 'extend' });
    expect(page()).not.toContain('Jonas Ekdahl');
    hands.wire.closeDialog(hands.person);
    await toLive(key);
    await hands.press('steer.ask', { command: commandOn('pause', hands.buttons()) });
    await hands.sees(word('ask.pause'), word('send.unanswered'));
    expect(hands.reads()).not.toContain('Jonas Ekdahl');
  });
});
