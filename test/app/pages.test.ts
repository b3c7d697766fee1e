/** Lists on a person's own cards: everything can be reached, of every group they are in. */

import { expect, test } from 'vitest';
import { planModel, statusListModel } from '../../src/app/models/activity.ts';
import { openSurveys, surveysModel } from '../../src/app/models/rating.ts';
import { renderCard } from '../../src/cards/cards.ts';
import type { Group } from '../../src/domain/group.ts';
import { emptyState } from '../../src/domain/state.ts';
import { activityWith, coreGroup, on } from '../support/core-group.ts';

const today = Temporal.PlainDate.from('2022-10-01');
const numbers = Array.from({ length: 19 }, (_, n) => n + 1);
const group: Group = {
  ...coreGroup,
  activities: numbers.map((n) =>
    activityWith(`a${n}`, { title: `Uppgift ${n}`, owners: ['maja-ek'], due: [on('2022-10-12')] }),
  ),
};
const [chair, member] = group.members;

test('every own due point, and whoever was not reached, stands on one page, once', () => {
  const unreached = numbers.slice(0, 7).map((n) => ({ name: `Person ${n}`, reason: 'blocked' }));
  const pages = [1, 2, 3, 4].map((page) => statusListModel(group, emptyState, chair!, today, unreached, page));
  expect(pages.map(({ shown }) => shown)).toEqual(
    [1, 2, 3, 4].map((page) => ({ ref: group.key, count: 19, page, pages: 4 })),
  );
  expect(pages.flatMap(({ mine }) => mine.map(({ activity }) => activity))).toEqual(numbers.map((n) => `Uppgift ${n}`));
  expect(pages.flatMap((page) => page.unreached)).toEqual(unreached);
  expect(statusListModel(group, emptyState, member!, today, unreached, 1)).toMatchObject({ mine: [], unreached: [] });
});

test('every survey stands on one page', () => {
  const open = numbers.map((n) => ({
    ...{ ref: `${n}`, group: 'G', title: `Enkät ${n}`, state: 'pending' as const },
    closes: { instant: '2022-11-07T23:00:00Z', zone: 'Europe/Stockholm' },
  }));
  expect(openSurveys([], () => '', Temporal.Instant.from('2022-10-01T00:00:00Z'))).toEqual([]);
  expect([1, 2, 3].flatMap((page) => surveysModel(open, page).surveys)).toEqual(open);
  expect(surveysModel(open, 9)).toMatchObject({ count: 19, page: 3, pages: 3 });
});

test('the plan says what goes on all the time and what is set aside, and leads to the person’s other groups', () => {
  const activities = [
    activityWith('watch', { title: 'Bevaka', kind: 'watch', ongoing: true, due: [] }),
    activityWith('aside', { title: 'Rapport', parked: true, owners: 'all', due: [on('2022-12-13')] }),
    activityWith('open', { title: 'Karta', owners: 'all', due: [] }),
  ];
  const others = [{ ref: 'nara-vard', name: 'Nära vård' }];
  const read = { ref: group.key, count: 3, page: 1, pages: 1 };
  const card = JSON.stringify(renderCard('plan', { ...planModel(group, emptyState, activities), read, others }, 'sv'));
  expect(card).toContain('Löpande');
  expect(card).toContain('Lagd åt sidan · ');
  expect(card).toContain('Inget datum');
  expect(card).toContain('Gå till: Nära vård');
  expect(card).toContain('"group":"nara-vard"');
});
