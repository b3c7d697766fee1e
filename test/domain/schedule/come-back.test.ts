/** What still makes sense for somebody who could not be reached for a while. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { About, MessageKind, Tell } from '../../../src/domain/happening.ts';
import { afterComingBack } from '../../../src/domain/schedule/come-back.ts';
import { emptyState, type GroupState } from '../../../src/domain/state.ts';
import { coreGroup } from '../../support/core-group.ts';
import { at } from '../../support/run.ts';

const round = 'datainsamling/2022-10-12/2022-11-07';
const now = at('2022-10-28T08:00Z');
const open: GroupState = {
  ...emptyState,
  rounds: [
    {
      key: round,
      activity: 'datainsamling',
      instrument: 'role-rating',
      catalogue: 'se-legitimation-2023',
      opensAt: at('2022-10-12T07:00Z'),
      closesAt: at('2022-11-07T23:00Z'),
      openedAt: at('2022-10-12T07:00Z'),
      closedAt: null,
      assignments: [{ member: 'tove-lind', state: 'pending', extendedTo: null }],
    },
  ],
};
const tell = (kind: MessageKind, key: string, about: About = {}, to: Tell['to'] = { member: 'tove-lind' }): Tell => ({
  do: 'tell',
  key,
  at: now,
  kind,
  to,
  about,
});
const about = { round, activity: 'datainsamling' };
const invitation = tell('invitation', `invite:${round}:tove-lind`, about);
const mid = tell('reminder', `remind:${round}:mid:tove-lind`, { ...about, step: 'mid' });

const sent = (tells: Tell[], state = open) => afterComingBack(coreGroup, state, tells, now).send.map(({ key }) => key);

test('an invitation goes before its reminders; of reminders the latest', () => {
  const other = { ...mid, key: 'remind:other' };
  expect(sent([invitation, mid])).toEqual([invitation.key]);
  expect(sent([other, mid])).toEqual([mid.key]);
});

test('what was answered, closed or taken out of the plan meanwhile is not sent', () => {
  const [first] = open.rounds;
  const answered = first && {
    ...first,
    assignments: [{ member: 'tove-lind', state: 'submitted' as const, extendedTo: null }],
  };
  const closed = first && { ...first, closedAt: now };
  for (const changed of [answered, closed])
    expect(sent([invitation, mid], { ...open, rounds: changed ? [changed] : [] })).toEqual([]);
  expect(afterComingBack(coreGroup, { ...open, rounds: [] }, [invitation], now).passed).toEqual([
    { key: invitation.key, why: 'removed' },
  ]);
});

test('one digest tells of everything since the first that was missed', () => {
  const digest = (key: string, after: string, until: string) =>
    tell('digest', key, { after, until }, { channel: 'group' });
  const found = afterComingBack(
    coreGroup,
    open,
    [
      digest('d1', '2022-10-03T07:00:00Z', '2022-10-10T07:00:00Z'),
      digest('d2', '2022-10-10T07:00:00Z', '2022-10-17T07:00:00Z'),
    ],
    now,
  );
  expect(found.send).toEqual([{ key: 'd2', about: { after: '2022-10-03T07:00:00Z', until: '2022-10-17T07:00:00Z' } }]);
  expect(found.passed).toEqual([{ key: 'd1', why: 'superseded' }]);
});

test('whatever waited: each is either sent or passed over, and no matter is told twice', () => {
  const any = fc.uniqueArray(
    fc.record({ kind: fc.constantFrom('invitation', 'reminder', 'welcome', 'notice' as const), n: fc.nat(5) }),
    { selector: ({ kind, n }) => `${kind}${n}`, maxLength: 12 },
  );
  fc.assert(
    fc.property(any, (waiting) => {
      const tells = waiting.map(({ kind, n }) =>
        tell(kind, `${kind}:${n}`, kind === 'invitation' || kind === 'reminder' ? about : {}),
      );
      const { send, passed } = afterComingBack(coreGroup, open, tells, now);
      expect([...send, ...passed].map(({ key }) => key).sort()).toEqual(tells.map(({ key }) => key).sort());
      const ofRound = send.filter(({ key }) => /^(invitation|reminder)/.test(key));
      expect(ofRound.length).toBeLessThanOrEqual(1);
      expect(send.filter(({ key }) => key.startsWith('welcome')).length).toBeLessThanOrEqual(1);
      if (tells.some(({ kind }) => kind === 'invitation')) expect(ofRound[0]?.key).toMatch(/^invitation/);
    }),
  );
});
