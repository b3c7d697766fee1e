/** A running group's plan is imported again: what that changes, and the change itself. */

import type { DifferenceLine } from '../cards/models.ts';
import { say } from '../cards/words.ts';
import { endOfDay } from '../domain/calendar.ts';
import type { Activity, DuePoint, Group, Member } from '../domain/group.ts';
import { dueDay } from '../domain/group.ts';
import { type DifferenceFacts, type PlanDifference, planDifference } from '../domain/plan/difference.ts';
import type { Draft, DraftReading } from '../domain/plan/draft.ts';
import { roundKey } from '../domain/schedule/opening.ts';
import { type Change, type PlanState, wordOn } from '../domain/state.ts';
import type { Applied, StoredDraft } from '../ports/drafts.ts';
import type { Former, NewAuditEntry } from '../ports/steering.ts';
import type { Glance, Person } from '../ports/store.ts';
import { countryOf, draftNow, type ImportWorld, reading } from './drafts.ts';
import { differenceLines, spanOf } from './drafts-models.ts';

export type Found = {
  loaded: Glance;
  read: Extract<DraftReading, { ok: true }>;
  difference: PlanDifference;
  nameOf: (key: string) => string;
  isOpen: (activity: string) => boolean;
};

/** What the draft changes in its group as it is now, or as it has `just` been looked at. */
export async function differenceFor(
  world: ImportWorld,
  stored: StoredDraft,
  just: Glance | null = null,
): Promise<Found | { fault: string }> {
  const known = just?.group.key === stored.group ? just : null;
  const loaded = known ?? (stored.group ? await world.store.groups.glance(stored.group) : null);
  if (!loaded) return { fault: 'over' };
  const read = reading(world, stored.draft);
  return read.ok ? found(loaded, stored.draft, read) : { fault: read.code };
}

function found(loaded: Glance, draft: Draft, read: Found['read']): Found {
  const { group, state } = loaded;
  const wanted = read.rows.map(({ activity }) => activity);
  const names = new Map([...draft.people, ...group.members].map(({ key, name }) => [key, name]));
  return {
    loaded,
    read,
    difference: planDifference(group.activities, wanted, factsOf(state)),
    nameOf: (key) => names.get(key) ?? key,
    isOpen: (activity) =>
      state.rounds.some((round) => round.activity === activity && round.openedAt !== null && round.closedAt === null),
  };
}

function factsOf({ statuses, changes }: PlanState): DifferenceFacts {
  const moved = new Map(statuses.map(({ activity, due, newDate }) => [`${activity} ${due}`, newDate]));
  const parked = new Map(changes.filter(({ kind }) => kind === 'parked').map((one) => [one.activity, one]));
  return {
    movedTo: (activity, due) => moved.get(`${activity} ${due}`) ?? null,
    wasDropped: (activity) => parked.get(activity)?.facts.why === 'plan',
  };
}

/** The plan as people see it now, to tell later whether somebody has changed it. */
export function baseOf({ group, state }: Glance): Activity[] {
  const { movedTo } = factsOf(state);
  return group.activities.map(({ version: _, ...activity }) => ({
    ...activity,
    due: activity.due.map((due): DuePoint => {
      const on = movedTo(activity.key, due.key);
      return on ? { key: due.key, on } : due;
    }),
  }));
}

/** Everything of an activity that can be another when somebody changes it, in one order wherever it comes from. */
const printed = [
  ...['key', 'title', 'kind', 'owners', 'unknownOwners', 'due', 'on', 'from', 'to', 'ongoing', 'optional', 'links'],
  ...['instrument', 'catalogue', 'parked'],
];
const printOf = (activities: Activity[] | null) => JSON.stringify(activities, printed);

/** What has become of the plan since `base` was shown. */
export function changedSince(base: Activity[], { loaded, nameOf, isOpen }: Found): DifferenceLine[] {
  const running = new Set(loaded.group.activities.flatMap(({ key, parked }) => (parked ? [] : [key])));
  const facts: DifferenceFacts = { movedTo: () => null, wasDropped: (activity) => running.has(activity) };
  // A survey of the chat's own, which belongs to no plan, is the same one before and after.
  const all = (activities: Activity[]) => activities.map(({ added: _, ...activity }) => activity);
  return differenceLines(planDifference(all(base), all(baseOf(loaded)), facts), { nameOf, isOpen });
}

