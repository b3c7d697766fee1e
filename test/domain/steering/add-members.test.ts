/** Somebody comes into a group that runs. */

import { describe, expect, test } from 'vitest';
import { holidayName } from '../../../src/adapters/calendar/holidays.ts';
import { joiningNotes } from '../../../src/app/steering/joining.ts';
import type { Tell } from '../../../src/domain/happening.ts';
import { decide } from '../../../src/domain/schedule/decide.ts';
import { happeningsOf } from '../../../src/domain/schedule/messages.ts';
import { type Assignment, emptyState, type GroupState, type Round, usualTerms } from '../../../src/domain/state.ts';
import type { Command, Newcomer } from '../../../src/domain/steering/command.ts';
import { effectsOf } from '../../../src/domain/steering/foresee.ts';
import { coreGroup, memberWith } from '../../support/core-group.ts';
import { tells } from '../../support/run.ts';
import { chair, does, done, now, told } from './deeds.ts';

const home = chair.identities[0]!;

function newcomer(name: string, more: Partial<Newcomer> = {}): Newcomer {
  const key = name.toLowerCase().replace(' ', '-');
  const { role: _, ...member } = memberWith(key, { name, constituency: 'region', organisation: 'Region Syd' });
  return { ...member, identities: [{ ...home, user: key }], ...more };
}
const add = (...members: Newcomer[]): Command => ({ do: 'add-members', members });

const parts: Assignment[] = [
  { member: 'maja-ek', state: 'submitted', extendedTo: null },
  { member: 'tove-lind', state: 'pending', extendedTo: null },
];
const round = (more: Partial<Round> = {}): Round => ({
  key: 'datainsamling/2022-10-12/2022-11-07',
  activity: 'datainsamling',
  instrument: 'role-rating',
  catalogue: 'se-legitimation-2023',
  opensAt: Temporal.Instant.from('2022-10-12T07:00:00Z'),
  closesAt: Temporal.Instant.from('2022-11-07T23:00:00Z'),
  openedAt: Temporal.Instant.from('2022-10-12T07:00:00Z'),
  closedAt: null,
  assignments: parts,
  ...more,
});
const withRounds = (...rounds: Round[]): GroupState => ({ ...emptyState, rounds });
const only = (...members: string[]) => ({
  ...usualTerms,
  audience: { members, constituencies: ['university'], organisations: [] },
});

