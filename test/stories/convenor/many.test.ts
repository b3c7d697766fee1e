/** A group of three hundred: every list of the convenor's pages can be come to the end of, by pages or by a written name. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { say } from '../../../src/cards/words.ts';
import type { Group, Language, Member, Platform } from '../../../src/domain/group.ts';
import { startTestRond, type TestRond } from '../../support/rond.ts';
import { groupFor, type Hands, handsOf } from './hands.ts';

const many = 300;
const key = 'ekstra/2022-10-03/2022-10-31';
const numbered = (n: number): string => `Person ${String(n).padStart(3, '0')}`;

/** Nobody of the three hundred has an account: nothing is sent to them, and they are asked all the same. */
const withMany =
  (platform: Platform, language: Language) =>
  (before: Group): Group => {
    const group = groupFor(platform, language)(before);
    const [first] = group.members;
    const others = Array.from(
      { length: many },
      (_, n): Member => ({
        ...(first as Member),
        key: `person-${n}`,
        name: n === 7 ? numbered(8) : numbered(n),
        organisation: `Organisation ${n}`,
        role: n < 150 ? 'member' : 'observer',
        identities: [],
      }),
    );
    return { ...group, members: [...group.members, ...others] };
  };

const stories: [Platform, Language][] = [
  ['teams', 'sv'],
  ['slack', 'nb'],
];

