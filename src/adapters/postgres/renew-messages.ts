/**
 * Invitations, reminders and receipts say until when one may answer. When that day moves, or the survey is over for somebody (closed,
 * cancelled, they are excused or out of the group), each is put anew where it stands: ledger rows that replace, once for each place and
 * change. Nothing new is sent to anybody. All of it runs inside the transaction that changed the round.
 */

import type { PoolClient } from 'pg';
import type { Group } from '../../domain/group.ts';
import { closeFor } from '../../domain/schedule/rounds.ts';
import type { Assignment, Round } from '../../domain/state.ts';
import { isWaiting } from '../../domain/steering/run-round.ts';
import { dateOf } from './rows.ts';

/** A round and who is in its group. */
export type Standing = { round: Round; members: ReadonlySet<string> };

export const keysOf = ({ members }: Pick<Group, 'members'>): ReadonlySet<string> =>
  new Set(members.map(({ key }) => key));

/** Whatever is different between a round before and after. */
export async function renewMessages(
  client: PoolClient,
  groupId: string,
  before: Standing,
  after: Standing,
  at: Temporal.Instant,
): Promise<void> {
  const { round } = before;
  if (!round.openedAt || (round.closedAt && after.round.closedAt)) return;
  const isTurned = Boolean(round.closedAt) !== Boolean(after.round.closedAt);
  const isMoved = !round.closesAt.equals(after.round.closesAt);
  if (isTurned || isMoved) await renewReceipts(client, groupId, after.round.key, isTurned ? null : round.closesAt, at);
  const was = new Map(round.assignments.map((part) => [part.member, part]));
  const moved = after.round.assignments.flatMap((part) => {
    const old = was.get(part.member);
    const now = askedOf(after, part);
    return old && now !== null && now !== askedOf(before, old) ? [part.member] : [];
  });
  if (moved.length > 0) await renewInvitations(client, groupId, after.round.key, moved, at);
}

/** The round has closed by itself, and the group has not changed. */
export async function renewClosed(
  client: PoolClient,
  groupId: string,
  round: string,
  at: Temporal.Instant,
): Promise<void> {
  await renewReceipts(client, groupId, round, null, at);
  await renewInvitations(client, groupId, round, null, at);
}

/** What the invitation of whoever has not answered comes down to; null: theirs is a receipt. */
function askedOf({ round, members }: Standing, part: Assignment): string | null {
  if (part.state === 'excused') return `excused ${part.substitute ?? ''}`;
  if (!isWaiting(part)) return null;
  if (!members.has(part.member)) return 'left';
  return round.closedAt ? 'closed' : closeFor(round, part).toString();
}

/**
 * Whoever went from page to page a moment ago has one open, and in Teams a message that is put anew takes its place: what they are
 * writing would be gone. Theirs waits until they have had the time to hand it in.
 */
export const pageTime = "interval '15 minutes'";
const whenNotWriting = (at: string) => `(
  select max(s.at) + ${pageTime} from submission s
  where place.platform = 'teams' and s.assignment_id = place.assignment and s.at > ${at}::timestamptz - ${pageTime}
    and not exists (select 1 from assignment a where a.id = s.assignment_id and a.state = 'submitted' and a.submitted_at >= s.at))`;

/**
 * Thousands at once are spread, so that whatever else is due in their lane meanwhile goes in between: five a second; after the first few
 * in Slack, which takes some fifty a minute (chat.update is of its third tier) and receipts among them, two in three seconds.
 */
const nth = `(row_number() over (partition by place.lane order by place.id) - 1)`;
export const spreadFrom = (at: string) => `${at}::timestamptz + interval '1 second'
  * case when place.platform = 'slack' then greatest(${nth} / 5, (${nth} - 10) * 3 / 2) else ${nth} / 5 end`;
const dueAt = (at: string) => `coalesce(${whenNotWriting(at)}, ${spreadFrom(at)})`;

