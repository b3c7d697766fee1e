/** Who is in the group, and what they speak for. */

import { describe, expect, test } from 'vitest';
import { coverageWarnings, leavingWarnings } from '../../../src/app/steering/leaving.ts';
import { type Assignment, emptyState, type GroupState, type Round, usualTerms } from '../../../src/domain/state.ts';
import type { Command } from '../../../src/domain/steering/command.ts';
import { standingOf } from '../../../src/domain/steering/live.ts';
import { coreGroup } from '../../support/core-group.ts';
import { does, done, now, told } from './deeds.ts';

const round = (more: Partial<Round> = {}, assignments: Assignment[] = parts()): Round => ({
  key: 'datainsamling/2022-10-12/2022-11-07',
  activity: 'datainsamling',
  instrument: 'role-rating',
  catalogue: 'se-legitimation-2023',
  opensAt: Temporal.Instant.from('2022-10-12T07:00:00Z'),
  closesAt: Temporal.Instant.from('2022-11-07T23:00:00Z'),
  openedAt: Temporal.Instant.from('2022-10-12T07:00:00Z'),
  closedAt: null,
  assignments,
  ...more,
});
function parts(tove: Assignment['state'] = 'pending'): Assignment[] {
  return [
    { member: 'maja-ek', state: 'submitted', extendedTo: null },
    { member: 'tove-lind', state: tove, extendedTo: null },
    { member: 'disa-norr', state: 'pending', extendedTo: null },
  ];
}
const withRounds = (...rounds: Round[]): GroupState => ({ ...emptyState, rounds });
const counts = { ...usualTerms, anonymity: 'counts' as const };

describe('what members speak for', () => {
  test('one: from what to what, and what is not said stays', () => {
    const deed = does({
      do: 'place-members',
      members: [{ member: 'tove-lind', constituency: '  region\u0000  Nord ' }],
    });
    expect(told(deed)).toEqual(['constituency: municipality → region Nord']);
    expect(done(deed).subject).toBe('member:tove-lind');
    expect(done(deed).group.members[1]).toMatchObject({ organisation: 'Ådala kommun', constituency: 'region Nord' });
  });

  test('many at once, each by name; those that stay as they are are not told of', () => {
    const members = [
      { member: 'tove-lind', organisation: 'Bådala kommun' },
      { member: 'disa-norr', constituency: 'university' },
      { member: 'maja-ek', constituency: 'region', organisation: '' },
    ];
    const deed = does({ do: 'place-members', members });
    expect(told(deed)).toEqual([
      'organisation Tove Lind: Ådala kommun → Bådala kommun',
      'organisation Maja Ek: Region Mittland → null',
    ]);
    expect(done(deed)).toMatchObject({ subject: 'group', version: 1 });
  });

  test.each([
    [[{ member: 'nobody', constituency: 'region' }], 'unknown-member'],
    [[{ member: 'tove-lind', constituency: 'municipality' }], 'nothing-changes'],
    [[], 'nothing-changes'],
    [[{ member: 'tove-lind', organisation: 'x'.repeat(101) }], 'too-long'],
  ])('%j is refused: %s', (members, code) => {
    expect(does({ do: 'place-members', members })).toEqual({ ok: false, code });
  });

  test('a card that is older than what somebody else changed is stale', () => {
    const members = [{ member: 'tove-lind', constituency: 'region' }];
    const changed = { ...coreGroup, version: 4 };
    expect(does({ do: 'place-members', members, seen: 3 }, emptyState, changed)).toMatchObject({
      ok: 'stale',
      current: 4,
    });
    expect(does({ do: 'remove-member', member: 'tove-lind', seen: 3 }, emptyState, changed)).toMatchObject({
      ok: 'stale',
    });
  });

  test('a running survey counts by the new one, except where only counts are told', () => {
    const command: Command = { do: 'place-members', members: [{ member: 'tove-lind', constituency: 'university' }] };
    for (const [terms, expected] of [
      [usualTerms, ['region 1/1', 'university 0/2']],
      [counts, ['municipality 0/1', 'region 1/1', 'university 0/1']],
    ] as const) {
      const deed = done(does(command, withRounds(round({ terms }))));
      const { constituencies } = standingOf(deed.group, deed.state.rounds[0]!, true);
      expect(constituencies.map(({ name, submitted, invited }) => `${name} ${submitted}/${invited}`)).toEqual(expected);
    }
  });
});

