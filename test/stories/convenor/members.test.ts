/** Who is in the group and what they speak for, through the cards alone, in Teams and in Slack: nothing unseen, everything in the log. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { say } from '../../../src/cards/words.ts';
import type { Group, Language, Platform } from '../../../src/domain/group.ts';
import type { TestRond } from '../../support/rond.ts';
import { jonas, tove } from '../../support/scene.ts';
import { personIn } from '../person.ts';
import { begin, forge, groupFor, type Hands, handsOf, loadOf, opensMembers, wordsOf } from './hands.ts';

const stories: [Platform, Language][] = [
  ['teams', 'sv'],
  ['slack', 'fi'],
];

/** As a group that began in the chat: nobody has said what anybody speaks for. */
const unstated =
  (platform: Platform, language: Language) =>
  (before: Group): Group => {
    const group = groupFor(platform, language)(before);
    const nothing = say(language, 'import.unstated');
    const members = group.members.map((one) => ({
      ...one,
      organisation: nothing,
      constituency: nothing,
      ...(one.key === 'tove-almgren' ? { role: 'deputy' as const } : {}),
    }));
    const activities = group.activities.map((one) =>
      one.key === 'kunskapssammanstallning' ? { ...one, owners: ['jonas-ekdahl'] } : one,
    );
    return { ...group, members, activities };
  };

