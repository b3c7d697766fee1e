/** Taking answers in, many in one statement, and summing a round up in one. */

import type { Identity, Language, Role } from '../../domain/group.ts';
import type { Ratings } from '../../domain/instrument.ts';
import type { Reference } from '../../ports/chat.ts';
import type { AnswerStore, AssignmentRow, Result, RoundCounts, Taken } from '../../ports/store.ts';
import type { Database } from './connect.ts';
import { gathering } from './gathering.ts';
import { remembered } from './remembered.ts';
import { instantOf, instantOrNull } from './rows.ts';

/** What several people hand in at the same moment, as one parameter. */
const given = `given as (
  select * from jsonb_to_recordset($1) as g(
    id uuid, platform text, tenant text, "user" text, at timestamptz, event text, complete boolean, ratings jsonb, message jsonb, seen text))`;

/** Changes with every change of the assignment, its round and its member: PostgreSQL's own mark of who wrote each row. */
const version = (assignment: string) => `concat_ws('/', ${assignment}, r.xmin::text, m.xmin::text)`;

/**
 * The assignments, each if it is this person's, as it was seen, and its round is open at this moment. Everything is judged inside
 * the statement that stores, so that nothing can change between the check and the write. Locked in order, or two statements could
 * wait for each other.
 */
const target = `target as (
  select g.*, a.state, a.answers, a.receipt, a.submitted_at, r.group_id, r.key as round_key, m.key as member_key,
    ${version('a.xmin::text')} as version, ${version('pg_current_xact_id()::xid::text')} as becomes
  from given g
  join assignment a on a.id = g.id
  join round r on r.id = a.round_id
  join member m on m.id = a.member_id and m.removed_at is null
  join member_identity i on i.member_id = m.id and i.platform = g.platform and i.tenant = g.tenant and i.user_id = g."user"
  where r.opened_at <= g.at and r.closed_at is null and g.at < greatest(r.closes_at, a.extended_to) and a.substitute is null
    and (g.seen is null or g.seen = ${version('a.xmin::text')})
  order by a.id for update of a)`;
const event = `insert into submission (assignment_id, event, complete, given, at)
  select id, event, complete, ratings, at from target`;
const once = 'on conflict (event) do nothing returning assignment_id';
const outcome = `select g.id, saved.revision, target.version, target.becomes
  from given g left join target on target.id = g.id left join saved on saved.id = g.id`;

const draftStatement = `with ${given}, ${target},
fresh as (${event} ${once}),
saved as (
  update assignment a set
    draft = a.draft || t.ratings,
    answers = case when a.state = 'submitted' and t.complete then a.answers || t.ratings else a.answers end,
    state = case when a.state = 'pending' then 'draft' else a.state end
  from target t join fresh on fresh.assignment_id = t.id where a.id = t.id returning a.id, a.revision)
${outcome}`;

const betweenReceipts = '5 seconds';

/**
 * The receipt takes the place of the message that was pressed and of the invitation, which may be on the other platform. One that still
 * waits to be put in the same place will say this answer too, for it is made when its turn comes: locked, so that whoever sends it
 * has either not begun, and reads what is stored here, or has begun, and another one is due. In Teams the message that
 * was pressed shows the answer already; of whoever answers again within seconds it is put anew after them, not with every press.
 * The same answer handed in again is the same answer, whatever the platform calls the event the second time.
 */