/**
 * Invitations and reminders of the round `r` that stand in people's chats, found by their names in the ledger (`domain/schedule/keys.ts`,
 * in the index one behind the other), and each one's part `a`. Step by step: without statistics PostgreSQL would go through thousands for each of thousands.
 */
const said = `
  cross join lateral (values ('invite:'), ('remind:'), ('again:round:')) as said (what)
  cross join lateral (select * from delivery
    where group_id = r.group_id and key >= what || r.key || ':' and key < what || r.key || ';'
      and kind in ('invitation', 'reminder') and mode = 'post' and reference is not null offset 0) as d
  cross join lateral (select a.*, m.removed_at from member m join assignment a on a.member_id = m.id and a.round_id = r.id
    where m.group_id = r.group_id and m.key = d.member_key offset 0) as a`;

/**
 * For everybody who has answered: those whose own last day is not what it was when the round closed at `before`; null: for all. What
 * stands beside the receipt and still asks (`beside`) says that it is answered.
 */
async function renewReceipts(
  client: PoolClient,
  groupId: string,
  round: string,
  before: Temporal.Instant | null,
  at: Temporal.Instant,
): Promise<void> {
  const moved = `a.state = 'submitted' and ($3::timestamptz is null
    or r.closed_at is null and greatest(r.closes_at, a.extended_to) <> greatest($3::timestamptz, a.extended_to))`;
  await client.query(
    `with place as (
       select distinct on (d.reference) d.*, ${change} as change
       from round r join working_group g on g.id = r.group_id cross join lateral (
         select d.*, a.id as assignment from (select) as one ${said} where ${moved}
         union all
         select d.*, a.id from assignment a cross join lateral (select * from delivery
           where group_id = r.group_id and key >= 'receipt:' || a.id || ':' and key < 'receipt:' || a.id || ';'
             and mode = 'replace' and reference is not null offset 0) as d
         where a.round_id = r.id and ${moved}) as d
       where r.group_id = $1 and r.key = $2
       order by d.reference, d.kind = 'receipt' desc, d.id desc)
     insert into delivery (group_id, key, kind, mode, member_key, about, platform, lane, address, due_at, state, reference)
     select group_id,
       case when kind = 'receipt' then regexp_replace(key, ':until:[^:]*$', '') else 'receipt:' || assignment || ':' || key end || ':until:' || change,
       'receipt', 'replace', member_key,
       jsonb_build_object('assignment', assignment::text)
         || case when kind = 'receipt' and not about ? 'beside' then '{}' else '{"beside": "1"}' end::jsonb, platform, lane, address, ${dueAt('$4')}, 'planned', reference
     from place on conflict (group_id, key) do nothing`,
    [groupId, round, before && dateOf(before), dateOf(at)],
  );
}

/** For these members, who have not answered; null: for all who have not. The keys' form is known to `many.ts`: nothing is decided by them. */
async function renewInvitations(
  client: PoolClient,
  groupId: string,
  round: string,
  members: string[] | null,
  at: Temporal.Instant,
): Promise<void> {
  await client.query(
    `with place as (
       select d.*, ${change} as change, a.id as assignment
       from round r join working_group g on g.id = r.group_id ${said}
       where r.group_id = $1 and r.key = $2
         and case when $3::text[] is null then a.state in ('pending', 'draft') and a.removed_at is null
           else d.member_key in (select unnest($3::text[])) end)
     insert into delivery (group_id, key, kind, mode, member_key, about, platform, lane, address, due_at, state, reference)
     select group_id, 'renewed:' || key || ':' || change, kind, 'replace', member_key, about, platform, lane,
       address, ${dueAt('$4')}, 'planned', reference
     from place on conflict (group_id, key) do nothing`,
    [groupId, round, members, dateOf(at)],
  );
}

/** Whatever people change counts one of the versions up; closing by itself counts none. */
const change = `(r.version || '.' || g.version || case when r.closed_at is null then '' else '.closed' end)`;
