/** Lists are paged and never cut: a long plan for a member, many dates of one activity, an audience of many names. In Teams and in Slack. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { longDay } from '../../../src/cards/dates.ts';
import { say } from '../../../src/cards/words.ts';
import type { Activity, Group, Member, Platform } from '../../../src/domain/group.ts';
import { startTestRond, type TestRond } from '../../support/rond.ts';
import { jonas, tove } from '../../support/scene.ts';
import { groupFor, type Hands, handsOf } from './hands.ts';

const two = (n: number) => String(n).padStart(2, '0');
const dates = Array.from({ length: 19 }, (_, n) => Temporal.PlainDate.from('2022-11-01').add({ days: n }));
const named = Array.from({ length: 47 }, (_, n) => `Person Nummer ${two(n + 1)}`);
const titles = Array.from({ length: 40 }, (_, n) => `Uppgift nummer ${two(n + 1)}`);

const large =
  (platform: Platform) =>
  (before: Group): Group => {
    const group = groupFor(platform, 'sv')(before);
    const [first] = group.activities as [Activity];
    const [member] = group.members as [Member];
    const task: Activity = { ...first, kind: 'task', owners: ['liv-sandell'], due: [], ongoing: false };
    // Going on: without a date each would be a card to the convenor, one a second.
    const goesOn: Activity = { ...task, ongoing: true };
    const many = { ...task, key: 'manga', title: 'Många datum', due: dates.map((on) => ({ key: `${on}`, on })) };
    return {
      ...group,
      activities: [many, ...titles.map((title, n) => ({ ...goesOn, key: `u-${n}`, title }))],
      members: [...group.members, ...named.map((name, n) => ({ ...member, key: `p-${n}`, name, identities: [] }))],
    };
  };

describe.each<Platform>(['teams', 'slack'])('in %s', (platform) => {
  let all: TestRond;
  let hands: Hands;
  const word = (key: string, values: Record<string, unknown> = {}) => say('sv', key, values);
  /** What stands on each page of the card that lies open, from the first to the last. */
  const pagesOf = async (who: Hands, verb: string, pages: number): Promise<string[]> => {
    who.stays();
    const read: string[] = [];
    for (let page = 1; page <= pages; page += 1) {
      await who.sees(word('common.page', { page, pages }));
      read.push(who.reads());
      const next = who.buttons().find((one) => one.verb === verb && one.values.page === String(page + 1));
      expect(next !== undefined).toBe(page < pages);
      if (next) await who.press(verb, next.values);
    }
    return read;
  };

  beforeAll(async () => {
    all = await startTestRond({ change: large(platform) });
    hands = handsOf(all, platform);
    await all.moveTo('2022-09-26T12:00:00Z');
  });
  afterAll(() => all.close());

  test('a member reads the whole plan, a picture for each page', async () => {
    const member = handsOf(all, platform, platform === 'teams' ? tove : jonas);
    await member.says(word('command.plan'));
    const pages = await pagesOf(member, 'plan.show', 3);
    for (const title of titles) expect(pages.filter((page) => page.includes(title))).toHaveLength(1);
    for (const page of pages) {
      expect(page).toContain('/plan/');
      expect(page).not.toContain('seat.activity');
    }
    // And back again.
    const back = member.buttons().find(({ verb, values }) => verb === 'plan.show' && values.page === '2');
    await member.press('plan.show', back?.values ?? {});
    await member.sees(word('common.page', { page: 2, pages: 3 }), 'Uppgift nummer 20');
  });

  test('every date of an activity can be reached', async () => {
    await hands.says(word('command.seat'));
    hands.stays();
    await hands.press('seat.plan');
    await hands.sees('Många datum');
    await hands.press('seat.activity', { activity: 'manga' });
    await hands.sees(word('activity.heading'), 'Många datum');
    const pages = await pagesOf(hands, 'seat.activity', 3);
    for (const day of dates) expect(pages.filter((page) => page.includes(longDay(`${day}`, 'sv')))).toHaveLength(1);
  });

  test('everybody in an audience by name stands on the send plan', async () => {
    await hands.says(word('command.seat'));
    const people = Array.from({ length: named.length }, (_, n) => `p-${n}`).join(',');
    const inputs = { title: 'Koll', opens: '2022-10-03', closes: '2022-10-14', people };
    await hands.fill({ verb: 'round.new', values: {} }, 'round.save', inputs);
    await hands.sees(word('round-plan.heading'), word('round-plan.people', { people: 47 }));
    const pages = await pagesOf(hands, 'round.show', 3);
    for (const name of named) expect(pages.join(' ')).toContain(name);
    expect(pages.join(' ')).not.toContain(word('round-page.everyone'));
    // "Change …", and back to the same plan without having changed anything.
    if (platform === 'slack') return;
    await hands.press('round.change');
    await vi.waitFor(() => expect(JSON.stringify(hands.last().card)).toContain('Input.Date'));
    const back = hands.buttons().find(({ values }) => values.leaves === '1');
    expect(back?.verb).toBe('round.show');
    await hands.press('round.show', back?.values ?? {});
    await hands.sees(word('round-plan.heading'), 'Person Nummer 01');
  });
});