describe.each(stories)('the members of a group in %s, in %s', (platform, language) => {
  let all: TestRond;
  let hands: Hands;
  const word = wordsOf(language);
  const load = () => loadOf(all);
  const placeOf = async (key: string) => {
    const found = (await load()).group.members.find((one) => one.key === key);
    return [found?.organisation, found?.constituency];
  };
  const opens = async (who = hands) => {
    await opensMembers(who, word);
    await who.sees(word('members.count', { count: (await load()).group.members.length }));
  };
  const refuses = async (result: { errors: Record<string, string> }, ...texts: string[]) => {
    if (platform === 'teams') return hands.sees(...texts);
    for (const text of texts) expect(Object.values(result.errors).join(' ')).toContain(text);
    hands.wire.closeDialog(hands.person);
  };
  const lines = (text: string) => hands.fill({ verb: 'group.lines' }, 'group.lined', { lines: text });

  beforeAll(async () => {
    ({ all, hands } = await begin(platform, '2022-10-12T07:00:00Z', unstated(platform, language)));
  });
  afterAll(() => all.close());

  test('one: from the list, with what is said now; a preview, then the deed', async () => {
    await opens();
    await hands.sees(word('members.lacking', { count: 3 }), 'Tove Almgren', 'Jonas Ekdahl', 'Liv Sandell');
    const change = { verb: 'steer.person', values: { mode: 'place', member: 'liv-sandell' } };
    await hands.fill(change, 'steer.chosen', {
      member: 'liv-sandell',
      constituency: 'Region',
      organisation: 'Region Mitt',
    });
    await hands.sees(
      word('confirm.heading'),
      word('ask.place-members', { count: 1 }),
      'Liv Sandell',
      word('confirm.placed', {
        from: word('import.unstated'),
        to: 'Region, Region Mitt',
      }),
    );
    expect(await placeOf('liv-sandell')).toEqual([word('import.unstated'), word('import.unstated')]);
    await hands.press('steer.do');
    await hands.sees(
      word('said.place-members'),
      word('members.lacking', { count: 2 }),
      word('members.constituency', { name: 'Region', count: 1 }),
    );
    expect(await placeOf('liv-sandell')).toEqual(['Region Mitt', 'Region']);
  });

  test('many at once: a name that fits nobody is said beside the lines, and what was written stays', async () => {
    await opens();
    const given = await lines('Tove Almgren; Norrby kommun; Kommun\nJonas Ekberg; Region Mitt; Region');
    await refuses(given, word('error.unknown-lines', { names: 'Jonas Ekberg' }));
    if (platform === 'teams') expect(JSON.stringify(hands.last().card)).toContain('Norrby kommun; Kommun');
    await opens();
    await refuses(await lines('Tove Almgren; ;'), word('error.no-lines'));
    expect(await placeOf('tove-almgren')).toEqual([word('import.unstated'), word('import.unstated')]);
  });

  test('many at once, as pasted from a sheet: everybody on one card, then all of it together', async () => {
    await opens();
    await lines('Nimi\tOrganisaatio\tToimija\nTove Almgren\tNorrby kommun\tKommun\nJonas\t\tLärosäte');
    await hands.sees(
      word('ask.place-members', { count: 2 }),
      'Tove Almgren',
      'Jonas Ekdahl',
      word('confirm.placed', {
        from: word('import.unstated'),
        to: 'Kommun, Norrby kommun',
      }),
    );
    await hands.press('lines.do');
    await hands.sees(word('said.place-members'));
    expect(hands.reads()).not.toContain(word('members.lacking', { count: 1 }));
    expect([await placeOf('tove-almgren'), await placeOf('jonas-ekdahl')]).toEqual([
      ['Norrby kommun', 'Kommun'],
      [word('import.unstated'), 'Lärosäte'],
    ]);
    // The running survey counts by it at once.
    await hands.says(word('command.rounds'));
    hands.stays();
    const round = (await load()).state.rounds[0]?.key ?? '';
    await hands.press('seat.live', { round });
    for (const name of ['Region', 'Kommun', 'Lärosäte'])
      await hands.sees(word('summary.constituency', { name, submitted: 0, invited: 1 }));
  });

  test('two at once: the second sees what the first changed, and goes on from there', async () => {
    await opens();
    await lines('Tove; Söderby kommun; Kommun');
    await hands.sees(word('ask.place-members', { count: 1 }));
    const deputy = handsOf(all, 'teams', tove);
    await opens(deputy);
    const change = { verb: 'steer.person', values: { mode: 'place', member: 'jonas-ekdahl' } };
    await deputy.fill(change, 'steer.chosen', { member: 'jonas-ekdahl', organisation: 'Högskolan Mitt' });
    await deputy.sees(word('confirm.heading'));
    await deputy.press('steer.do');
    await deputy.sees(word('said.place-members'));
    await hands.press('lines.do');
    await hands.sees(word('confirm.since'), 'Högskolan Mitt', word('audit.field.organisation'), 'Söderby kommun');
    expect(await placeOf('tove-almgren')).toEqual(['Norrby kommun', 'Kommun']);
    await hands.press('lines.do');
    await hands.sees(word('said.place-members'));
    expect([await placeOf('tove-almgren'), await placeOf('jonas-ekdahl')]).toEqual([
      ['Söderby kommun', 'Kommun'],
      ['Högskolan Mitt', 'Lärosäte'],
    ]);
  });

  test('a member who tries is told no, and the log tells of it; the deputy removes nobody either', async () => {
    const member = handsOf(all, 'slack', jonas);
    const before = (await load()).group.members;
    const tries: [Hands, string, Record<string, string>, string][] = [
      [
        member,
        'steer.do',
        { command: JSON.stringify({ do: 'remove-member', member: 'tove-almgren' }) },
        'remove-member',
      ],
      [member, 'group.lined', { lines: 'Jonas; Region Mitt; Region' }, 'place-members'],
      [member, 'lines.do', { command: 'abcdefgh' }, 'place-members'],
      [
        handsOf(all, 'teams', tove),
        'steer.do',
        { command: JSON.stringify({ do: 'remove-member', member: 'jonas-ekdahl' }) },
        'remove-member',
      ],
    ];
    const attempts = async () =>
      (await all.rond.store.steering.log(all.group.key, { limit: 60 })).filter(({ action }) => action === 'refused');
    for (const [index, [who, verb, values, what]] of tries.entries()) {
      await forge(all, who, verb, { group: all.group.key, ...values });
      await vi.waitFor(async () => expect(await attempts()).toHaveLength(index + 1));
      expect((await attempts())[0]).toMatchObject({ field: what, to: 'not-allowed' });
      expect((await load()).group.members).toEqual(before);
    }
  });

  test('somebody is removed: what stops and what is left without anybody stands there before it is done', async () => {
    await opens();
    const jonass = personIn(all.sandbox, all.group, 'jonas-ekdahl');
    const invitation = jonass.with('rate.open').id;
    await hands.fill({ verb: 'steer.person', values: { mode: 'remove' } }, 'steer.chosen', { member: 'jonas-ekdahl' });
    const { activities } = (await load()).group;
    const owned = activities.find(
      ({ owners }) => owners !== 'all' && owners.length === 1 && owners[0] === 'jonas-ekdahl',
    );
    await hands.sees(
      word('ask.remove-member', { name: 'Jonas Ekdahl' }),
      word('warning.unowned', { title: owned?.title ?? 'nothing was owned' }),
      word('warning.part-ends', { title: activities.find(({ kind }) => kind === 'collection')?.title }),
      word('warning.nobody-speaks', { name: 'Lärosäte' }),
      word('confirm.stops'),
      word('send.kind.mid'),
      'Jonas Ekdahl',
    );
    expect((await load()).group.members).toHaveLength(3);
    await hands.press('steer.do');
    await hands.sees(word('said.remove-member'), word('members.count', { count: 2 }));
    expect(hands.reads()).not.toContain('Jonas Ekdahl');
    const { group, state } = await load();
    expect(group.members.map(({ key }) => key)).toEqual(['tove-almgren', 'liv-sandell']);
    expect(group.activities.find(({ key }) => key === owned?.key)?.owners).toEqual([]);
    expect(state.rounds[0]?.assignments.find(({ member }) => member === 'jonas-ekdahl')).toMatchObject({
      state: 'excused',
    });

    // Nothing more comes, and what lies there says so.
    const chat = jonass.chat().length;
    await all.moveTo('2022-11-08T12:00:00Z');
    expect(jonass.chat().length).toBe(chat);
    expect(jonass.message(invitation)).toContain(word('survey-over.text.left'));
    expect(jonass.verbs(invitation)).not.toContain('rate.open');
  });

  test('the convenor is not among those who can be removed, whatever a button says', async () => {
    await opens();
    await hands.press('steer.person', { mode: 'remove' });
    const page = () => JSON.stringify(platform === 'teams' ? hands.last().card : hands.wire.dialog(hands.person)?.view);
    await vi.waitFor(() => expect(page()).toContain('tove-almgren'));
    expect(page()).not.toContain('liv-sandell');
    await opens();
    const command = JSON.stringify({ do: 'remove-member', member: 'liv-sandell' });
    await forge(all, hands, 'steer.do', { group: all.group.key, command });
    expect((await load()).group.members.map(({ key }) => key)).toContain('liv-sandell');
  });

  test('each thing stands in the log, from what to what', async () => {
    const entries = (await all.rond.store.steering.log(all.group.key, { limit: 60 })).reverse();
    const changed = entries
      .filter(({ action }) => action === 'place-members' || action === 'remove-member')
      .map(({ subject, field, from, to }) => `${subject} ${field}: ${from} → ${to}`);
    const nothing = word('import.unstated');
    expect(changed).toEqual(
      expect.arrayContaining([
        `member:liv-sandell organisation: ${nothing} → Region Mitt`,
        `member:liv-sandell constituency: ${nothing} → Region`,
        `group constituency Tove Almgren: ${nothing} → Kommun`,
        `group constituency Jonas Ekdahl: ${nothing} → Lärosäte`,
        `member:jonas-ekdahl organisation: ${nothing} → Högskolan Mitt`,
        'member:tove-almgren organisation: Norrby kommun → Söderby kommun',
        'member:jonas-ekdahl member: Jonas Ekdahl → null',
      ]),
    );
    await hands.says(word('command.log'));
    await hands.sees(word('audit.heading'));
  });
});
