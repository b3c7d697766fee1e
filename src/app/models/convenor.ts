/** What the convenor's overview, a running round, an activity and the log show: lists in pages, never cut. */

import type {
  ActivityModel,
  AuditLine,
  AuditModel,
  LiveModel,
  SeatEntry,
  SeatModel,
} from '../../cards/convenor-models.ts';
import type { When } from '../../cards/models.ts';
import type { Activity, Group } from '../../domain/group.ts';
import { roundKey } from '../../domain/schedule/opening.ts';
import { lastDay } from '../../domain/schedule/reminders.ts';
import { type PlanState, wordOn } from '../../domain/state.ts';
import type { AuditEntry } from '../../ports/steering.ts';
import type { LiveStatus, RoundStatus } from '../steering.ts';
import { effectiveDay, onlyRounds } from './activity.ts';
import { attentionOf, ownersText } from './attention.ts';
import { pageOf, rowsOnAPage } from './pages.ts';
import { instantText } from './rating.ts';

export const whenIn = (at: Temporal.Instant, zone: string): When => ({ instant: instantText(at), zone });

const firstDay = (at: Temporal.Instant, zone: string) => at.toZonedDateTimeISO(zone).toPlainDate().toString();

export type SeatParts = {
  group: Group;
  state: PlanState;
  rounds: RoundStatus[];
  may: string[];
  others: SeatModel['others'];
  today: Temporal.PlainDate;
};

export function seatModel(
  { group, state, rounds, may, others, today }: SeatParts,
  { page, show, said }: { page: number; show: SeatModel['show']; said: string },
): SeatModel {
  const attention = attentionOf(group, state, today);
  const sections: SeatEntry['section'][] = ['late', 'blocked', 'unowned', 'ahead'];
  const lines = sections.flatMap((section) =>
    section === 'rounds' ? [] : attention[section].map((line): SeatEntry => ({ section, ...line })),
  );
  const shown = show === 'rounds' ? rounds : rounds.filter((round) => isCurrent(round, today, group.timeZone));
  const entries = [...shown.map((round) => roundEntry(round, group.timeZone)), ...(show === 'rounds' ? [] : lines)];
  const { rows, ...paged } = pageOf(entries, page);
  const unreached = new Set(rounds.flatMap((round) => round.unreached?.map(({ member }) => member) ?? []));
  return {
    ref: group.key,
    group: group.name,
    said,
    show,
    counts: {
      open: rounds.filter(({ state: is }) => is === 'open' || is === 'paused').length,
      late: attention.late.length,
      blocked: attention.blocked.length,
      unowned: attention.unowned.length,
      unreached: unreached.size,
    },
    entries: rows,
    ...paged,
    may,
    others,
  };
}

/** Not long over: what closed in the last two weeks still is of interest, and what waits for approval always. */
function isCurrent({ state, awaitsApproval, closesAt }: RoundStatus, today: Temporal.PlainDate, zone: string): boolean {
  if (state === 'cancelled') return false;
  if (state !== 'closed' || awaitsApproval) return true;
  return Temporal.PlainDate.compare(lastDay(closesAt, zone).add({ days: 14 }), today) >= 0;
}

function roundEntry(round: RoundStatus, zone: string): SeatEntry {
  const { state, awaitsApproval, invited, submitted, title } = round;
  return {
    section: 'rounds',
    key: round.round,
    title,
    state,
    awaitsApproval,
    opens: firstDay(round.opensAt, zone),
    closes: lastDay(round.closesAt, zone).toString(),
    invited,
    submitted,
  };
}

export function liveModel(group: Group, live: LiveStatus, may: string[], page: number, said: string): LiveModel {
  const zone = group.timeZone;
  const closes = lastDay(live.closesAt, zone).toString();
  const people: LiveModel['people'] = [
    ...(live.unreached ?? []).map(({ name, reason }) => ({ why: 'unreached' as const, name, reason })),
    ...(live.missing ?? []).map(({ name, constituency, state, closesAt }) => {
      const own = lastDay(closesAt, zone).toString();
      return { why: state, name, constituency, until: own === closes ? null : own };
    }),
  ];
  const { rows, ...paged } = pageOf(people, page);
  const { round, activity, title, version, state, awaitsApproval, invited, submitted, draft, declined, excused } = live;
  return {
    ref: group.key,
    round,
    activity,
    group: group.name,
    title,
    version,
    said,
    state,
    awaitsApproval,
    opens: firstDay(live.opensAt, zone),
    closes,
    invited,
    submitted,
    draft,
    declined,
    excused,
    constituencies: live.constituencies,
    names: live.anonymity === 'counts' ? 'hidden' : live.missing ? 'shown' : 'none',
    people: rows,
    ...paged,
    nextReminder: live.nextReminder ? whenIn(live.nextReminder, zone) : null,
    may,
  };
}

export function activityModel(
  group: Group,
  state: PlanState,
  activity: Activity,
  may: string[],
  { page, said }: { page: number; said: string },
): ActivityModel {
  const { rows, ...paged } = pageOf(activity.due, page);
  const window = activity.due.find(
    (due) => 'from' in due && !state.rounds.some(({ key }) => key === roundKey(activity, due)),
  );
  return {
    ref: group.key,
    key: activity.key,
    group: group.name,
    title: activity.title,
    version: activity.version ?? 0,
    said,
    owners: ownersText(group, activity, onlyRounds(state, activity)),
    parked: activity.parked,
    ...paged,
    points: rows.map((due) => ({
      key: due.key,
      day: effectiveDay(group, state, activity, due).toString(),
      status: wordOn(state, activity.key, due.key)?.status ?? null,
    })),
    window: window?.key ?? null,
    may,
  };
}

export const auditLine =
  (zone: string) =>
  (entry: AuditEntry): AuditLine => ({
    at: whenIn(entry.at, zone),
    by: entry.byName,
    ...(entry.by.startsWith('admin:') ? { isAdmin: true } : {}),
    action: entry.action,
    subject: entry.subjectName,
    field: entry.field,
    from: entry.from,
    to: entry.to,
  });

/** `entries`: everything up to the end of this page and one more. */
export function auditModel(group: Group, entries: AuditEntry[], page: number): AuditModel {
  const rows = entries.slice((page - 1) * rowsOnAPage, page * rowsOnAPage);
  return {
    ref: group.key,
    group: group.name,
    page,
    more: entries.length > page * rowsOnAPage,
    entries: rows.map(auditLine(group.timeZone)),
  };
}

/** How many entries of the audit a page needs. */
export const auditLimit = (page: number): number => page * rowsOnAPage + 1;