describe.each(stories)('a group of three hundred in %s, in %s', (platform, language) => {
  let all: TestRond;
  let hands: Hands;
  const word = (code: string, values: Record<string, unknown> = {}) => say(language, code, values);
  const round = async () =>
    (await all.rond.store.groups.load(all.group.key))?.state.rounds.find((one) => one.key === key);
  /** What stands on the page that is open: in the message in Teams, in the modal in Slack. */
  const page = () => JSON.stringify(platform === 'teams' ? hands.last().card : hands.wire.dialog(hands.person)?.view);
  const onPage = (verb: string, values: Record<string, string>, inputs: Record<string, string> = {}) => {
    const dialog = hands.wire.dialog(hands.person)?.id;
    const target = platform === 'teams' ? { message: hands.last().id } : { dialog: dialog ?? '' };
    return hands.wire.press(hands.person, target, { verb, values }, inputs);
  };
  const handIn = (verb: string, inputs: Record<string, string>) =>
    onPage(platform === 'teams' ? verb : 'submit', {}, inputs);
  const opens = async (verb: string, values: Record<string, string>) => {
    await hands.press(verb, values);
    await vi.waitFor(() => expect(page()).toMatch(platform === 'teams' ? /"Input\./ : /"input"/));
  };
  const toLive = async () => {
    hands.wire.closeDialog(hands.person);
    await hands.says(word('command.seat'));
    hands.stays();
    await hands.press('seat.live', { round: key });
    await hands.sees(word('live.heading'));
  };

  beforeAll(async () => {
    all = await startTestRond({ change: withMany(platform, language) });
    hands = handsOf(all, platform);
    await all.moveTo('2022-09-26T12:00:00Z');
  });
  afterAll(() => all.close());

  test('organisations and people are written where there are too many to list; an unclear name is asked about, and nothing typed is lost', async () => {
    await hands.says(word('command.seat'));
    await opens('round.new', {});
    const typed = { title: 'Ekstra', opens: '2022-10-03', closes: '2022-10-31' };
    const unclear = await handIn('round.save', {
      ...typed,
      people: 'Person 008, person 12',
      organisations: 'Ingen slik',
    });
    const told = JSON.stringify([unclear.errors, page()]);
    expect(told).toMatch(/Person 008 \(Organisation 7\) (och|og) Person 008 \(Organisation 8\)\./);
    expect(told).toContain(word('error.unknown-name', { names: 'Ingen slik' }));
    if (platform === 'teams') expect(page()).toContain('Person 008, person 12');
    const everybody = { people: '', organisations: '' };
    await handIn('round.save', { ...typed, ...everybody });
    await hands.sees(word('round-plan.heading'), word('round-plan.people', { people: 153 }));
    await hands.press('round.change');
    await vi.waitFor(() => expect(page()).toMatch(platform === 'teams' ? /"Input\./ : /"input"/));
    await handIn('round.save', {
      ...typed,
      people: 'Person 008 (Organisation 7), person 012',
      organisations: 'Organisation 40\nOrganisation 41',
    });
    await hands.sees(word('round-plan.people', { people: 4 }), 'Organisation 40', 'Person 012');
    await hands.press('round.change');
    await vi.waitFor(() => expect(page()).toMatch(platform === 'teams' ? /"Input\./ : /"input"/));
    await handIn('round.save', { ...typed, ...everybody });
    await hands.sees(word('round-plan.people', { people: 153 }));
    await hands.press('round.confirm');
    await hands.sees(word('said.schedule-round'));
    await all.moveTo('2022-10-04T12:00:00Z');
    expect((await round())?.assignments).toHaveLength(153);
  });

  test('more time for one: a name is written', async () => {
    await toLive();
    await opens('steer.date', { mode: 'extend' });
    const unclear = await handIn('steer.dated', { day: '2022-11-11', member: 'Person 008' });
    expect(JSON.stringify([unclear.errors, page()])).toContain('Organisation 8');
    await handIn('steer.dated', { day: '2022-11-11', member: 'Person 149' });
    await hands.sees(word('confirm.heading'), 'Person 149');
    await hands.press('steer.do');
    await hands.sees(word('said.extend'));
    expect((await round())?.assignments.find(({ member }) => member === 'person-149')?.extendedTo).not.toBeNull();
  });

  test('excused: the last page has the last name, and part of a name finds it', async () => {
    await toLive();
    await opens('steer.person', { mode: 'excuse' });
    expect(page()).toContain(word('common.page', { page: 1, pages: 2 }));
    expect(page()).not.toContain('Person 148');
    await onPage('steer.find', { page: '2' });
    await vi.waitFor(() => expect(page()).toContain('Person 148'));
    await onPage('steer.find', {}, { find: 'son 147' });
    await vi.waitFor(() => expect(page()).not.toContain('Person 148'));
    // Handed in with a part of a name and nobody chosen, it is looked for.
    await handIn('steer.chosen', { find: 'son 14', member: '' });
    await vi.waitFor(() => expect(page()).toContain('Person 148'));
    expect(page()).not.toContain('Person 139');
    expect(page()).toContain(word('error.missing-person'));
    await handIn('steer.chosen', { member: 'person-147' });
    await hands.sees(word('ask.excuse', { name: 'Person 147' }));
    await hands.press('steer.do');
    await hands.sees(word('said.excuse'));
  });

  test('a substitute among more than a list holds is written', async () => {
    await toLive();
    await opens('steer.person', { mode: 'substitute' });
    const nobody = await handIn('steer.chosen', { member: 'person-10', by: 'Nemo' });
    expect(JSON.stringify([nobody.errors, page()])).toContain(word('error.unknown-person'));
    await handIn('steer.chosen', { member: 'person-10', by: 'person 299' });
    await hands.sees(word('ask.substitute', { name: 'Person 010', by: 'Person 299' }));
    await hands.press('steer.do');
    await hands.sees(word('said.substitute'));
    expect((await round())?.assignments.find(({ member }) => member === 'person-299')?.state).toBe('pending');
  });

  test('everybody who is missing stands on some page of the live status', async () => {
    await toLive();
    const shown = new Set<string>();
    for (let n = 1; n <= 40; n++) {
      for (const [name] of hands.reads().matchAll(/Person \d{3}/g)) shown.add(name);
      const next = hands.buttons().find(({ verb, values }) => verb === 'seat.live' && values.page === String(n + 1));
      if (!next) break;
      await hands.press('seat.live', next.values);
      await hands.sees(word('common.page', { page: n + 1, pages: '#' }).split('#')[0] as string);
    }
    // Of 150 one is excused, one has a substitute, and two share a name.
    expect(shown.size).toBe(148);
    expect(shown.has('Person 149')).toBe(true);
    expect(shown.has('Person 147')).toBe(false);
  });
});
