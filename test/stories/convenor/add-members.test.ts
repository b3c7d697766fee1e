/** Somebody comes into a group that runs, through the cards and words alone, in Teams and in Slack: the preview first, then what it said. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { say } from '../../../src/cards/words.ts';
import type { Group, Language, Platform } from '../../../src/domain/group.ts';
import { putDirectory } from '../../../src/sandbox/client.ts';
import type { SandboxPerson } from '../../../src/sandbox/wire.ts';
import type { TestRond } from '../../support/rond.ts';
import { groupChannel, jonas, slackTeam, steeringChannel, teamsTenant, tove } from '../../support/scene.ts';
import { person } from '../person.ts';
import { begin, groupFor, type Hands, handsOf, loadOf, opensMembers, wordsOf } from './hands.ts';

const stories: [Platform, Language][] = [
  ['teams', 'nb'],
  ['slack', 'en'],
];

/** The plan names somebody who is not in the group yet. */
const withName =
  (platform: Platform, language: Language) =>
  (before: Group): Group => {
    const group = groupFor(platform, language)(before);
    const named = (activity: Group['activities'][number]) =>
      activity.key === 'kunskapssammanstallning' ? { ...activity, owners: [], unknownOwners: ['Vera'] } : activity;
    const deputy = (one: Group['members'][number]) =>
      one.key === 'tove-almgren' ? { ...one, role: 'deputy' as const } : one;
    return { ...group, members: group.members.map(deputy), activities: group.activities.map(named) };
  };

