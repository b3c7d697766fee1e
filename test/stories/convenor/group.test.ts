/** The group as a whole, from the convenor's seat, in Teams and in Slack: hours and cap, roles, absences, the chair, the council. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { clock } from '../../../src/cards/dates.ts';
import { say } from '../../../src/cards/words.ts';
import type { Group, Language, Platform } from '../../../src/domain/group.ts';
import { putDirectory } from '../../../src/sandbox/client.ts';
import { directoryOf } from '../../../src/sandbox/directory-of.ts';
import { startTestRond, type TestRond } from '../../support/rond.ts';
import { slackTeam, teamsTenant, textOf, tove } from '../../support/scene.ts';
import { commandOn, groupFor, type Hands, handsOf } from './hands.ts';

const stories: [Platform, Language][] = [
  ['teams', 'sv'],
  ['slack', 'en'],
];

describe.each(stories)('the group as a whole in %s, in %s', (platform, language) => {
  let all: TestRond;
  let hands: Hands;
  const word = (key: string, values: Record<string, unknown> = {}) => say(language, key, values);
  const time = (text: string) => clock(text, language);
  const load = async (key = all.group.key) => {
    const loaded = await all.rond.store.groups.load(key);
    if (!loaded) throw new Error(`no group ${key}`);
    return loaded;
  };
  const confirms = async (said: string) => {
    await hands.sees(word('confirm.heading'));
    expect(await hands.press('steer.do')).toMatchObject({ ok: true, notice: null });
    await hands.sees(word(`said.${said}`));
  };
  /** A page that refuses says why, beside its field or in the modal. */
  const refuses = async (result: { errors: Record<string, string> }, text: string) => {
    if (platform === 'teams') return hands.sees(text);
    expect(Object.values(result.errors)).toContain(text);
    hands.wire.closeDialog(hands.person);
  };
  const council = { platform, tenant: platform === 'teams' ? teamsTenant : slackTeam, name: 'radet' };
  const councilId = platform === 'teams' ? '19:radet@thread.tacv2' : 'C0RADET01';
  const second = (): Group => ({
    ...all.group,
    key: 'utbildning',
    name: 'Utbildningsplatser',
    channels: [{ ...council, id: councilId, purpose: 'steering' }],
    startsAt: Temporal.Instant.from('2022-09-26T12:00:00Z'),
    activities: all.group.activities.slice(0, 3),
  });
  const opens = async () => {
    await hands.says(word('command.seat'));
    hands.stays();
    await hands.press('group.show');
    await hands.sees(word('settings.people'));
  };

  beforeAll(async () => {
    all = await startTestRond({ change: groupFor(platform, language) });
    hands = handsOf(all, platform);
    await all.moveTo('2022-09-26T12:00:00Z');
  });
  afterAll(() => all.close());

  test('the hour, quiet hours and a weekly cap: hours that contradict are refused, the preview says what moves', async () => {
    await opens();
    await hands.sees(
      word('settings.sending', { hour: time('09:00'), quietFrom: time('17:00'), cap: 0 }),
      word('settings.noCouncil'),
    );
    const page = { verb: 'group.sending' };
    await refuses(
      await hands.fill(page, 'group.sent', { hour: '13:00', quietFrom: '11:00', weeklyCap: 'none' }),
      word('refused.quiet-hour'),
    );
    await opens();
    await hands.fill(page, 'group.sent', { hour: '08:00', quietFrom: '15:30', weeklyCap: '2' });
    await hands.sees(
      word('ask.set-sending', { hour: time('08:00'), quietFrom: time('15:30'), cap: 2 }),
      word('confirm.stops'),
      word('confirm.starts'),
    );
    expect((await load()).group.hour.toString()).toBe('09:00:00');
    await confirms('set-sending');
    await hands.sees(word('settings.sending', { hour: time('08:00'), quietFrom: time('15:30'), cap: 2 }));
    const { group } = await load();
    expect([group.hour.toString(), group.sending?.quietFrom.toString(), group.sending?.weeklyCap]).toEqual([
      '08:00:00',
      '15:30:00',
      2,
    ]);
  });

  test('a member becomes an observer, and an ordinary member again', async () => {
    const roleOf = async (key: string) => (await load()).group.members.find((one) => one.key === key)?.role;
    for (const role of ['observer', 'owner', 'member'] as const) {
      await opens();
      await hands.fill({ verb: 'steer.person', values: { mode: 'role' } }, 'steer.chosen', {
        member: 'jonas-ekdahl',
        role,
      });
      await hands.sees(word('ask.set-role', { name: 'Jonas Ekdahl', role: word(`role.${role}`) }));
      await confirms('set-role');
      expect(await roleOf('jonas-ekdahl')).toBe(role);
    }
    await opens();
    await refuses(
      await hands.fill({ verb: 'steer.person', values: { mode: 'role' } }, 'steer.chosen', { member: 'jonas-ekdahl' }),
      word('error.missing-role'),
    );
  });

  test('the convenor says that somebody is away, with a substitute, and brings them back', async () => {
    await opens();
    const mode = { verb: 'steer.person', values: { mode: 'away' } };
    await refuses(
      await hands.fill(mode, 'steer.chosen', { member: 'tove-almgren', day: '1900-01-01' }),
      word('error.past-date'),
    );
    await opens();
    await hands.fill(mode, 'steer.chosen', { member: 'tove-almgren', day: '2022-10-20', by: 'jonas-ekdahl' });
    await hands.sees('Tove Almgren', 'Jonas Ekdahl');
    await confirms('away');
    expect((await load()).state.aways).toMatchObject([{ member: 'tove-almgren', substitute: 'jonas-ekdahl' }]);
    await hands.press('steer.ask', { command: commandOn('back', hands.buttons()) });
    await hands.sees(word('ask.back', { name: 'Tove Almgren' }));
    await confirms('back');
    expect((await load()).state.aways).toEqual([]);
  });

  test('the group joins a council in a channel, a second group joins it, and both are told of in one digest', async () => {
    await all.rond.store.groups.save(second(), null, second().startsAt);
    await putDirectory(all.sandbox.url, await directoryOf(all.rond.store));
    await opens();
    const page = { verb: 'group.council' };
    await refuses(
      await hands.fill(page, 'group.councilled', { name: 'Rådet', written: 'not a link' }),
      word('error.unknown-channel'),
    );
    await opens();
    const chosen = `channel:${council.platform}:${council.tenant}:${councilId}`;
    await hands.fill(page, 'group.councilled', { council: chosen, name: 'Vårdkompetensrådet' });
    await hands.sees(word('ask.set-council', { name: 'Vårdkompetensrådet', by: 'radet' }));
    await confirms('set-council');

    // The other group's card is reached from this one's; the council is among its choices.
    await hands.says(word('command.seat'));
    hands.stays();
    await hands.press('seat.show', { group: 'utbildning' });
    await hands.sees('Utbildningsplatser');
    await hands.press('group.show', { group: 'utbildning' });
    await hands.sees(word('settings.noCouncil'));
    await hands.fill(page, 'group.councilled', { council: `council:${chosen}` });
    await confirms('set-council');
    const councils = [(await load()).group.council, (await load('utbildning')).group.council];
    expect(councils.map((one) => one?.key)).toEqual([chosen, chosen]);

    await hands.says(word('command.plan'));
    const others = (await load('utbildning')).group.activities[0];
    await all.rond.store.plans.amend(
      (await load('utbildning')).id,
      others?.key ?? '',
      { parked: true },
      { at: Temporal.Instant.from('2022-09-27T12:00:00Z'), kind: 'parked', activity: others?.key ?? '', facts: {} },
      'liv-sandell',
      'parked-1',
    );
    await all.moveTo('2022-10-03T12:00:00Z');
    const told = () => hands.wire.channel(councilId).map(textOf);
    await vi.waitFor(() => expect(told().some((text) => text.includes('Vårdkompetensrådet'))).toBe(true));
    const digests = told().filter((text) => text.includes('Vårdkompetensrådet'));
    expect(digests).toHaveLength(1);
    expect(digests[0]).toContain(`Utbildningsplatser: ${others?.title}`);
    for (const name of ['Tove', 'Jonas']) expect(digests[0]?.split(say('sv', 'digest.ahead'))[0]).not.toContain(name);
  });

  test('the group leaves the council; its channel is told no more of it', async () => {
    await opens();
    await hands.fill({ verb: 'group.council' }, 'group.councilled', { council: 'none', name: '', written: '' });
    await hands.sees(word('ask.leave-council'));
    await confirms('leave-council');
    expect((await load()).group.council).toBeNull();
    expect((await load('utbildning')).group.council?.name).toBe('Vårdkompetensrådet');
  });

  test('the chair is handed over, and the card says who becomes what', async () => {
    await opens();
    await hands.fill({ verb: 'steer.person', values: { mode: 'chair' } }, 'steer.chosen', { member: 'tove-almgren' });
    await hands.sees(word('ask.hand-over-chair', { name: 'Tove Almgren', by: 'Liv Sandell' }), word('send.kind.chair'));
    await confirms('hand-over-chair');
    // In her own chat, whichever platform it was done on.
    const hers = handsOf(all, 'teams', tove);
    await hers.staysWith('seat.show');
    await hers.sees(word('welcome.chair'), word('welcome.handed', { by: 'Liv Sandell' }));
    await hers.press('seat.show', { group: all.group.key });
    await hers.sees(word('seat.heading'));
    const roles = (await load()).group.members.map(({ key, role }) => `${key} ${role}`);
    expect(roles).toEqual(['tove-almgren convenor', 'jonas-ekdahl member', 'liv-sandell deputy']);
    // A deputy changes hours, but gives no roles.
    await opens();
    expect(hands.buttons().map(({ verb }) => verb)).toContain('group.sending');
    expect(hands.buttons().map(({ verb }) => verb)).not.toContain('group.council');
  });

  test('everything stands in the log, with what it was and what it became', async () => {
    const entries = (await all.rond.store.steering.log(all.group.key, { limit: 50 })).reverse();
    const changed = entries
      .filter(({ by }) => by === 'liv-sandell')
      .map(({ action, subjectName, field, from, to }) =>
        [action, subjectName, field, from, to].filter(Boolean).join(' '),
      );
    expect(changed).toEqual([
      'set-sending hour 09:00 08:00',
      'set-sending quiet from 17:00 15:30',
      'set-sending weekly cap 2',
      'set-role Jonas Ekdahl role member observer',
      'set-role Jonas Ekdahl role observer owner',
      'set-role Jonas Ekdahl role owner member',
      'away Tove Almgren away 2022-10-20',
      'away Tove Almgren substitute Jonas Ekdahl',
      'back Tove Almgren away 2022-10-20',
      'set-council council Vårdkompetensrådet (#radet)',
      'set-council council Vårdkompetensrådet (#radet)',
      'hand-over-chair Tove Almgren convenor Liv Sandell Tove Almgren',
      'hand-over-chair Tove Almgren role member convenor',
    ]);
    await hands.says(word('command.log'));
    await hands.sees(word('audit.did.hand-over-chair'), word('audit.older'));
    hands.stays();
    await hands.press('seat.log', { page: '2' });
    await hands.sees(word('audit.did.set-sending'), word('audit.newer'));
  });
});
