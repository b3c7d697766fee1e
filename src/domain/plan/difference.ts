/** What importing a plan again changes in a running group. Activities that stay keep their keys, and with them their history. */

import { type Activity, type DuePoint, lastingName } from '../group.ts';
import { mostAlike } from './likeness.ts';
import { dueKey, firstDay, lastDay } from './plan.ts';

/** One due point that is not where it was; null on the side where there is none. */
export type Moved = { key: string; from: DuePoint | null; to: DuePoint | null };

export type Altered = {
  was: Activity;
  becomes: Activity;
  renamed: boolean;
  moved: Moved[];
  ownersChanged: boolean;
  kindChanged: boolean;
  /** Was set aside because the plan no longer had it. */
  back: boolean;
};

export type PlanDifference = {
  added: Activity[];
  removed: Activity[];
  altered: Altered[];
  /** What the group then runs: the plan's activities in its order, then what is kept though it is not in the plan. */
  activities: Activity[];
};

export type DifferenceFacts = {
  /** The day a due point was moved to in the chat; null when it stands where the plan put it. */
  movedTo: (activity: string, due: string) => Temporal.PlainDate | null;
  /** Was set aside by an earlier import: if the plan has it again, it is back. */
  wasDropped: (activity: string) => boolean;
};

/**
 * @param before as the group has them, with those set aside
 * @param after as the new plan has them; their keys are proposals
 */
export function planDifference(
  before: readonly Activity[],
  after: readonly Activity[],
  facts: DifferenceFacts,
): PlanDifference {
  const partners = pair(before, after);
  const taken = new Set(before.map(({ key }) => key));
  const added: Activity[] = [];
  const altered: Altered[] = [];
  const running = after.map((wanted) => {
    const was = partners.get(wanted);
    if (!was) {
      const made = { ...wanted, key: freeKey(wanted.key, taken) };
      taken.add(made.key);
      added.push(made);
      return made;
    }
    const change = alter(was, wanted, facts);
    if (isNews(change)) altered.push(change);
    return change.becomes;
  });
  const stayed = new Set(partners.values());
  const gone = before.filter((activity) => !stayed.has(activity));
  // What was made in the chat belongs to no plan; what is set aside already cannot be removed once more.
  const removed = gone.filter(({ added, parked }) => !added && !parked);
  const kept = gone.map((activity) => (removed.includes(activity) ? { ...activity, parked: true } : activity));
  return { added, removed, altered, activities: [...running, ...kept] };
}

export function isSame({ added, removed, altered }: PlanDifference): boolean {
  return added.length + removed.length + altered.length === 0;
}

const isNews = ({ renamed, moved, ownersChanged, kindChanged, back }: Altered) =>
  renamed || moved.length > 0 || ownersChanged || kindChanged || back;

/** Which activity a row of the plan is: the same title, else the most similar title with the same owners and dates. */
function pair(before: readonly Activity[], after: readonly Activity[]): Map<Activity, Activity> {
  const partners = new Map<Activity, Activity>();
  const left = new Set(before.filter(({ added }) => !added));
  const match = (wanted: Activity, was: Activity) => {
    partners.set(wanted, was);
    left.delete(was);
  };
  const sameTitle = Map.groupBy(left, titleOf);
  // Of several with one title, those that are alike in all else belong together.
  for (const alike of [(one: Activity, other: Activity) => alikeness(one, other) === 2, () => true]) {
    for (const wanted of after) {
      if (partners.has(wanted)) continue;
      const was = sameTitle.get(titleOf(wanted))?.find((one) => left.has(one) && alike(one, wanted));
      if (was) match(wanted, was);
    }
  }
  const rest = after.filter((wanted) => !partners.has(wanted));
  for (const [wanted, was] of mostAlike(rest, [...left], titleOf, half, fits)) match(wanted, was);
  return partners;
}

const titleOf = ({ title }: Activity) => title.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();

const half = 0.45;

/** Half the title is enough when owners and dates are the same; nearly all of it when only one of them is. */
const fits = (likeness: number, one: Activity, other: Activity) =>
  likeness >= ([1, 0.75, half][alikeness(one, other)] ?? 1);

function alikeness(one: Activity, other: Activity): number {
  return Number(ownersOf(one) === ownersOf(other)) + Number(daysOf(one) === daysOf(other));
}

const ownersOf = ({ owners, unknownOwners }: Activity) =>
  JSON.stringify(owners === 'all' ? owners : [owners.toSorted(), unknownOwners.toSorted()]);
const daysOf = ({ due }: Activity) => due.map(dueKey).toSorted().join(' ');

function alter(was: Activity, wanted: Activity, facts: DifferenceFacts): Altered {
  const { due, moved } = alterDue(was, wanted.due, facts);
  const back = was.parked && facts.wasDropped(was.key);
  const becomes: Activity = {
    ...was,
    ...wanted,
    key: was.key,
    due,
    parked: was.parked && !back,
    // A list that was chosen in the chat stays until the plan's review chooses another.
    catalogue: wanted.catalogue ?? (wanted.instrument ? (was.catalogue ?? null) : null),
  };
  return {
    was,
    becomes,
    renamed: titleOf(was) !== titleOf(wanted),
    moved,
    ownersChanged: ownersOf(was) !== ownersOf(wanted),
    kindChanged: was.kind !== wanted.kind,
    back,
  };
}

/** A due point that moves keeps its key: what was said of it, and its round, go with it. */
function alterDue(was: Activity, wanted: readonly DuePoint[], { movedTo }: DifferenceFacts) {
  const left = [...was.due];
  const due = new Map<DuePoint, DuePoint>();
  for (const point of wanted) {
    const at = left.findIndex((one) => dueKey(one) === dueKey(point));
    if (at >= 0) due.set(point, left.splice(at, 1)[0] as DuePoint);
  }
  const moved: Moved[] = [];
  const keys = new Set(was.due.flatMap((one) => [one.key, lastingName(one)]));
  for (const point of wanted.filter((one) => !due.has(one))) {
    const from = left.shift() ?? null;
    const key = from?.key ?? freeDueKey(point, keys);
    keys.add(key);
    const to = { ...point, key, ...(from?.first !== undefined && { first: from.first }) };
    due.set(point, to);
    moved.push({ key, from: from && shown(from, movedTo(was.key, from.key)), to });
  }
  moved.push(...left.map((from) => ({ key: from.key, from: shown(from, movedTo(was.key, from.key)), to: null })));
  return { due: wanted.map((point) => due.get(point) as DuePoint), moved };
}

const shown = (due: DuePoint, on: Temporal.PlainDate | null): DuePoint => (on ? { key: due.key, on } : due);

/** A key that names the due point's days and is none of these. */
export function freeDueKey(due: DuePoint, taken: ReadonlySet<string>): string {
  const [first, last] = [firstDay(due), lastDay(due)];
  // Each names the same days: the second is for a day whose own name is taken by a point that has moved away.
  const names = [dueKey(due), `${first}/${last}`, `${last}/${first}/${last}`];
  return names.find((name) => !taken.has(name)) ?? `${taken.size}/${last}`;
}

function freeKey(base: string, taken: ReadonlySet<string>): string {
  let key = base;
  for (let number = 2; taken.has(key); number += 1) key = `${base}-${number}`;
  return key;
}