/** Rows in which a name means somebody else, or nobody, since people of the group have come and gone. */
export function namedOtherwise(world: ImportWorld, before: Draft, after: Draft): DifferenceLine[] {
  const [was, is] = [before, after].map((draft) => meantIn(world, draft)) as [Meant, Meant];
  return [...was].flatMap(([line, { activity, who }]): DifferenceLine[] => {
    const now = is.get(line)?.who ?? new Map<string, string>();
    const only = (one: Map<string, string>, other: Map<string, string>) =>
      [...one].flatMap(([id, name]) => (other.has(id) ? [] : [name]));
    const names = [...new Set([...only(who, now), ...only(now, who)])];
    return names.length > 0 ? [{ what: 'named', activity, names }] : [];
  });
}

type Meant = Map<number, { activity: string; who: Map<string, string> }>;

/** By the row's line: whom it names, by who they are and not by their key in the draft. */
function meantIn(world: ImportWorld, draft: Draft): Meant {
  const read = reading(world, draft);
  const people = new Map(draft.people.map((person) => [person.key, person]));
  const of = ({ owners, unknownOwners }: Activity) => [
    ...(owners === 'all' ? [] : owners).map((key): [string, string] => {
      const { user = '', name = key } = people.get(key) ?? {};
      return [user === '' ? `key ${key}` : `user ${user}`, name];
    }),
    ...unknownOwners.map((name): [string, string] => [`name ${name}`, name]),
  ];
  const rows = read.ok ? read.rows : [];
  return new Map(rows.map(({ line, activity }) => [line, { activity: activity.title, who: new Map(of(activity)) }]));
}

/** Null when the plan is not as it was when the difference was shown: then it must be shown anew. */
export function applied(
  world: ImportWorld,
  stored: StoredDraft,
  by: Person,
  loaded: Glance,
  former: readonly Former[],
): (Applied & { total: number }) | null {
  if (printOf(stored.base) !== printOf(baseOf(loaded))) return null;
  const draft = draftNow(stored, loaded.group, former);
  const read = reading(world, draft);
  if (!read.ok || namedOtherwise(world, stored.draft, draft).length > 0) return null;
  const it = found(loaded, draft, read);
  const { difference } = it;
  const { altered, removed } = difference;
  const members = withOwners(loaded.group, { ...stored, draft }, difference.activities);
  return {
    total: differenceLines(difference, it).length,
    group: {
      ...loaded.group,
      activities: difference.activities,
      members,
    },
    closes: closesOf(it),
    restated: altered.flatMap(({ was, moved }) =>
      moved.flatMap(({ key, from, to }) => {
        const said = from && to && wordOn(loaded.state, was.key, key);
        return said?.newDate && to ? [{ activity: was.key, due: key, to: dueDay(to) }] : [];
      }),
    ),
    touched: [...altered.map(({ was }) => was.key), ...removed.map(({ key }) => key)],
    changes: changesOf(it, world.now),
    by: by.member.key,
    entries: [...entriesOf(it, by.member, world.now), ...newcomers(loaded.group, members, by.member, world.now)],
  };
}

/** People of the channel whom the plan names, and who were not in the group, are members from now on. */
function withOwners(group: Group, { draft, author }: StoredDraft, activities: readonly Activity[]): Member[] {
  const known = new Set(group.members.map(({ key }) => key));
  const named = new Set(activities.flatMap(({ owners }) => (owners === 'all' ? [] : owners)));
  const news = draft.people.filter(({ key, user }) => named.has(key) && !known.has(key) && user !== '');
  const unstated = say(group.language, 'import.unstated');
  // The roster was that of the group's channel, wherever its convenor wrote from.
  const { platform, tenant } = group.channels.find(({ purpose }) => purpose === 'group') ?? author;
  return [
    ...group.members,
    ...news.map((person): Member => {
      const { key, name, user, language, timeZone } = person;
      return {
        key,
        name,
        organisation: unstated,
        constituency: unstated,
        country: countryOf(timeZone, group.country),
        language: language ?? group.language,
        role: 'member',
        timeZone: timeZone ?? group.timeZone,
        identities: [{ platform, tenant, user }],
      };
    }),
  ];
}

