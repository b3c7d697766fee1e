/** Between a group before and after a change: about which due points, and to whom, something else is said now than when it was sent. */

import type { Activity, DuePoint, Group } from '../group.ts';
import { effectiveDate, isDated, isFinished } from '../schedule/activities.ts';
import { dueName } from '../schedule/scene.ts';
import type { PlanState, StatusUpdate } from '../state.ts';

/** `due`: the point's key; null: all of the activity's. `members`: everything that was sent to them. */
export type Renewal = { points: { activity: string; due: string | null }[]; members: string[] };

type Whole = { group: Pick<Group, 'activities' | 'members'>; state: Pick<PlanState, 'statuses' | 'aways'> };

export function renewalOf(before: Whole, after: Whole): Renewal {
  return { points: changedPoints(before, after), members: changedMembers(before, after) };
}

function changedPoints(before: Whole, after: Whole): Renewal['points'] {
  const [was, is] = [before, after].map(({ state }) => wordsIn(state)) as [Words, Words];
  const now = new Map(after.group.activities.map((activity) => [activity.key, activity]));
  return before.group.activities.flatMap((old): Renewal['points'] => {
    const activity = now.get(old.key);
    if (!activity || wholeOf(activity) !== wholeOf(old)) return [{ activity: old.key, due: null }];
    return old.due.flatMap((due) => {
      const point = activity.due.find(({ key }) => key === due.key);
      const isSame = point && standOf(activity, point, is) === standOf(old, due, was);
      return isSame ? [] : namesOf(due).map((name) => ({ activity: old.key, due: name }));
    });
  });
}

/** What of an activity decides for all its points. */
const wholeOf = (activity: Activity) => JSON.stringify([activity.parked, isDated(activity), activity.owners]);

type Words = ReadonlyMap<string, StatusUpdate>;
const wordsIn = ({ statuses }: Whole['state']): Words =>
  new Map(statuses.map((word) => [dueName(word.activity, word.due), word]));

/** Where nothing is asked any more, whose word it was and what it says. */
function standOf({ key }: Activity, due: DuePoint, words: Words): string {
  const word = words.get(dueName(key, due.key));
  const said = word && isFinished(word) ? [word.status, word.note, word.by, `${word.at}`] : [];
  return JSON.stringify([`${effectiveDate(due, word)}`, ...said]);
}

/** A message from before it was moved has the key it had then. */
const namesOf = ({ key, first }: DuePoint) => (first === undefined ? [key] : [key, first]);

/** Who came, who left, whose role is another, and who stands in for somebody or does no more. */
function changedMembers(before: Whole, after: Whole): string[] {
  const changed = new Set(difference(standIns(before), standIns(after)).map(([, substitute = '']) => substitute));
  if (before.group.members !== after.group.members)
    for (const [key = ''] of difference(rolesOf(before), rolesOf(after))) changed.add(key);
  return [...changed].filter((key) => key !== '');
}

const rolesOf = ({ group }: Whole) => group.members.map(({ key, role }) => [key, role]);
const standIns = ({ state }: Whole) => (state.aways ?? []).map(({ member, substitute }) => [member, substitute ?? '']);

/** Those that are in only one of the lists. */
function difference(one: string[][], other: string[][]): string[][] {
  const [inOne, inOther] = [one, other].map((list) => new Set(list.map((item) => item.join('\n'))));
  const isIn = (item: string[], set: Set<string> | undefined) => set?.has(item.join('\n'));
  return [...one.filter((item) => !isIn(item, inOther)), ...other.filter((item) => !isIn(item, inOne))];
}