describe.each(stories)('somebody is added in %s, in %s', (platform, language) => {
  let all: TestRond;
  let hands: Hands;
  const word = wordsOf(language);
  const load = () => loadOf(all);
  const keys = async () => (await load()).group.members.map(({ key }) => key);
  const tenant = platform === 'teams' ? teamsTenant : slackTeam;
  const channel = platform === 'teams' ? groupChannel : steeringChannel;
  const userOf = (n: number) => (platform === 'teams' ? `22bb33cc-0000-4000-8000-00000000000${n}` : `U0NEW000${n}`);
  const people: SandboxPerson[] = ['Vera Holm', 'Nils Holm', 'Per Ek', 'Siri Dal'].map((name, n) => ({
    key: name.toLowerCase().replace(' ', '-'),
    name,
    platform,
    tenant,
    user: userOf(n),
    language: 'fi',
    timeZone: 'Europe/Helsinki',
  }));
  const ada: SandboxPerson = {
    key: 'ada-lund',
    name: 'Ada Lund',
    ...{ platform, tenant, user: userOf(9) },
    ...{ language: 'fi', timeZone: 'Europe/Helsinki' },
  };
  const chatOf = (n: number) => person(all.sandbox, { platform, user: userOf(n) });
  const choice = (n: number) => `${platform}:${tenant}:${userOf(n)}`;
  const page = () => JSON.stringify(platform === 'teams' ? hands.last().card : hands.wire.dialog(hands.person)?.view);
  const opens = (who = hands) => opensMembers(who, word);
  const adds = (inputs: Record<string, string>) =>
    hands.fill({ verb: 'steer.person', values: { mode: 'add' } }, 'steer.chosen', inputs);
  const refuses = async (result: { errors: Record<string, string> }, code: string, names = '') => {
    const text = word(`error.${code}`, { names });
    if (platform === 'teams') return hands.sees(text);
    expect(Object.values(result.errors).join(' ')).toContain(text);
  };

  beforeAll(async () => {
    ({ all, hands } = await begin(platform, '2022-10-12T08:00:00Z', withName(platform, language)));
    await putDirectory(all.sandbox.url, { people, channels: [] });
  });
  afterAll(() => all.close());

  test('from the channel: whoever is in it and not in the group; the preview says what they get', async () => {
    await opens();
    await hands.press('steer.person', { mode: 'add' });
    await vi.waitFor(() => expect(page()).toContain('Siri Dal'));
    expect(page()).not.toContain('Liv Sandell');
    await opens();
    await adds({ member: choice(0), constituency: 'region', organisation: 'Region Syd' });
    const { group } = await load();
    const title = (key: string) => group.activities.find((one) => one.key === key)?.title;
    await hands.sees(
      word('confirm.heading'),
      word('ask.add-members', { count: 1, name: 'Vera Holm' }),
      'region, Region Syd',
      word('warning.takes-on', { name: 'Vera Holm', title: title('kunskapssammanstallning') }),
      word('confirm.starts'),
      word('send.kind.welcome'),
      word('send.kind.invitation'),
    );
    const collected = group.activities.find(({ kind }) => kind === 'collection');
    expect(hands.reads()).toContain(collected?.title);
    expect(await keys()).not.toContain('vera-holm');
    expect(chatOf(0).chat()).toEqual([]);
  });

  test('once it is confirmed they are in the group, greeted and asked, in their own language, and can answer', async () => {
    await hands.press('lines.do');
    await hands.sees(word('said.add-members'), word('members.count', { count: 4 }), 'Vera Holm');
    const { group } = await load();
    expect(group.members.at(-1)).toMatchObject({
      key: 'vera-holm',
      role: 'member',
      language: 'fi',
      identities: [{ platform, tenant, user: userOf(0) }],
    });
    expect(group.activities.find(({ key }) => key === 'kunskapssammanstallning')).toMatchObject({
      owners: ['vera-holm'],
      unknownOwners: [],
    });
    await vi.waitFor(() => expect(chatOf(0).verbs(chatOf(0).with('rate.open').id)).toContain('rate.open'));
    expect((await load()).state.rounds[0]?.assignments).toContainEqual(
      expect.objectContaining({ member: 'vera-holm', state: 'pending' }),
    );
  });

  test('by a mention in the channel: the preview comes to the convenor alone, and the channel sees none of it', async () => {
    await hands.wire.say(hands.person, `${word('command.add')} @Nils Holm`, channel);
    await hands.staysWith('lines.do');
    await hands.sees(word('ask.add-members', { count: 1, name: 'Nils Holm' }), word('send.kind.invitation'));
    const shown = hands.wire.channel(channel).map((one) => hands.readsOf(one));
    expect(shown.filter((text) => text.includes(word('confirm.heading')))).toEqual([]);
    expect(await keys()).not.toContain('nils-holm');
    await hands.press('lines.do');
    await hands.sees(word('said.add-members'));
    expect(await keys()).toContain('nils-holm');
    await vi.waitFor(() => expect(chatOf(1).with('rate.open')).toBeTruthy());
  });

  test('by an address, in one’s own chat and on the page; whoever is named so already is said to be there', async () => {
    await hands.says(`${word('command.add')} PER-EK@example.com`);
    await hands.sees(word('ask.add-members', { count: 1, name: 'Per Ek' }));
    await hands.press('lines.do');
    await hands.sees(word('said.add-members'));
    expect(await keys()).toContain('per-ek');
    await opens();
    await refuses(await adds({ written: 'per-ek@example.com' }), 'members-already', 'Per Ek');
  });

  test('a name that is nobody’s and an empty page: said beside the field, what was written stays', async () => {
    await opens();
    await refuses(await adds({ written: 'Siri, Olav Tryggvason' }), 'unknown-newcomers', 'Olav Tryggvason');
    if (platform === 'teams') expect(page()).toContain('Siri, Olav Tryggvason');
    await opens();
    await refuses(await adds({ written: '' }), 'missing-newcomer');
    hands.wire.closeDialog(hands.person);
    expect(await keys()).not.toContain('siri-dal');
  });

  test('somebody who is not in the channel: Slack knows them by their address, Teams once they have written to Rond', async () => {
    const { channels } = all.sandbox.directory();
    const here = channels.filter((one) => one.platform === platform);
    const elsewhere = here.map((one) => ({ ...one, members: [hands.person, ...[0, 1, 2, 3].map(userOf)] }));
    await putDirectory(all.sandbox.url, { people: [ada], channels: elsewhere });
    const asks = () => hands.says(`${word('command.add')} Ada-Lund@example.com`);
    await asks();
    if (platform === 'teams') {
      await hands.sees(word('error.unknown-newcomers', { names: 'Ada-Lund@example.com' }));
      const chat = person(all.sandbox, { platform, user: ada.user });
      await chat.say('hjelp');
      const kept = async () => (await all.rond.store.contacts.get({ platform, tenant, id: ada.user }))?.addresses;
      await vi.waitFor(async () => expect(await kept()).toBe('ada-lund@example.com'));
      await asks();
    }
    await hands.sees(word('ask.add-members', { count: 1, name: 'Ada Lund' }));
    await putDirectory(all.sandbox.url, {
      people: [],
      channels: here.map((one) => ({ ...one, members: [hands.person, ...[0, 1, 2, 3].map(userOf), ada.user] })),
    });
  });

  test('two at once: the second sees what the first changed, and both stand', async () => {
    await opens();
    await adds({ written: 'Siri' });
    await hands.sees(word('ask.add-members', { count: 1, name: 'Siri Dal' }));
    const deputy = handsOf(all, 'teams', tove);
    await opens(deputy);
    const change = { verb: 'steer.person', values: { mode: 'place', member: 'per-ek' } };
    await deputy.fill(change, 'steer.chosen', { member: 'per-ek', constituency: 'kommun' });
    await deputy.sees(word('confirm.heading'));
    await deputy.press('steer.do');
    await deputy.sees(word('said.place-members'));
    await hands.press('lines.do');
    await hands.sees(word('confirm.since'), 'Per Ek');
    expect(await keys()).not.toContain('siri-dal');
    await hands.press('lines.do');
    await hands.sees(word('said.add-members'));
    expect(await keys()).toContain('siri-dal');
  });

  test('removed and added again: the same member, with the part they had', async () => {
    await opens();
    await hands.fill({ verb: 'steer.person', values: { mode: 'remove' } }, 'steer.chosen', { member: 'nils-holm' });
    await hands.sees(word('ask.remove-member', { name: 'Nils Holm' }));
    await hands.press('steer.do');
    await hands.sees(word('said.remove-member'));
    const part = async () =>
      (await load()).state.rounds[0]?.assignments.find(({ member }) => member === 'nils-holm')?.state;
    expect(await part()).toBe('excused');
    await vi.waitFor(() => expect(chatOf(1).texts().join()).toContain(say('fi', 'survey-over.text.left')));
    expect(
      chatOf(1)
        .chat()
        .flatMap(({ id }) => chatOf(1).verbs(id)),
    ).not.toContain('rate.open');
    await hands.says(`${word('command.add')} Nils Holm`);
    await hands.sees(word('ask.add-members', { count: 1, name: 'Nils Holm' }), word('send.kind.mid'));
    await hands.press('lines.do');
    await hands.sees(word('said.add-members'));
    expect(await part()).toBe('pending');
    expect((await keys()).filter((key) => key.startsWith('nils-holm'))).toEqual(['nils-holm']);
    const invited = await vi.waitFor(() => chatOf(1).with('rate.open').id);
    expect(await chatOf(1).press(invited, 'rate.open')).toMatchObject({ ok: true, notice: null });
  });

  test('a member who tries is told no, and the log tells of it and of everybody who came', async () => {
    const before = await keys();
    await handsOf(all, 'slack', jonas).says(`${word('command.add')} Olav`);
    const log = async () => all.rond.store.steering.log(all.group.key, { limit: 60 });
    await vi.waitFor(async () => expect((await log())[0]).toMatchObject({ action: 'refused' }));
    expect((await log())[0]).toMatchObject({ field: 'add-members', to: 'not-allowed' });
    expect(await keys()).toEqual(before);
    const came = (await log()).filter(({ action, field }) => action === 'add-members' && field === 'member');
    expect(came.map(({ to }) => to)).toEqual(['Nils Holm', 'Siri Dal', 'Per Ek', 'Nils Holm', 'Vera Holm']);
    await hands.says(word('command.log'));
    await hands.sees(word('audit.heading'), word('audit.did.add-members'));
  });
});