function newcomers(group: Group, members: Member[], by: Member, at: Temporal.Instant): NewAuditEntry[] {
  const version = (group.version ?? 0) + 1;
  return members.slice(group.members.length).map(({ key, name }) => ({
    ...{ at, by: by.key, byName: by.name, action: 'import-plan', version },
    ...{ subject: `member:${key}`, subjectName: name, field: 'member', from: null, to: name },
  }));
}

/** A window that was moved while its round is open closes on its new last day. */
function closesOf({ loaded, difference }: Found): Applied['closes'] {
  const { group, state } = loaded;
  return difference.altered.flatMap(({ was, moved }) =>
    moved.flatMap(({ from, to }) => {
      if (!from || !to || !('to' in to)) return [];
      const key = roundKey(was, from);
      const round = state.rounds.find((one) => one.key === key && one.openedAt !== null && one.closedAt === null);
      return round ? [{ round: key, at: endOfDay(to.to, group.timeZone) }] : [];
    }),
  );
}

function changesOf({ difference, nameOf }: Found, at: Temporal.Instant): Change[] {
  const { activities, added, altered, removed } = difference;
  const running = activities.filter(({ parked }) => !parked).length;
  const change = (kind: Change['kind'], activity: string | null, facts: Record<string, string>): Change => ({
    at,
    kind,
    activity,
    facts,
  });
  return [
    change('plan-imported', null, { activities: String(running) }),
    ...added.map(({ key }) => change('added', key, {})),
    ...altered.flatMap(({ was, becomes, renamed, moved, ownersChanged, back }) => [
      ...(back ? [change('unparked', becomes.key, { why: 'plan' })] : []),
      ...(renamed ? [change('renamed', becomes.key, { from: was.title })] : []),
      ...moved.flatMap(({ from, to }) =>
        to ? [change('date-moved', becomes.key, { from: from ? `${dueDay(from)}` : '', to: `${dueDay(to)}` })] : [],
      ),
      ...(ownersChanged && becomes.owners !== 'all' && becomes.owners.length > 0
        ? [change('owner-set', becomes.key, { owner: becomes.owners.map(nameOf).join(', ') })]
        : []),
    ]),
    ...removed.map(({ key }) => change('parked', key, { why: 'plan' })),
  ];
}

/** One line of the audit for each thing that is not as it was. */
function entriesOf({ difference, nameOf }: Found, by: Member, at: Temporal.Instant): NewAuditEntry[] {
  const { added, altered, removed } = difference;
  const entry = (activity: Activity, field: string, from: string | null, to: string | null): NewAuditEntry => ({
    at,
    by: by.key,
    byName: by.name,
    action: 'import-plan',
    subject: `activity:${activity.key}`,
    subjectName: activity.title,
    field,
    from,
    to,
    version: (activity.version ?? 0) + 1,
  });
  const owners = ({ owners: named, unknownOwners }: Activity) =>
    named === 'all' ? 'all' : [...named.map(nameOf), ...unknownOwners].join(', ');
  const days = (due: DuePoint | null) => (due ? Object.values(spanOf(due)).join('/') : null);
  return [
    ...added.map((activity) => entry(activity, 'added', null, activity.title)),
    ...removed.map((activity) => entry(activity, 'parked', 'false', 'true')),
    ...altered.flatMap(({ was, becomes, renamed, moved, ownersChanged, kindChanged, back }) => [
      ...(back ? [entry(becomes, 'parked', 'true', 'false')] : []),
      ...(renamed ? [entry(becomes, 'title', was.title, becomes.title)] : []),
      ...moved.map(({ from, to }) => entry(becomes, 'due', days(from), days(to))),
      ...(ownersChanged ? [entry(becomes, 'owners', owners(was), owners(becomes))] : []),
      ...(kindChanged ? [entry(becomes, 'kind', was.kind, becomes.kind)] : []),
    ]),
  ];
}
