/** Taking answers in, each in one statement, and summing a round up in one. */

import type { Identity } from '../../domain/group.ts';
import type { Ratings } from '../../domain/instrument.ts';
import type { AnswerStore, AssignmentRow, RoundCounts, Taken } from '../../ports/store.ts';
import type { Database } from './connect.ts';
import type { Prisma } from './generated/client.ts';
import { dateOf, instantOf, instantOrNull, memberInclude, memberOf } from './rows.ts';

/**
 * The assignment, if it is this person's and its round is open at this moment. Everything is judged inside the statement that
 * stores, so that nothing can change between the check and the write.
 */
const target = `target as (
  select a.id, a.state, r.group_id, r.key as round_key, m.key as member_key, i.platform, i.tenant, i.user_id
  from assignment a
  join round r on r.id = a.round_id
  join member m on m.id = a.member_id and m.removed_at is null
  join member_identity i on i.member_id = m.id and i.platform = $2 and i.tenant = $3 and i.user_id = $4
  where a.id = $1 and r.opened_at <= $5 and r.closed_at is null and $5 < greatest(r.closes_at, a.extended_to)
  for update of a),
fresh as (
  insert into submission (assignment_id, event, complete, given, at)
  select id, $6, $7, $8, $5 from target on conflict (event) do nothing returning assignment_id)`;

const draftStatement = `with ${target},
saved as (
  update assignment a set
    draft = a.draft || $8::jsonb,
    answers = case when a.state = 'submitted' and $7 then a.answers || $8::jsonb else a.answers end,
    state = case when a.state = 'pending' then 'draft' else a.state end
  from fresh where a.id = fresh.assignment_id returning a.revision)
select (select revision from saved) as revision, exists (select 1 from target) as open`;

const submitStatement = `with ${target},
saved as (
  update assignment a set draft = $8::jsonb, answers = $8::jsonb, state = 'submitted', submitted_at = $5, revision = a.revision + 1
  from fresh where a.id = fresh.assignment_id returning a.revision),
receipt as (
  insert into delivery (group_id, key, kind, mode, member_key, about, platform, lane, address, due_at, state, reference)
  select t.group_id, 'receipt:' || t.id || ':' || saved.revision, 'receipt', 'replace', t.member_key,
    jsonb_build_object('assignment', t.id::text), t.platform, t.platform || '/' || t.tenant, t.user_id, $5, 'planned', coalesce($9::jsonb, (
      select d.reference from delivery d where d.group_id = t.group_id and d.member_key = t.member_key and d.kind = 'invitation'
        and d.about ->> 'round' = t.round_key and d.reference is not null limit 1))
  from target t, saved)
select (select revision from saved) as revision, exists (select 1 from target) as open`;

const assignmentInclude = {
  member: { include: memberInclude },
  round: {
    include: {
      group: {
        select: {
          key: true,
          activities: { select: { key: true, title: true } },
        },
      },
    },
  },
} as const satisfies Prisma.AssignmentInclude;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function answerStore({ pool, prisma }: Database): AnswerStore {
  async function take(statement: string, values: unknown[]): Promise<Taken> {
    const result = await pool.query(statement, values);
    const { revision, open } = result.rows[0];
    if (revision !== null) return { is: 'taken', revision };
    return open ? { is: 'repeated' } : { is: 'refused' };
  }
  const who = (identity: Identity) => [identity.platform, identity.tenant, identity.user];

  return {
    async assignment(id) {
      if (!uuid.test(id)) return null; // what a button says is not to be trusted to be an id at all
      const row = await prisma.assignment.findUnique({
        where: { id },
        include: assignmentInclude,
      });
      return row ? assignmentOf(row) : null;
    },
    async assignmentIn(groupId, round, member) {
      const row = await prisma.assignment.findFirst({
        where: { round: { groupId, key: round }, member: { groupId, key: member } },
        include: assignmentInclude,
      });
      return row ? assignmentOf(row) : null;
    },
    async assignmentsOf(identity) {
      const rows = await prisma.assignment.findMany({
        where: {
          member: {
            removedAt: null,
            identities: { some: identityWhere(identity) },
          },
          round: { closedAt: null },
        },
        include: assignmentInclude,
        orderBy: { round: { closesAt: 'asc' } },
      });
      return rows.map(assignmentOf);
    },
    saveDraft: (id, identity, page, complete, event, now) =>
      take(draftStatement, [id, ...who(identity), dateOf(now), event, complete, JSON.stringify(page)]),
    submit: (id, identity, ratings, event, now, message) =>
      take(submitStatement, [
        id,
        ...who(identity),
        dateOf(now),
        event,
        true,
        JSON.stringify(ratings),
        message ? JSON.stringify(message) : null,
      ]),
    async sumUp(groupId, round) {
      const result = await pool.query(sumStatement, [groupId, round]);
      return (result.rows[0]?.counts as RoundCounts | undefined) ?? null;
    },
  };
}

export function identityWhere(identity: Identity) {
  return {
    platform: identity.platform,
    tenant: identity.tenant,
    user: identity.user,
  };
}

/** Only what has been submitted counts; the database counts, whatever the number of answers. */
const sumStatement = `
with part as (
  select a.state, a.answers, m.constituency from round r join assignment a on a.round_id = r.id join member m on m.id = a.member_id
  where r.group_id = $1 and r.key = $2),
pairs as (
  select e.key as item, e.value ->> 'now' as now, e.value ->> 'coming' as coming, count(*)::int as count
  from part, jsonb_each(part.answers) as e where part.state = 'submitted' group by 1, 2, 3)
select jsonb_build_object(
  'title', coalesce(act.title, r.activity_key), 'catalogue', r.catalogue, 'instrument', r.instrument,
  'invited', (select count(*) from part),
  'submitted', (select count(*) from part where state = 'submitted'),
  'constituencies', coalesce((select jsonb_agg(jsonb_build_object('name', c.constituency, 'invited', c.invited, 'submitted', c.submitted) order by c.constituency)
     from (select constituency, count(*) as invited, count(*) filter (where state = 'submitted') as submitted from part group by constituency) c), '[]'::jsonb),
  'pairs', coalesce((select jsonb_agg(to_jsonb(pairs)) from pairs), '[]'::jsonb)) as counts
from round r left join activity act on act.group_id = r.group_id and act.key = r.activity_key
where r.group_id = $1 and r.key = $2`;

function assignmentOf(row: Prisma.AssignmentGetPayload<{ include: typeof assignmentInclude }>): AssignmentRow {
  const { round } = row;
  return {
    id: row.id,
    groupId: round.groupId,
    groupKey: round.group.key,
    round: {
      id: round.id,
      key: round.key,
      activity: round.activityKey,
      title: round.group.activities.find((activity) => activity.key === round.activityKey)?.title ?? round.activityKey,
      instrument: round.instrument,
      catalogue: round.catalogue,
      closesAt: instantOf(round.closesAt),
      openedAt: instantOrNull(round.openedAt),
      closedAt: instantOrNull(round.closedAt),
    },
    member: memberOf(row.member),
    state: row.state as AssignmentRow['state'],
    draft: row.draft as Ratings,
    answers: row.answers as Ratings,
    revision: row.revision,
    submittedAt: instantOrNull(row.submittedAt),
    extendedTo: instantOrNull(row.extendedTo),
  };
}
