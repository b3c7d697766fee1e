/**
 * Invitations, reminders and receipts say until when one may answer. When that day moves, or a survey is cancelled, each is put anew
 * where it stands: ledger rows that replace, once for each place and version of the round. Nothing new is sent to anybody. All of it
 * runs inside the transaction that changed the round.
 */

import type { PoolClient } from 'pg';
import { closeFor } from '../../domain/schedule/rounds.ts';
import type { Round } from '../../domain/state.ts';
import { isWaiting } from '../../domain/steering/run-round.ts';
import { dateOf } from './rows.ts';

/** Whatever is different between a round before and after. */
export async function renewMessages(
  client: PoolClient,
  groupId: string,
  before: Round,
  after: Round,
  at: Temporal.Instant,
): Promise<void> {
  if (!before.openedAt) return;
  const isTurned = Boolean(before.cancelledAt) !== Boolean(after.cancelledAt);
  const isMoved = !before.closesAt.equals(after.closesAt);
  if (isTurned || isMoved) await renewReceipts(client, groupId, after.key, isTurned ? null : before.closesAt, at);
  if (after.closedAt) return;
  const was = new Map(before.assignments.map((part) => [part.member, part]));
  const moved = after.assignments.flatMap((part) => {
    const old = was.get(part.member);
    return old && isWaiting(part) && !closeFor(after, part).equals(closeFor(before, old)) ? [part.member] : [];
  });
  if (moved.length > 0) await renewInvitations(client, groupId, after.key, moved, at);
}

/**
 * Whoever went from page to page a moment ago has one open, and in Teams a message that is put anew takes its place: what they are
 * writing would be gone. Theirs waits until they have had the time to hand it in.
 */
const pageMinutes = 15;
const whenNotWriting = (assignment: string, platform: string, at: string) => `(
  select max(s.at) + interval '${pageMinutes} minutes' from submission s
  where ${platform} = 'teams' and s.assignment_id = ${assignment} and s.at > ${at}::timestamptz - interval '${pageMinutes} minutes'
    and not exists (select 1 from assignment a where a.id = s.assignment_id and a.state = 'submitted' and a.submitted_at >= s.at))`;

/** For everybody who has answered: those whose own last day is not what it was when the round closed at `before`; null: for all. */
async function renewReceipts(
  client: PoolClient,
  groupId: string,
  round: string,
  before: Temporal.Instant | null,
  at: Temporal.Instant,
): Promise<void> {
  await client.query(
    `with moved as (
       select a.id, r.version from assignment a join round r on r.id = a.round_id
       where r.group_id = $1 and r.key = $2 and a.state = 'submitted' and ($3::timestamptz is null
         or r.closed_at is null and greatest(r.closes_at, a.extended_to) <> greatest($3::timestamptz, a.extended_to))),
     place as (
       select distinct on (d.reference) d.*, moved.version, moved.id as assignment from moved join delivery d
         on d.group_id = $1 and d.kind = 'receipt' and d.mode = 'replace' and d.about ->> 'assignment' = moved.id::text
       where d.reference is not null order by d.reference, d.id desc)
     insert into delivery (group_id, key, kind, mode, member_key, about, platform, lane, address, due_at, state, reference)
     select group_id, regexp_replace(key, ':until:\\d+$', '') || ':until:' || version, kind, mode, member_key, about, platform, lane,
       address, coalesce(${whenNotWriting('place.assignment', 'place.platform', '$4')}, $4), 'planned', reference
     from place on conflict (group_id, key) do nothing`,
    [groupId, round, before && dateOf(before), dateOf(at)],
  );
}

/** For these members, who have not answered. The keys' form is known to `many.ts`: nothing is decided by them. */
async function renewInvitations(
  client: PoolClient,
  groupId: string,
  round: string,
  members: string[],
  at: Temporal.Instant,
): Promise<void> {
  await client.query(
    `with place as (
       select d.*, r.version, a.id as assignment from round r join assignment a on a.round_id = r.id
       join member m on m.id = a.member_id and m.removed_at is null and m.key = any($3)
       join delivery d on d.group_id = r.group_id and d.member_key = m.key and d.kind in ('invitation', 'reminder') and d.mode = 'post'
         and d.about ->> 'round' = r.key and d.reference is not null
       where r.group_id = $1 and r.key = $2)
     insert into delivery (group_id, key, kind, mode, member_key, about, platform, lane, address, due_at, state, reference)
     select group_id, 'renewed:' || key || ':' || version, kind, 'replace', member_key, about, platform, lane,
       address, coalesce(${whenNotWriting('place.assignment', 'place.platform', '$4')}, $4), 'planned', reference
     from place on conflict (group_id, key) do nothing`,
    [groupId, round, members, dateOf(at)],
  );
}