describe('somebody comes', () => {
  test('as a member, whatever else was said; one has a subject of their own, several are the group', () => {
    const one = done(does(add(newcomer('Vera Holm', { organisation: '  Region\u0000  Syd ' }))));
    expect(one.group.members.at(-1)).toMatchObject({ key: 'vera-holm', role: 'member', organisation: 'Region Syd' });
    expect([one.subject, one.subjectName, one.version]).toEqual(['member:vera-holm', 'Vera Holm', 1]);
    const two = done(does(add(newcomer('Vera Holm'), newcomer('Nils Holm'))));
    expect(two.subject).toBe('group');
    expect(told(two)).toEqual(['member: null → Vera Holm', 'member: null → Nils Holm']);
  });

  test('an open survey that is for them asks them, at once and in the preview of it', () => {
    const state = withRounds(round());
    const before = { group: coreGroup, state };
    const deed = done(does(add(newcomer('Vera Holm')), state));
    const effects = effectsOf(before, deed, now, now.add({ hours: 24 * 60 }), holidayName, {
      activity: null,
      round: null,
    });
    const [stops, starts] = [effects.stops, effects.starts].map((sent) => tells(happeningsOf(sent))) as [
      Tell[],
      Tell[],
    ];
    expect(stops.filter(({ to }) => 'member' in to)).toEqual([]);
    const hers = starts.filter(({ to }) => 'member' in to && to.member === 'vera-holm');
    expect(hers.filter(({ about }) => about.round).map(({ kind }) => kind)).toEqual([
      'invitation',
      'reminder',
      'reminder',
    ]);
    expect(starts.filter(({ to }) => 'member' in to && to.member !== 'vera-holm')).toEqual([]);
    const next = tells(decide(deed.group, deed.state, now, holidayName)).filter(
      ({ to }) => 'member' in to && to.member === 'vera-holm',
    );
    expect(next.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['welcome', 'invitation']));
  });

  test('what the convenor is told: which open surveys ask them, and which do not', () => {
    const state = withRounds(
      round(),
      round({ key: 'datainsamling/own', terms: only('tove-lind') }),
      round({ key: 'datainsamling/over', closedAt: now }),
    );
    const [vera, nils] = [newcomer('Vera Holm'), newcomer('Nils Holm', { constituency: 'university' })];
    const deed = done(does(add(vera, nils), state));
    const notes = joiningNotes({ group: coreGroup, state }, deed, [vera, nils], now);
    expect(notes.map(({ code, facts }) => `${code} ${facts.name}`)).toEqual([
      'is-asked Vera Holm, Nils Holm',
      'is-asked Nils Holm',
      'is-not-asked Vera Holm',
    ]);
    expect(notes[0]?.facts).toMatchObject({ title: 'Datainsamling (enkät)', day: '2022-11-07' });
  });

  test('whom the plan names becomes owner; a name that fits two stays a question', () => {
    const activities = coreGroup.activities.map((activity, n) =>
      n === 0 ? { ...activity, owners: ['tove-lind'], unknownOwners: ['Vera', 'Per'] } : activity,
    );
    const group = { ...coreGroup, activities };
    const deed = done(does(add(newcomer('Vera Holm')), emptyState, group));
    const [first] = deed.group.activities;
    expect(first).toMatchObject({ owners: ['tove-lind', 'vera-holm'], unknownOwners: ['Per'], version: 1 });
    expect(told(deed)[1]).toBe(`owners in ${first?.title}: Tove Lind → Tove Lind, Vera Holm`);
    const notes = joiningNotes({ group, state: emptyState }, deed, [newcomer('Vera Holm')], now);
    expect(notes).toEqual([{ code: 'takes-on', facts: { title: first?.title, name: 'Vera Holm' } }]);
    const two = done(does(add(newcomer('Vera Holm'), newcomer('Vera Ek')), emptyState, group));
    expect(two.group.activities[0]).toBe(activities[0]);
  });

  test('whoever comes back goes on where they were: an ended part is open again, an answer stays', () => {
    const state = withRounds(
      round({ assignments: [...parts, { member: 'vera-holm', state: 'excused', extendedTo: null }] }),
      round({ key: 'datainsamling/2', assignments: [{ member: 'vera-holm', state: 'submitted', extendedTo: null }] }),
    );
    const deed = done(does(add(newcomer('Vera Holm')), state));
    expect(deed.state.rounds[0]).toMatchObject({ version: 1 });
    expect(deed.state.rounds[0]?.assignments.at(-1)).toMatchObject({ member: 'vera-holm', state: 'pending' });
    expect(deed.state.rounds[1]).toBe(state.rounds[1]);
    expect(told(deed)).toContain('excused in Datainsamling (enkät): Vera Holm → null');
    const counts = withRounds(round({ terms: { ...usualTerms, anonymity: 'counts' } }));
    expect(done(does(add(newcomer('Vera Holm')), counts)).state.rounds[0]).toBe(counts.rounds[0]);
  });

  test('nobody twice, nobody from elsewhere, nobody at all: each refused', () => {
    const twice = newcomer('Maja Ek', { key: 'maja-ek-2', identities: [home] });
    const elsewhere = newcomer('Vera Holm', { identities: [{ ...home, tenant: 'another' }] });
    expect(does(add(twice))).toEqual({ ok: false, code: 'already-member' });
    expect(does(add(newcomer('Vera Holm'), newcomer('Vera Holm')))).toEqual({ ok: false, code: 'already-member' });
    expect(does(add(elsewhere))).toEqual({ ok: false, code: 'elsewhere' });
    expect(does(add())).toEqual({ ok: false, code: 'nothing-changes' });
    expect(does(add(newcomer('Vera Holm', { constituency: 'x'.repeat(101) })))).toEqual({
      ok: false,
      code: 'too-long',
    });
    expect(does({ ...add(newcomer('Vera Holm')), seen: 3 } as Command)).toMatchObject({ ok: 'stale', current: 0 });
  });
});
