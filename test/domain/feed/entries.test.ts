import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holidayName } from '../../../src/adapters/calendar/holidays.ts';
import { type FeedScene, groupEntries, memberEntries } from '../../../src/domain/feed/entries.ts';
import { type Activity, dueDay, type Group } from '../../../src/domain/group.ts';
import { planDifference } from '../../../src/domain/plan/difference.ts';
import { isAsked } from '../../../src/domain/schedule/audience.ts';
import { emptyState, type GroupState, type Round, usualTerms } from '../../../src/domain/state.ts';
import { type Scene, sceneFor } from '../../../src/domain/steering/deed.ts';
import { steer } from '../../../src/domain/steering/steer.ts';
import { activityWith, coreGroup, memberWith, on, window } from '../../support/core-group.ts';
import { anyGroup } from '../../support/plans.ts';

const start = Temporal.Instant.from('2022-09-26T06:00:00Z');
const whole = { times: 1, at: start };
const steering = (group: Group, state: GroupState = emptyState): Scene =>
  sceneFor(group, state, start, null, holidayName, () => true);
const sceneOf = (group: Group, state: GroupState = emptyState): FeedScene => ({
  id: 'g',
  group,
  state,
  home: steering(group, state).home,
  touches: { whole, activities: new Map() },
});
const days = (entries: { first: Temporal.PlainDate; last: Temporal.PlainDate; what: string }[]) =>
  entries.map(({ what, first, last }) => `${what} ${first}${first.equals(last) ? '' : `/${last}`}`);

const group: Group = {
  ...coreGroup,
  startsAt: start,
  members: [
    memberWith('convenor', { role: 'convenor' }),
    memberWith('tove'),
    memberWith('nils', { constituency: 'municipality' }),
    memberWith('watcher', { role: 'observer' }),
  ],
  activities: [
    activityWith('report', { title: 'Rapport', owners: ['tove'], due: [on('2022-10-12'), on('2022-11-30')] }),
    activityWith('survey', { title: 'Enkät', kind: 'collection', due: [window('2022-10-12', '2022-11-07')] }),
    activityWith('all', { title: 'Alla läser', due: [on('2022-12-01')] }),
    activityWith('aside', { title: 'Workshop', due: [on('2022-12-05')], parked: true }),
  ],
};
const roundWith = (more: Partial<Round>): Round => ({
  key: 'survey/2022-10-12/2022-11-07',
  activity: 'survey',
  instrument: 'role-rating',
  catalogue: 'c',
  opensAt: Temporal.Instant.from('2022-10-12T07:00:00Z'),
  closesAt: Temporal.Instant.from('2022-11-07T23:00:00Z'),
  openedAt: Temporal.Instant.from('2022-10-12T07:00:00Z'),
  closedAt: null,
  assignments: [],
  ...more,
});
const part = (
  member: string,
  state: Round['assignments'][number]['state'] = 'pending',
  extendedTo: Temporal.Instant | null = null,
) => ({
  member,
  state,
  extendedTo,
});