const submitStatement = `with ${given}, ${target},
fresh as (${event} where not (state = 'submitted' and answers = ratings) ${once}),
place as (
  select id, message as reference, '' as name from target where message is not null
  union all
  select t.id, d.reference, case when t.message is null then '' else ':invitation' end from target t join delivery d
    on d.group_id = t.group_id and d.key = 'invite:' || t.round_key || ':' || t.member_key
  where d.reference is not null and d.reference is distinct from t.message),
waiting as (
  select p.id, p.name from place p join target t on t.id = p.id join delivery d
    on d.group_id = t.group_id and d.key = 'receipt:' || t.id || ':' || t.receipt || p.name
  where d.state = 'planned' and d.reference = p.reference for no key update of d),
due as (select p.* from place p where not exists (select 1 from waiting w where w.id = p.id and w.name = p.name)),
saved as (
  update assignment a set draft = '{}', answers = t.ratings, state = 'submitted', submitted_at = t.at, revision = a.revision + 1,
    receipt = case when exists (select 1 from due where due.id = t.id) then a.revision + 1 else a.receipt end
  from target t join fresh on fresh.assignment_id = t.id where a.id = t.id returning a.id, a.revision),
planned as (
  insert into delivery (group_id, key, kind, mode, member_key, about, platform, lane, address, due_at, state, reference)
  select t.group_id, 'receipt:' || t.id || ':' || saved.revision || due.name, 'receipt', 'replace', t.member_key,
    jsonb_build_object('assignment', t.id::text), due.reference ->> 'platform',
    (due.reference ->> 'platform') || '/' || (due.reference ->> 'tenant'), t."user",
    case when due.reference = t.message and t.platform = 'teams' then greatest(t.at, t.submitted_at + interval '${betweenReceipts}')
      else t.at end, 'planned', due.reference
  from target t join saved on saved.id = t.id join due on due.id = t.id)
${outcome}`;

/**
 * An assignment with everything its cards say, in one statement. What was handed in is no longer kept as a draft beside it: a draft
 * is what was given since.
 */
const assignmentSelect = `
select a.id, a.state, a.draft, a.answers, ${version('a.xmin::text')} as version, a.revision, a.submitted_at, a.extended_to,
  r.id as round_id, r.group_id, r.key as round_key, r.activity_key, r.instrument, r.catalogue, r.closes_at, r.opened_at, r.closed_at, r.cancelled_at,
  g.key as group_key, g.name as group_name, g.language as group_language, g.time_zone as group_zone, g.periods,
  coalesce(act.title, r.activity_key) as title,
  m.key as member_key, m.name as member_name, m.organisation, m.constituency, m.country, coalesce(r.terms ->> 'language', m.language) as language, m.role, m.time_zone,
  (select json_agg(json_build_object('platform', i.platform, 'tenant', i.tenant, 'user', i.user_id) order by i.position)
   from member_identity i where i.member_id = m.id and m.removed_at is null) as identities,
  exists (select 1 from delivery d where d.state = 'unknown' and d.group_id = r.group_id and d.member_key = m.key) as doubtful
from assignment a
join round r on r.id = a.round_id
join working_group g on g.id = r.group_id
join member m on m.id = a.member_id
left join activity act on act.group_id = g.id and act.key = r.activity_key`;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** One person's page or whole answer. */
type HandedIn = Identity & {
  id: string;
  at: string;
  event: string;
  complete: boolean;
  ratings: Ratings;
  message: Reference | null;
  seen: string | null;
};

const handedIn = (id: string, { platform, tenant, user }: Identity, now: Temporal.Instant, seen?: string) => ({
  id,
  platform,
  tenant,
  user,
  at: now.toString(),
  seen: seen ?? null,
});

/** One at a time: what arrives while a statement is under way fills the next, and a statement costs more than an answer in it. */
const together = { most: 64, flights: 1 };

/** Of everybody who fills something in at the same time; what a page says of the group and the activity may be this old. */
const kept = { most: 500, keepMs: 600_000 };

