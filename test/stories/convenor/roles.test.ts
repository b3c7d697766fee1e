/** Who may do what is decided from who the platform says they are: never from what a button says. On both platforms. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { say } from '../../../src/cards/words.ts';
import type { Group, Platform } from '../../../src/domain/group.ts';
import { startTestRond, type TestRond } from '../../support/rond.ts';
import { jonas, tove } from '../../support/scene.ts';
import { forge, groupFor, type Hands, handsOf } from './hands.ts';

const language = 'en';
const word = (key: string, values: Record<string, unknown> = {}) => say(language, key, values);

describe.each<[Platform, string, string]>([
  ['teams', tove, 'tove-almgren'],
  ['slack', jonas, 'jonas-ekdahl'],
])('in %s', (platform, user, key) => {
  let all: TestRond;
  let member: Hands;
  const log = async (group = all.group.key) => all.rond.store.steering.log(group, { limit: 30 });
  const load = async (group = all.group.key) => (await all.rond.store.groups.load(group))?.group as Group;
  const foreign = (): Group => ({
    ...all.group,
    key: 'utbildning',
    name: 'Utbildningsplatser',
    channels: [],
    members: all.group.members.filter((one) => one.key !== key),
    startsAt: Temporal.Instant.from('2022-09-26T12:00:00Z'),
  });

  beforeAll(async () => {
    all = await startTestRond({ change: groupFor('teams', language) });
    member = handsOf(all, platform, user);
    await all.moveTo('2022-09-26T12:00:00Z');
    await all.rond.store.groups.save(foreign(), null, foreign().startsAt);
    await member.says(word('command.help'));
  });
  afterAll(() => all.close());

  const forged = { do: 'hand-over-chair', to: key };
  const attempts: [string, string, Record<string, string>, string][] = [
    ['the chair', 'steer.do', { command: JSON.stringify(forged) }, 'hand-over-chair'],
    ['a role', 'steer.do', { command: JSON.stringify({ do: 'set-role', member: key, role: 'deputy' }) }, 'set-role'],
    ['hours', 'steer.ask', { command: JSON.stringify({ do: 'set-sending', weeklyCap: 1 }) }, 'set-sending'],
    [
      'leaving the council',
      'steer.do',
      { command: JSON.stringify({ do: 'set-council', council: null }) },
      'set-council',
    ],
    [
      'somebody else’s absence',
      'steer.do',
      { command: JSON.stringify({ do: 'away', member: 'liv-sandell', until: '2022-10-10' }) },
      'away',
    ],
    ['a new survey', 'round.new', {}, 'open-round-now'],
    ['an appointment', 'admin.do', { command: JSON.stringify(forged) }, 'appoint'],
  ];

  test.each(attempts)(
    'a member who forges %s is told no, nothing is changed, and the attempt is kept',
    async (...given) => {
      const [, verb, values, what] = given;
      const before = [await load(), (await log()).length] as const;
      await forge(all, member, verb, { group: all.group.key, ...values });
      await vi.waitFor(async () => expect((await log()).length).toBe(before[1] + 1));
      const [latest] = await log();
      expect(latest).toMatchObject({ action: 'refused', by: key, to: 'not-allowed' });
      if (verb !== 'round.new') expect(latest?.field).toBe(what);
      expect(await load()).toEqual(before[0]);
    },
  );

  test.each([
    ['steer.do', { command: JSON.stringify({ do: 'hand-over-chair', to: key }) }, 'hand-over-chair'],
    ['group.sent', { hour: '08:00', quietFrom: '15:00', weeklyCap: '1' }, 'group.sent'],
    ['seat.log', {}, 'seat.log'],
  ])(
    'with the key of a group they are not in, %s shows and changes nothing, and that group’s log tells of it',
    async (...given) => {
      const [verb, values, what] = given;
      const before = await load('utbildning');
      const seen = member.messages().length;
      await forge(all, member, verb, { group: 'utbildning', ...values });
      await vi.waitFor(async () =>
        expect((await log('utbildning'))[0]).toMatchObject({ action: 'refused', field: what }),
      );
      expect(await load('utbildning')).toEqual(before);
      expect(member.messages().slice(seen).map(member.readsOf).join('')).not.toContain('Utbildningsplatser');
    },
  );

  test('a fix card and a status card of somebody else are refused and kept, too', async () => {
    const { activities } = await load();
    const [first] = activities;
    const count = (await log()).length;
    await forge(all, member, 'fix.park', { ref: `${all.group.key}|${first?.key}|` });
    await vi.waitFor(async () => expect((await log()).length).toBe(count + 1));
    expect((await log())[0]).toMatchObject({ action: 'refused', field: 'park', by: key });
    const other = activities.find(({ owners, due }) => owners !== 'all' && !owners.includes(key) && due.length > 0);
    if (!other) throw new Error('everything belongs to everybody');
    await forge(all, member, 'status.set', {
      ref: `${all.group.key}|${other.key}|${other.due[0]?.key}`,
      status: 'done',
    });
    await vi.waitFor(async () => expect((await log()).length).toBe(count + 2));
    expect((await log())[0]).toMatchObject({ action: 'refused', field: 'set-status', by: key });
  });

  test('a member’s own cards offer none of it, and the log reads in words', async () => {
    await member.says(word('command.seat'));
    const verbs = member.buttons().map(({ verb }) => verb);
    expect(verbs).not.toContain('round.new');
    await member.press('group.show');
    await member.sees(word('settings.people'));
    expect(member.buttons().map(({ verb }) => verb)).toEqual(['group.members', 'seat.show']);
    // Who is in the group everybody may see; to change it is offered to nobody but those who may.
    await member.press('group.members');
    await member.sees(word('members.heading'));
    expect(member.buttons().map(({ verb }) => verb)).toEqual(['group.show']);
    const convenor = handsOf(all, 'teams');
    await convenor.says(word('command.log'));
    await convenor.sees(word('audit.refused', { what: word('audit.did.set-status') }));
  });
});