describe('somebody leaves', () => {
  const leave: Command = { do: 'remove-member', member: 'tove-lind' };

  test('their open part ends, their activities lose them, and whatever named them is let go', () => {
    const state: GroupState = {
      ...withRounds(
        round({
          terms: {
            ...usualTerms,
            audience: { members: ['tove-lind', 'disa-norr'], constituencies: [], organisations: [] },
          },
        }),
      ),
      aways: [
        { member: 'tove-lind', since: now, until: Temporal.PlainDate.from('2022-10-30'), substitute: 'disa-norr' },
        { member: 'disa-norr', since: now, until: Temporal.PlainDate.from('2022-10-30'), substitute: 'tove-lind' },
      ],
    };
    const deed = done(does(leave, state));
    expect(told(deed)).toEqual([
      'member: Tove Lind → null',
      'owners in Kunskapssammanställning: Tove Lind → null',
      'excused in Datainsamling (enkät): null → Tove Lind',
      'audience in Datainsamling (enkät): Tove Lind → null',
    ]);
    expect(deed.group.members.map(({ key }) => key)).toEqual(['maja-ek', 'disa-norr']);
    expect(deed.group.activities.find(({ key }) => key === 'kunskapssammanstallning')).toMatchObject({
      owners: [],
      version: 1,
    });
    expect(deed.state.aways).toMatchObject([{ member: 'disa-norr', substitute: null }]);
    expect(deed.state.rounds[0]).toMatchObject({ version: 1, terms: { audience: { members: ['disa-norr'] } } });
    expect(standingOf(deed.group, deed.state.rounds[0]!, true)).toMatchObject({ invited: 2, submitted: 1, excused: 1 });
    const warnings = leavingWarnings({ group: coreGroup, state }, deed, 'tove-lind');
    expect(warnings.map(({ code, facts }) => `${code} ${facts.title ?? facts.name}`)).toEqual([
      'unowned Kunskapssammanställning',
      'part-ends Datainsamling (enkät)',
      'stands-in Disa Norr',
      'nobody-speaks municipality',
    ]);
  });

  test('what is answered stays and counts, for what they spoke for', () => {
    const state = withRounds(round({}, parts('submitted')));
    const deed = done(does(leave, state));
    expect(deed.state.rounds[0]).toBe(state.rounds[0]);
    expect(leavingWarnings({ group: coreGroup, state }, deed, 'tove-lind').map(({ code }) => code)).not.toContain(
      'part-ends',
    );
    // As it is read from the database afterwards.
    const read = round(
      {},
      parts('submitted').map((part) =>
        part.member === 'tove-lind' ? { ...part, constituency: 'municipality' } : part,
      ),
    );
    expect(standingOf(deed.group, read, true).constituencies).toContainEqual({
      name: 'municipality',
      invited: 1,
      submitted: 1,
    });
  });

  test('where only counts are told nothing changes, and the warning is the same whether they have answered or not', () => {
    const seen = (['pending', 'submitted'] as const).map((tove) => {
      const state = withRounds(round({ terms: counts }, parts(tove)));
      const deed = done(does(leave, state));
      expect(deed.state.rounds[0]).toBe(state.rounds[0]);
      return JSON.stringify([told(deed), leavingWarnings({ group: coreGroup, state }, deed, 'tove-lind')]);
    });
    expect(seen[1]).toBe(seen[0]);
    expect(seen[0]).toContain('counts-stay');
  });

  test('a survey that asks nobody else is warned of', () => {
    const audience = { members: ['tove-lind'], constituencies: [], organisations: [] };
    const state = withRounds(round({ openedAt: null, terms: { ...usualTerms, audience } }, []));
    const deed = done(does(leave, state));
    expect(leavingWarnings({ group: coreGroup, state }, deed, 'tove-lind')).toContainEqual({
      code: 'nobody-asked',
      facts: { title: 'Datainsamling (enkät)' },
    });
  });

  test('not the convenor, and nobody who is not there', () => {
    expect(does({ do: 'remove-member', member: 'maja-ek' })).toEqual({ ok: false, code: 'is-convenor' });
    expect(does({ do: 'remove-member', member: 'nobody' })).toEqual({ ok: false, code: 'unknown-member' });
  });

  test('an observer speaks for nobody: their leaving leaves nobody uncovered', () => {
    const members = coreGroup.members.map((one) =>
      one.key === 'tove-lind' ? { ...one, role: 'observer' as const } : one,
    );
    const before = { ...coreGroup, members };
    expect(coverageWarnings(before, { ...before, members: members.filter(({ key }) => key !== 'tove-lind') })).toEqual(
      [],
    );
  });
});
