/** What a message about a due point says when it asks nothing any more: who, when, and whether its reader may say otherwise. */

import { expect, test } from 'vitest';
import { dueOverModel } from '../../src/app/models/due-over.ts';
import type { Activity, Member } from '../../src/domain/group.ts';
import { keys } from '../../src/domain/schedule/keys.ts';
import { emptyState, type StatusUpdate } from '../../src/domain/state.ts';
import { coreGroup } from '../support/core-group.ts';

const activity = 'kunskapssammanstallning';
const due = '2022-10-12';
const title = 'Kunskapssammanställning';
const key = keys.status(activity, due, Temporal.PlainDate.from(due))('tove-lind');
type More = { as?: Partial<Activity>; word?: Partial<StatusUpdate>; members?: Member[]; title?: string };
function model({ as = {}, word, members = coreGroup.members, title }: More, reader = 'tove-lind') {
  const activities = coreGroup.activities.map((one) => (one.key === activity ? { ...one, ...as } : one));
  const at = Temporal.Instant.from('2022-10-11T22:30:00Z');
  const said = { activity, due, status: 'done' as const, note: '', newDate: null, by: 'disa-norr', at, ...word };
  const state = { ...emptyState, statuses: word ? [said] : [] };
  const about = { activity, due, ...(title && { title }) };
  return dueOverModel(
    { id: '', group: { ...coreGroup, activities, members }, state },
    { key, kind: 'status', about },
    reader,
  );
}
const nobody = { day: '', by: '', note: '', owners: [], ref: '', activity: title, group: coreGroup.name };

test('theirs and not done: nothing is over', () => {
  expect(model({})).toBeNull();
  expect(model({ word: { status: 'late' } })).toBeNull();
});

test('done: by whom, on which day where the group is, with the note; whoever may speak for it may still say otherwise', () => {
  const done = {
    ...nobody,
    why: 'done',
    by: 'Disa Norr',
    day: '2022-10-12',
    note: 'Klart',
    ref: `karriarvagar|${activity}|${due}`,
  };
  expect(model({ word: { note: 'Klart' } })).toEqual(done);
  expect(model({ word: { note: 'Klart' } }, 'maja-ek')).toEqual(done);
  expect(model({ word: { note: 'Klart' }, as: { owners: ['disa-norr'] } })).toEqual({ ...done, ref: '' });
  expect(model({ word: { status: 'stopped', by: null } })).toMatchObject({ why: 'stopped', by: '' });
});

test('moved, set aside, somebody else’s', () => {
  expect(model({ word: { status: 'late', newDate: Temporal.PlainDate.from('2022-10-20') } })).toEqual({
    ...nobody,
    why: 'moved',
    day: '2022-10-20',
  });
  expect(model({ as: { parked: true } })).toEqual({ ...nobody, why: 'parked' });
  expect(model({ as: { owners: ['disa-norr'], unknownOwners: ['Ulla'] } })).toEqual({
    ...nobody,
    why: 'another',
    owners: ['Disa Norr', 'Ulla'],
  });
});

test('out of the plan, by the name it had there; and whoever is out of the group', () => {
  expect(model({ as: { key: 'gone' }, title })).toEqual({ ...nobody, why: 'removed' });
  expect(model({ as: { ongoing: true } })).toEqual({ ...nobody, why: 'removed' });
  const members = coreGroup.members.filter((one) => one.key !== 'tove-lind');
  expect(model({ members })).toEqual({ ...nobody, why: 'left' });
});
