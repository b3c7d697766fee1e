/** Twenty-two roles and thirty-three, in both clients, within what each can show. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { catalogue } from '../../../src/library/library.ts';
import { inTeams, invitationOf, openInSlack, toTheEnd } from '../../support/rating.ts';
import { startTestRond, type TestRond } from '../../support/rond.ts';
import { jonas, says, slackChat, tove } from '../../support/scene.ts';

const longComment = 'Åtta tjänster är obesatta, och de som söker saknar ofta rätt legitimation. '
  .repeat(13)
  .slice(0, 1000);

describe.each(['se-legitimation-2023', 'no-helsepersonell-48'])('%s', (key) => {
  let all: TestRond;
  const items = catalogue(key).items.length;

  beforeAll(async () => {
    all = await startTestRond({
      change: (group) => ({
        ...group,
        activities: group.activities.map((activity) =>
          activity.kind === 'collection' ? { ...activity, catalogue: key } : activity,
        ),
      }),
    });
    await all.moveTo('2022-10-12T12:00:00Z');
  });
  afterAll(() => all.close());

  const asked = (page: string, roles: Set<string>) => {
    for (const [, role] of page.matchAll(/[":]now:([a-zåäöæø0-9-]+)"/g)) roles.add(role as string);
  };

  test('in Teams every page and the receipt stay within 80 KB of UTF-16', async () => {
    const hands = inTeams(all, tove, await invitationOf(all, tove, 'teams'));
    const roles = new Set<string>();
    const sizes: number[] = [];
    const look = (page: string) => {
      asked(page, roles);
      sizes.push(page.length * 2);
    };
    await hands.press('rate.open');
    const pages = await toTheEnd(hands, 'shortage', longComment, look);
    await vi.waitFor(() => expect(hands.page()).toContain('Tack för dina svar'));
    sizes.push(hands.page().length * 2);
    // Once more, with everything filled in.
    await hands.press('rate.open');
    await toTheEnd(hands, 'shortage', longComment, look);
    expect(roles.size).toBe(items);
    expect(sizes).toHaveLength(2 * pages + 1);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(80 * 1024);
  });

  test('in Slack every page has at most 100 blocks and a title of at most 24 letters', async () => {
    const hands = await openInSlack(all, jonas, await invitationOf(all, jonas, 'slack'));
    const roles = new Set<string>();
    const views: { blocks: unknown[]; title: { text: string }; submit?: { text: string } }[] = [];
    const look = (page: string) => {
      asked(page, roles);
      views.push(JSON.parse(page));
    };
    const pages = await toTheEnd(hands, 'shortage', longComment, look);
    await vi.waitFor(() => expect(slackChat(all, jonas).filter(says('Tack för dina svar'))).toHaveLength(1));
    const receipt = slackChat(all, jonas).find(says('Tack för dina svar'));
    expect(receipt?.blocks?.length).toBeLessThanOrEqual(50);
    const again = await openInSlack(all, jonas, receipt?.id ?? '');
    await toTheEnd(again, 'shortage', longComment, look);
    expect(roles.size).toBe(items);
    expect(views).toHaveLength(2 * pages);
    for (const { blocks, title, submit } of views) {
      expect(blocks.length).toBeLessThanOrEqual(100);
      expect(title.text.length).toBeLessThanOrEqual(24);
      expect((submit?.text ?? '').length).toBeLessThanOrEqual(24);
    }
  });

  test('what counts is all of it', async () => {
    const [round] = (await all.rond.store.groups.load(all.group.key))?.state.rounds ?? [];
    expect(round?.catalogue).toBe(key);
    const loaded = await all.rond.store.groups.load(all.group.key);
    const counts = await all.rond.store.answers.sumUp(loaded?.id ?? '', round?.key ?? '');
    expect(counts?.submitted).toBe(2);
    expect(counts?.pairs.map(({ count }) => count)).toEqual(Array.from({ length: items }, () => 2));
  });
});