describe('a group’s feed', () => {
  test('of any plan has every due point that is not set aside, once, under a name of its own', () => {
    fc.assert(
      fc.property(anyGroup, (any) => {
        const entries = groupEntries(sceneOf(any));
        expect(new Set(entries.map(({ uid }) => uid)).size).toBe(entries.length);
        const wanted = any.activities
          .filter(({ parked }) => !parked)
          .flatMap(({ key, due }) => due.map((point) => `g.${key}.${point.key}@rond`));
        expect(entries.map(({ uid }) => uid).toSorted()).toEqual(wanted.toSorted());
        for (const { first, last } of entries) expect(Temporal.PlainDate.compare(first, last)).toBeLessThanOrEqual(0);
        for (const activity of any.activities.filter(({ parked, kind }) => !parked && kind !== 'collection'))
          for (const due of activity.due)
            expect(entries.find(({ uid }) => uid === `g.${activity.key}.${due.key}@rond`)?.last).toEqual(dueDay(due));
      }),
    );
  });

  test('of any plan: a date that the convenor moves is the same event on another day, and no other event changes', () => {
    const moves = anyGroup.chain((any) =>
      fc.tuple(fc.constant(any), fc.nat(), fc.nat(), fc.integer({ min: 1, max: 300 })),
    );
    let moved = 0;
    fc.assert(
      fc.property(moves, ([any, which, at, by]) => {
        const dated = any.activities.filter(({ due, parked }) => due.length > 0 && !parked);
        const activity = dated[which % Math.max(1, dated.length)];
        const index = at % Math.max(1, activity?.due.length ?? 1);
        const due = activity?.due[index];
        fc.pre(activity !== undefined && due !== undefined);
        const deed = steer(steering(any), {
          do: 'move-date',
          activity: activity?.key ?? '',
          due: due?.key ?? '',
          to: Temporal.PlainDate.from('2022-11-01').add({ days: by }),
        });
        fc.pre(deed.ok === true);
        if (deed.ok !== true) return;
        moved += 1;
        const [before, after] = [groupEntries(sceneOf(any)), groupEntries(sceneOf(deed.group))];
        expect(after.map(({ uid }) => uid)).toEqual(before.map(({ uid }) => uid));
        const changed = after.filter(({ last }, one) => !last.equals(before[one]?.last ?? ''));
        expect(changed.map(({ uid }) => uid)).toEqual([`g.${activity?.key}.${due?.key}@rond`]);
      }),
    );
    expect(moved).toBeGreaterThan(20);
  });

  test('of any plan: a due point that is taken away, or comes, changes the name of no other, whatever was moved before', () => {
    const cases = anyGroup.chain((any) =>
      fc.tuple(
        fc.constant(any),
        fc.nat(),
        fc.nat(),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 40 })), { maxLength: 4 }),
      ),
    );
    let between = 0;
    fc.assert(
      fc.property(cases, ([any, which, at, moves]) => {
        const several = any.activities.filter(({ due, parked }) => due.length > 1 && !parked);
        const key = several[which % Math.max(1, several.length)]?.key ?? '';
        fc.pre(key !== '');
        let now = any;
        for (const [point, by] of moves) {
          const due = now.activities.find((one) => one.key === key)?.due ?? [];
          const to = Temporal.PlainDate.from('2022-11-01').add({ days: by });
          const deed = steer(steering(now), {
            do: 'move-date',
            activity: key,
            due: due[point % due.length]?.key ?? '',
            to,
          });
          if (deed.ok === true) now = deed.group;
        }
        const uids = (of: Group) => groupEntries(sceneOf(of)).map(({ uid }) => uid);
        expect(uids(now)).toEqual(uids(any));
        const without = (of: Group, index: number): Group => ({
          ...of,
          activities: of.activities.map((one) =>
            one.key === key ? { ...one, due: one.due.toSpliced(index, 1) } : one,
          ),
        });
        const index = at % (now.activities.find((one) => one.key === key)?.due.length ?? 1);
        if (index === 0) between += 1;
        const gone = uids(now).filter((uid) => !uids(without(now, index)).includes(uid));
        expect(gone).toHaveLength(1);
        expect(uids(without(now, index))).toEqual(uids(now).filter((uid) => uid !== gone[0]));
      }),
      { numRuns: 200 },
    );
    expect(between).toBeGreaterThan(10);
  });

  test('a date that was moved keeps its name when the plan is read in anew, and a new one on the old day gets another', () => {
    const deed = steer(steering(group), {
      do: 'move-date',
      activity: 'report',
      due: '2022-10-12',
      to: Temporal.PlainDate.from('2022-10-19'),
    });
    if (deed.ok !== true) throw new Error('not moved');
    const report = deed.group.activities.find(({ key }) => key === 'report') as Activity;
    const facts = { movedTo: () => null, wasDropped: () => false };
    const wanted = { ...report, due: [on('2022-10-12'), on('2022-10-19'), on('2022-11-30')] };
    const { activities } = planDifference([report], [wanted], facts);
    const names = groupEntries(sceneOf({ ...group, activities })).map(({ uid, last }) => [uid, last.toString()]);
    expect(names).toEqual([
      [expect.stringMatching(/^g\.report\.(?!2022-10-12@)(?!2022-11-30@)/), '2022-10-12'],
      ['g.report.2022-10-12@rond', '2022-10-19'],
      ['g.report.2022-11-30@rond', '2022-11-30'],
    ]);
  });

  test('follows what owners say: a new date moves the day, "done" is told, and the owners are named', () => {
    const said = {
      activity: 'report',
      due: '2022-10-12',
      status: 'under-way' as const,
      note: 'x',
      by: 'tove',
      at: start,
    };
    const state = { ...emptyState, statuses: [{ ...said, newDate: Temporal.PlainDate.from('2022-10-20') }] };
    const [first, second] = groupEntries(sceneOf(group, state));
    expect([first?.uid, first?.last.toString(), first?.status]).toEqual([
      'g.report.2022-10-12@rond',
      '2022-10-20',
      'under-way',
    ]);
    expect([second?.uid, second?.last.toString(), second?.status]).toEqual([
      'g.report.2022-11-30@rond',
      '2022-11-30',
      null,
    ]);
    expect(first?.owners).toEqual(['tove']);
  });

  test('a survey stands from its opening to its close, as it was extended; cancelled it is gone', () => {
    const span = (rounds: Round[]) =>
      days(groupEntries(sceneOf(group, { ...emptyState, rounds })).filter(({ uid }) => uid.includes('survey')));
    expect(span([])).toEqual(['round 2022-10-12/2022-11-07']);
    expect(span([roundWith({ closesAt: Temporal.Instant.from('2022-11-14T23:00:00Z') })])).toEqual([
      'round 2022-10-12/2022-11-14',
    ]);
    expect(span([roundWith({ cancelledAt: start, closedAt: start })])).toEqual([]);
  });

  test('a survey for some is not said to be everybody’s', () => {
    const audience = { members: ['tove', 'nils'], constituencies: [], organisations: [] };
    const ownersOf = (rounds: Round[]) =>
      groupEntries(sceneOf(group, { ...emptyState, rounds })).find(({ uid }) => uid.includes('survey'))?.owners;
    expect(ownersOf([roundWith({})])).toBe('all');
    expect(ownersOf([roundWith({ terms: { ...usualTerms, audience } })])).toEqual([]);
  });

  test('a survey that is none of the plan’s windows has an event of its own, until it is cancelled', () => {
    const extra = roundWith({
      key: 'report/2022-10-03/2022-10-10',
      activity: 'report',
      closesAt: Temporal.Instant.from('2022-10-10T22:00:00Z'),
      opensAt: Temporal.Instant.from('2022-10-03T07:00:00Z'),
    });
    const uids = (round: Round) =>
      groupEntries(sceneOf(group, { ...emptyState, rounds: [round] })).map(({ uid }) => uid);
    expect(uids(extra)).toContain('g.round.report/2022-10-03/2022-10-10@rond');
    expect(uids({ ...extra, cancelledAt: start })).not.toContain('g.round.report/2022-10-03/2022-10-10@rond');
  });

  test('SEQUENCE and the day of the last change grow with what was done to the activity or to the whole plan', () => {
    const at = start.add({ hours: 30 });
    const touches = { whole, activities: new Map([['report', { times: 4, at }]]) };
    const entries = groupEntries({ ...sceneOf(group), touches });
    expect(entries.find(({ uid }) => uid === 'g.report.2022-10-12@rond')?.touched).toEqual({ times: 5, at });
    expect(entries.find(({ uid }) => uid === 'g.all.2022-12-01@rond')?.touched).toEqual(whole);
  });
});

