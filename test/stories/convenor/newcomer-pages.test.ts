/** A channel with more people than one page shows: turning pages and searching asks its platform nothing more. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Platform } from '../../../src/domain/group.ts';
import { putDirectory } from '../../../src/sandbox/client.ts';
import type { TestRond } from '../../support/rond.ts';
import { slackTeam, teamsTenant } from '../../support/scene.ts';
import { begin, groupFor, type Hands, opensMembers, wordsOf } from './hands.ts';

describe.each<Platform>(['teams', 'slack'])('somebody is chosen from a large channel in %s', (platform) => {
  let all: TestRond;
  let hands: Hands;
  const word = wordsOf('sv');
  const people = Array.from({ length: 200 }, (_, n) => ({
    key: `person-${n}`,
    name: `Person ${String(n).padStart(3, '0')}`,
    platform,
    tenant: platform === 'teams' ? teamsTenant : slackTeam,
    user: platform === 'teams' ? `33cc44dd-0000-4000-8000-${String(n).padStart(12, '0')}` : `U0MANY${100 + n}`,
    language: 'sv' as const,
    timeZone: 'Europe/Stockholm',
  }));
  const asked = () =>
    platform === 'teams'
      ? all.sandbox.wires.teams.requests().filter(({ method }) => method === 'GET').length
      : all.sandbox.wires.slack.calls().filter(({ method }) => /^(users|conversations)\./.test(method)).length;
  const page = () => JSON.stringify(platform === 'teams' ? hands.last().card : hands.wire.dialog(hands.person)?.view);
  const shows = (name: string) => vi.waitFor(() => expect(page()).toContain(name));
  const turns = (values: Record<string, string>, inputs: Record<string, string>) => {
    const at =
      platform === 'teams' ? { message: hands.last().id } : { dialog: hands.wire.dialog(hands.person)?.id ?? '' };
    return hands.wire.press(hands.person, at, { verb: 'steer.find', values }, inputs);
  };

  beforeAll(async () => {
    ({ all, hands } = await begin(platform, '2022-10-12T08:00:00Z', groupFor(platform, 'sv')));
    await putDirectory(all.sandbox.url, { people, channels: [] });
  });
  afterAll(() => all.close());

  test('the page asks once, however often it is turned and searched, and until somebody is chosen', async () => {
    await opensMembers(hands, word);
    const before = asked();
    await hands.press('steer.person', { mode: 'add' });
    await shows('Person 010');
    const once = asked();
    expect(once).toBeGreaterThan(before);
    await turns({ page: '2' }, {});
    await shows('Person 120');
    await turns({ page: '3' }, {});
    await shows('Person 190');
    await turns({}, { find: 'Person 15' });
    await shows('Person 155');
    expect(page()).not.toContain('Person 120');
    expect(asked()).toBe(once);
    await opensMembers(hands, word);
    const again = asked();
    await hands.fill({ verb: 'steer.person', values: { mode: 'add' } }, 'steer.chosen', { written: 'Person 155' });
    await hands.sees(word('ask.add-members', { count: 1, name: 'Person 155' }));
    // Whoever opens it anew sees who is there now.
    expect(asked() - again).toBe(once - before);
  });
});