export function answerStore({ pool, hot }: Database): AnswerStore {
  const rows = remembered<AssignmentRow>(kept);

  /** `becomes`: what is stored of an assignment from now on. */
  const taking = (
    name: string,
    text: string,
    becomes: (row: AssignmentRow, given: HandedIn) => Partial<AssignmentRow>,
  ) =>
    gathering<HandedIn, Taken>({
      ...together,
      nameOf: ({ id }) => id,
      async ask(batch) {
        const result = await hot.query({ name, text, values: [JSON.stringify(batch)] });
        const byId = new Map(result.rows.map((row) => [row.id as string, row as Outcome]));
        return batch.map((given): Taken => {
          const { id, seen } = given;
          const outcome = byId.get(id);
          if (!outcome || outcome.version === null) {
            rows.forget(id);
            return seen === null ? { is: 'refused' } : { is: 'changed' };
          }
          if (outcome.revision === null) return { is: 'repeated' };
          const { revision, version, becomes: next } = outcome;
          const row = rows.get(id);
          if (row?.version === version) rows.set(id, { ...row, ...becomes(row, given), revision, version: next });
          else rows.forget(id);
          return { is: 'taken', revision };
        });
      },
    });
  const takeDraft = taking('save-draft', draftStatement, ({ state, draft, answers }, { ratings, complete }) => ({
    draft: { ...draft, ...ratings },
    answers: state === 'submitted' && complete ? { ...answers, ...ratings } : answers,
    state: state === 'pending' ? 'draft' : state,
  }));
  const takeAnswer = taking('submit', submitStatement, (_, { ratings, at }) => ({
    draft: ratings,
    answers: ratings,
    state: 'submitted',
    submittedAt: Temporal.Instant.from(at),
  }));

  async function read(name: string, where: string, values: unknown[]): Promise<AssignmentRow[]> {
    const result = await hot.query({ name, text: `${assignmentSelect} where ${where}`, values });
    return result.rows.map(assignmentOf);
  }
  const readById = gathering<string, AssignmentRow | null>({
    ...together,
    inTurn: true,
    nameOf: (id) => id,
    async ask(ids) {
      const found = await read('assignments', 'a.id = any($1::uuid[])', [ids]);
      for (const row of found) rows.set(row.id, row);
      const byId = new Map(found.map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id) ?? null);
    },
  });

  return {
    // What a button says is not to be trusted to be an id at all.
    assignment: async (id) => (uuid.test(id) ? readById(id) : null),
    remembered: (id) => rows.get(id),
    async assignmentIn(groupId, round, member) {
      const where = 'r.group_id = $1 and r.key = $2 and m.key = $3';
      return (await read('assignment-in', where, [groupId, round, member]))[0] ?? null;
    },
    assignmentsOf: ({ platform, tenant, user }) =>
      read(
        'assignments-of',
        `m.removed_at is null and r.closed_at is null and a.substitute is null and exists (select 1 from member_identity i
           where i.member_id = m.id and i.platform = $1 and i.tenant = $2 and i.user_id = $3) order by r.closes_at`,
        [platform, tenant, user],
      ),
    saveDraft: (id, who, ratings, complete, event, now, seen) =>
      takeDraft({ ...handedIn(id, who, now, seen), event, complete, ratings, message: null }),
    submit: (id, who, ratings, event, now, message, seen) =>
      takeAnswer({ ...handedIn(id, who, now, seen), event, complete: true, ratings, message }),
    async sumUp(groupId, round) {
      const result = await pool.query(sumStatement, [groupId, round]);
      return (result.rows[0]?.counts as RoundCounts | undefined) ?? null;
    },
    async result(groupId, round, nth) {
      const kept = async () => {
        const found = await pool.query(resultStatement, [groupId, round, nth ?? null]);
        return (found.rows[0]?.result as Result | undefined) ?? null;
      };
      const result = await kept();
      if (result || nth !== undefined) return result;
      await pool.query(keepStatement, [groupId, round]);
      return kept();
    },
  };
}