describe('a person’s feed', () => {
  const own = (member: string, state: GroupState = emptyState) =>
    memberEntries(sceneOf(group, state), group.members.find(({ key }) => key === member)!);

  test('is what they own and the last day of what they are asked, and nothing of anybody else', () => {
    expect(days(own('tove'))).toEqual(['due 2022-10-12', 'due 2022-11-30', 'last-day 2022-11-07', 'due 2022-12-01']);
    expect(days(own('nils'))).toEqual(['last-day 2022-11-07', 'due 2022-12-01']);
    expect(days(own('watcher'))).toEqual([]);
    for (const { owners } of [...own('tove'), ...own('nils')]) expect(owners).toEqual([]);
  });

  test('has what they stand in for while the owner is away, and says for whom', () => {
    const away = (since: string, until: string, substitute: string | null = 'nils') => ({
      ...emptyState,
      aways: [
        {
          member: 'tove',
          since: Temporal.Instant.from(since),
          until: Temporal.PlainDate.from(until),
          substitute,
        },
      ],
    });
    const extra = (state: GroupState) => own('nils', state).filter(({ title }) => title === 'Rapport');
    const during = extra(away('2022-10-03T08:00:00Z', '2022-10-12'));
    expect(days(during)).toEqual(['due 2022-10-12']);
    expect(during[0]?.owners).toEqual(['tove']);
    expect(days(extra(away('2022-10-12T08:00:00Z', '2022-12-24')))).toEqual(['due 2022-10-12', 'due 2022-11-30']);
    // Said too late, over too early, or in nobody's favour: the dates are the owner's own.
    expect(extra(away('2022-10-13T08:00:00Z', '2022-11-29'))).toEqual([]);
    expect(extra(away('2022-10-03T08:00:00Z', '2022-12-24', null))).toEqual([]);
    // Whoever is away keeps them, and what is everybody's is nobody's to stand in for.
    expect(own('tove', away('2022-10-03T08:00:00Z', '2022-12-24'))).toEqual(own('tove'));
    expect(own('watcher', away('2022-10-03T08:00:00Z', '2022-12-24', 'watcher')).map(({ title }) => title)).toEqual([
      'Rapport',
      'Rapport',
    ]);
  });

  test('has of a window that the absence touches all of it, and nothing that begins after the return', () => {
    const from = (first: string, last: string) => {
      const activities = group.activities.map((activity) =>
        activity.title === 'Rapport' ? { ...activity, due: [window(first, last)] } : activity,
      );
      const away = {
        member: 'tove',
        since: Temporal.Instant.from('2022-10-17T08:00:00Z'),
        until: Temporal.PlainDate.from('2022-10-28'),
        substitute: 'nils',
      };
      const scene = sceneOf({ ...group, activities }, { ...emptyState, aways: [away] });
      const nils = group.members.find(({ key }) => key === 'nils');
      if (!nils) throw new Error('no substitute');
      return days(memberEntries(scene, nils).filter(({ title }) => title === 'Rapport'));
    };
    expect(from('2022-10-24', '2022-11-04')).toEqual(['due 2022-10-24/2022-11-04']);
    expect(from('2022-10-03', '2022-10-17')).toEqual(['due 2022-10-03/2022-10-17']);
    expect(from('2022-10-03', '2022-12-01')).toEqual(['due 2022-10-03/2022-12-01']);
    expect(from('2022-10-28', '2022-10-28')).toEqual(['due 2022-10-28']);
    // The day after the return, and what was over before.
    expect(from('2022-10-29', '2022-11-04')).toEqual([]);
    expect(from('2022-10-03', '2022-10-14')).toEqual([]);
  });

  test('an extension for one person is in that person’s feed only; whoever was excused has no last day', () => {
    const later = Temporal.Instant.from('2022-11-14T23:00:00Z');
    const rounds = [roundWith({ assignments: [part('tove', 'pending', later), part('nils', 'excused')] })];
    const state = { ...emptyState, rounds };
    expect(days(own('tove', state))).toContain('last-day 2022-11-14');
    expect(days(own('nils', state)).join()).not.toContain('last-day');
    expect(days(groupEntries(sceneOf(group, state)))).toContain('round 2022-10-12/2022-11-07');
  });

  test('says nothing of whether anybody has answered: the same before and after', () => {
    const at = (state: 'pending' | 'draft' | 'submitted') => ({
      ...emptyState,
      rounds: [roundWith({ assignments: [part('tove', state), part('nils', state)] })],
    });
    for (const state of ['draft', 'submitted'] as const) {
      expect(own('tove', at(state))).toEqual(own('tove', at('pending')));
      expect(groupEntries(sceneOf(group, at(state)))).toEqual(groupEntries(sceneOf(group, at('pending'))));
    }
  });

  test('of any plan: every event is this person’s, under a name that nobody else’s has', () => {
    fc.assert(
      fc.property(anyGroup, (any) => {
        const all = any.members.map((member) => ({ member, entries: memberEntries(sceneOf(any), member) }));
        const uids = [...groupEntries(sceneOf(any)), ...all.flatMap(({ entries }) => entries)].map(({ uid }) => uid);
        expect(new Set(uids).size).toBe(uids.length);
        for (const { member, entries } of all)
          for (const { uid, what } of entries) {
            const activity = any.activities.find(({ key }) => uid.startsWith(`g.${key}.`));
            const owned = activity?.owners !== 'all' && activity?.owners.includes(member.key);
            expect(owned || (isAsked(member) && (what === 'last-day' || activity?.owners === 'all'))).toBe(true);
          }
      }),
    );
  });
});
