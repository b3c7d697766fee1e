/** The installation's administrators, in the chat of either platform: which groups there are, and who convenes them. Nobody else. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { say } from '../../../src/cards/words.ts';
import { type Language, languages, type Platform } from '../../../src/domain/group.ts';
import { startTestRond, type TestRond } from '../../support/rond.ts';
import { jonas, slackTeam, teamsTenant, tove } from '../../support/scene.ts';
import { groupFor, type Hands, handsOf } from './hands.ts';

const stories: [Platform, Language, string, string][] = [
  ['teams', 'fi', tove, `teams:${teamsTenant}:${tove}`],
  ['slack', 'nb', jonas, `slack:${slackTeam}:${jonas}`],
];

describe.each(stories)('an administrator in %s, in %s', (platform, language, user, admin) => {
  let all: TestRond;
  let hands: Hands;
  const word = (key: string, values: Record<string, unknown> = {}) => say(language, key, values);
  const roles = async (key: string) =>
    (await all.rond.store.groups.load(key))?.group.members.map((member) => `${member.key} ${member.role}`);
  const others = Array.from({ length: 9 }, (_, index) => `grupp-${index + 1}`);

  beforeAll(async () => {
    all = await startTestRond({ change: groupFor('teams', language), config: { admins: [admin] } });
    await all.moveTo('2022-09-26T12:00:00Z');
    const startsAt = Temporal.Instant.from('2022-09-26T12:00:00Z');
    // The administrator sits in one of the groups, and in none of these.
    for (const key of others) {
      const members = all.group.members.filter(({ identities }) => identities.every((one) => one.user !== user));
      await all.rond.store.groups.save(
        { ...all.group, key, name: `Grupp ${key}`, channels: [], activities: [], members, startsAt },
        null,
        startsAt,
      );
    }
    hands = handsOf(all, platform, user);
  });
  afterAll(() => all.close());

  test('a word in any language lists every group, a page at a time, with who convenes it', async () => {
    for (const other of languages) {
      await hands.says(say(other, 'command.admin'));
      await hands.sees(word('groups.heading.all'), 'Grupp grupp-1', word('groups.led', { convenor: 'Liv Sandell' }));
    }
    hands.stays();
    await hands.press('admin.show', { page: '2' });
    await hands.sees(all.group.name, word('common.previousPage'));
  });

  test('a convenor is appointed in a group the administrator is not in: asked for first, told in the log', async () => {
    await hands.says(word('command.admin'));
    hands.stays();
    const to = platform === 'teams' ? 'jonas-ekdahl' : 'tove-almgren';
    const name = platform === 'teams' ? 'Jonas Ekdahl' : 'Tove Almgren';
    const opened = { verb: 'admin.person', values: { mode: 'chair', group: 'grupp-3' } };
    const empty = await hands.fill(opened, 'admin.chosen', {});
    if (platform === 'teams') await hands.sees(word('error.missing-person'));
    else expect(Object.values(empty.errors)).toContain(word('error.missing-person'));
    if (platform === 'slack') hands.wire.closeDialog(hands.person);
    await hands.says(word('command.admin'));
    hands.stays();
    await hands.fill(opened, 'admin.chosen', { member: to });
    await hands.sees(word('confirm.heading'), word('ask.hand-over-chair', { name, by: 'Liv Sandell' }));
    expect(await roles('grupp-3')).toContain('liv-sandell convenor');
    expect(await hands.press('admin.do')).toMatchObject({ ok: true });
    await hands.sees(word('said.hand-over-chair'));
    expect(await roles('grupp-3')).toEqual(expect.arrayContaining([`${to} convenor`, 'liv-sandell deputy']));
    const [, entry] = await all.rond.store.steering.log('grupp-3', { limit: 2 });
    expect(entry).toMatchObject({ by: `admin:${admin}`, action: 'hand-over-chair', field: 'convenor', to: name });
  });

  test('a deputy, too; pressed twice it is done once', async () => {
    await hands.says(word('command.admin'));
    hands.stays();
    const to = platform === 'teams' ? 'jonas-ekdahl' : 'tove-almgren';
    await hands.fill({ verb: 'admin.person', values: { mode: 'deputy', group: 'grupp-4' } }, 'admin.chosen', {
      member: to,
    });
    await hands.sees(word('confirm.heading'));
    await hands.press('admin.do');
    await hands.sees(word('said.set-role'));
    expect(await roles('grupp-4')).toContain(`${to} deputy`);
    expect(await all.rond.store.steering.log('grupp-4', { limit: 9 })).toHaveLength(1);
  });

  test('everybody else is refused in words, and learns of no group', async () => {
    const convenor = handsOf(all, 'teams');
    await convenor.says(word('command.admin'));
    await vi.waitFor(() => expect(convenor.reads()).toContain(word('notice.admin-only').slice(0, 30)));
    expect(convenor.reads()).not.toContain('Grupp grupp-1');
  });
});