/** Only what has been submitted counts; the database counts, whatever the number of answers. */
const sumStatement = `
with part as (
  select a.state, a.answers, coalesce(a.constituency, m.constituency) as constituency from round r join assignment a on a.round_id = r.id join member m on m.id = a.member_id
  where r.group_id = $1 and r.key = $2 and a.state <> 'excused'),
pairs as (
  select e.key as item, e.value ->> 'now' as now, e.value ->> 'coming' as coming, count(*)::int as count
  from part, jsonb_each(part.answers) as e where part.state = 'submitted' group by 1, 2, 3)
select jsonb_build_object(
  'title', coalesce(act.title, r.activity_key), 'catalogue', r.catalogue, 'instrument', r.instrument, 'periods', g.periods,
  'invited', (select count(*) from part),
  'submitted', (select count(*) from part where state = 'submitted'),
  'constituencies', coalesce((select jsonb_agg(jsonb_build_object('name', c.constituency, 'invited', c.invited, 'submitted', c.submitted) order by c.constituency)
     from (select constituency, count(*) as invited, count(*) filter (where state = 'submitted') as submitted from part group by constituency) c), '[]'::jsonb),
  'pairs', coalesce((select jsonb_agg(to_jsonb(pairs)) from pairs), '[]'::jsonb)) as counts
from round r join working_group g on g.id = r.group_id left join activity act on act.group_id = r.group_id and act.key = r.activity_key
where r.group_id = $1 and r.key = $2`;

/** Only the first time since the round closed. */
const keepStatement = `
insert into result (round_id, nth, counts)
select r.id, r.reopened, summed.counts from round r, (${sumStatement}) as summed
where r.group_id = $1 and r.key = $2 and r.closed_at is not null and r.cancelled_at is null
on conflict do nothing`;

/** Without \`nth\` the latest, as long as that is what the round came to. */
const resultStatement = `
select kept.counts || jsonb_build_object('nth', kept.nth) as result from result kept join round r on r.id = kept.round_id
where r.group_id = $1 and r.key = $2
  and kept.nth = case when $3::int is null and r.closed_at is not null and r.cancelled_at is null then r.reopened else $3 end`;

/** Of what was handed in: `version` null when it was not taken up at all, `revision` null when it is stored already. */
type Outcome = { id: string; revision: number | null; version: string | null; becomes: string };

type Row = Record<string, string> & {
  draft: Ratings;
  answers: Ratings;
  revision: number;
  doubtful: boolean;
  periods: { now: string; coming: string };
  identities: Identity[] | null;
  closes_at: Date;
  opened_at: Date | null;
  closed_at: Date | null;
  cancelled_at: Date | null;
  submitted_at: Date | null;
  extended_to: Date | null;
};

function assignmentOf(row: Row): AssignmentRow {
  return {
    id: row.id as string,
    groupId: row.group_id as string,
    groupKey: row.group_key as string,
    group: {
      name: row.group_name as string,
      language: row.group_language as Language,
      timeZone: row.group_zone as string,
      periods: row.periods,
    },
    round: {
      id: row.round_id as string,
      key: row.round_key as string,
      activity: row.activity_key as string,
      title: row.title as string,
      instrument: row.instrument as string,
      catalogue: row.catalogue as string,
      closesAt: instantOf(row.closes_at),
      openedAt: instantOrNull(row.opened_at),
      closedAt: instantOrNull(row.closed_at),
      cancelledAt: instantOrNull(row.cancelled_at),
    },
    member: {
      key: row.member_key as string,
      name: row.member_name as string,
      organisation: row.organisation as string,
      constituency: row.constituency as string,
      country: row.country as string,
      language: row.language as Language,
      role: row.role as Role,
      timeZone: row.time_zone as string,
      identities: row.identities ?? [],
    },
    state: row.state as AssignmentRow['state'],
    draft: { ...row.answers, ...row.draft },
    answers: row.answers,
    version: row.version as string,
    revision: row.revision,
    isDoubtful: row.doubtful,
    submittedAt: instantOrNull(row.submitted_at),
    extendedTo: instantOrNull(row.extended_to),
  };
}
