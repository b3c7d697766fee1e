/** A survey that asks some people is in no list everybody's. */

import { expect, test } from 'vitest';
import { onlyRounds, planModel } from '../../src/app/models/activity.ts';
import { ownersText } from '../../src/app/models/attention.ts';
import { activityModel, seatModel } from '../../src/app/models/convenor.ts';
import { digestModel } from '../../src/app/models/digest.ts';
import { renderCard } from '../../src/cards/cards.ts';
import type { CardName, Models } from '../../src/cards/models.ts';
import { emptyState, type GroupState, type Round } from '../../src/domain/state.ts';
import type { Command } from '../../src/domain/steering/command.ts';
import { ofType } from '../cards/samples.ts';
import { does, done, now } from '../domain/steering/deeds.ts';

const day = Temporal.PlainDate.from;
const title = 'Snabb koll';
const audience = { members: ['maja-ek', 'tove-lind'], constituencies: [], organisations: [] };
const asksTwo = {
  ...{ do: 'schedule-round', from: { title }, instrument: 'role-rating', catalogue: 'se-legitimation-2023' },
  ...{ opens: day('2022-10-24'), closes: day('2022-10-28'), audience },
} satisfies Command;
const { group, state } = done(does(asksTwo));
const activity = group.activities.find((one) => one.title === title);
if (!activity) throw new Error('no activity came of it');

const linesOf = <N extends CardName>(name: N, model: Models[N]) =>
  ofType(renderCard(name, model, 'sv'), /^Text/)
    .map(({ text }) => `${text}`)
    .join('\n');
const digest = (of: GroupState) => ({
  ...digestModel(group, of, 'group', { after: null, until: now }, now),
  whole: {},
});

test('made from nothing for two people, it is listed with how many it asks', () => {
  const today = day('2022-10-20');
  const parts = { group, state, rounds: [], may: [], others: [], today };
  const seat = linesOf('seat', seatModel(parts, { page: 1, show: 'all', said: '' }));
  expect(seat).toContain(`${title}\n28 okt. 2022 · 2 personer`);
  expect(linesOf('digest', digest(state))).toContain(`${title} (2 personer)`);
  expect(linesOf('plan', planModel(group, state, [activity]))).toContain('Enkät · 2 personer');
  const own = linesOf('activity', activityModel(group, state, activity, [], { page: 1, said: '' }));
  expect(own).toContain('2 personer tillfrågas.');
  expect(own).not.toContain('Alla');
});

test('once open it counts those who are asked, and not whoever is excused', () => {
  const part = (member: string, is: Round['assignments'][number]['state']) => ({ member, state: is, extendedTo: null });
  const [round] = state.rounds as [Round];
  const open: Round = {
    ...round,
    openedAt: round.opensAt,
    assignments: [part('maja-ek', 'excused'), part('tove-lind', 'submitted')],
  };
  expect(linesOf('digest', digest({ ...state, rounds: [open] }))).toContain(`${title} (1 person)`);
});

test('a second survey for everybody makes the activity everybody’s; of each date it says whom that one asks', () => {
  const again = done(
    does(
      {
        ...asksTwo,
        from: { activity: activity.key },
        opens: day('2022-10-31'),
        closes: day('2022-11-02'),
        audience: 'everyone',
      },
      { ...emptyState, ...state },
      group,
    ),
  );
  expect(ownersText(again.group, activity, onlyRounds(again.state, activity))).toBe('all');
  const lines = digestModel(again.group, again.state, 'group', { after: null, until: now }, now).ahead;
  expect(lines.filter((line) => line.activity === title).map(({ owners }) => owners)).toEqual([{ asked: 2 }, 'all']);
});
