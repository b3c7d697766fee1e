/** Writes what was decided: ledger rows (each key once for ever) and the state that goes with them. Runs inside the tick's transaction. */

import type { PoolClient } from 'pg';
import type { Group, Identity } from '../../domain/group.ts';
import type { ChannelName, Happening, Recipient, Tell } from '../../domain/happening.ts';
import type { Loaded } from '../../ports/store.ts';
import { renewClosed } from './renew-messages.ts';
import { dateOf } from './rows.ts';

type Row = {
  key: string;
  kind: string;
  mode: string;
  member: string | null;
  channel: string | null;
  about: string;
  platform: string | null;
  lane: string | null;
  address: string | null;
  dueAt: Date;
  state: string;
  reason: string | null;
};

/** Number of ledger rows that are new. State changes are made only for keys that are new. */
export async function recordHappenings(
  client: PoolClient,
  { id, group }: Loaded,
  happenings: Happening[],
): Promise<number> {
  if (happenings.length === 0) return 0;
  const fresh = await insertRows(client, id, happenings.map(rowsOf(group)));
  const invited = new Map<string, string[]>();
  for (const happening of happenings) {
    if (!fresh.has(happening.key)) continue;
    const round = roundOfInvitation(happening);
    if (round === null) await changeState(client, id, happening);
    else if (!invited.get(round.key)?.push(round.member)) invited.set(round.key, [round.member]);
  }
  for (const [round, members] of invited) await joinRound(client, id, round, members);
  return fresh.size;
}

async function insertRows(client: PoolClient, groupId: string, rows: Row[]): Promise<Set<string>> {
  const column = <K extends keyof Row>(name: K) => rows.map((row) => row[name]);
  const result = await client.query(
    `insert into delivery (group_id, key, kind, mode, member_key, channel, about, platform, lane, address, due_at, state, reason)
     select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::text[], $9::text[],
                              $10::text[], $11::timestamptz[], $12::text[], $13::text[])
     on conflict (group_id, key) do nothing returning key`,
    [
      groupId,
      column('key'),
      column('kind'),
      column('mode'),
      column('member'),
      column('channel'),
      column('about'),
      column('platform'),
      column('lane'),
      column('address'),
      column('dueAt'),
      column('state'),
      column('reason'),
    ],
  );
  return new Set(result.rows.map((row) => row.key as string));
}

function rowsOf(group: Group): (happening: Happening) => Row {
  const identities = new Map(group.members.map((member) => [member.key, member.identities[0]]));
  const address = (to: Recipient) =>
    'member' in to ? addressedTo(to.member, identities.get(to.member)) : postedIn(group, to.channel);
  return (happening) => rowOf(address, happening);
}

function rowOf(address: (to: Recipient) => Addressed, happening: Happening): Row {
  const base = {
    key: happening.key,
    dueAt: dateOf(happening.at),
    about: '{}',
    reason: null,
  };
  switch (happening.do) {
    case 'tell':
      return {
        ...base,
        kind: happening.kind,
        mode: 'post',
        about: JSON.stringify(happening.about),
        ...address(happening.to),
      };
    case 'skip':
      return {
        ...base,
        kind: happening.kind,
        mode: 'post',
        about: JSON.stringify(happening.about),
        ...address(happening.to),
        state: 'skipped',
        reason: happening.why,
      };
    default:
      return {
        ...base,
        kind: 'event',
        mode: 'event',
        member: null,
        channel: null,
        platform: null,
        lane: null,
        address: null,
        state: 'done',
      };
  }
}

type Addressed = Pick<Row, 'member' | 'channel' | 'platform' | 'lane' | 'address' | 'state' | 'reason'>;

/** Somebody who cannot be reached anywhere stands in the ledger as failed at once, so that the convenor sees it. */
const nowhere = { platform: null, lane: null, address: null, state: 'failed', reason: 'not-found' };

function addressedTo(member: string, identity: Identity | undefined): Addressed {
  const who = { member, channel: null };
  if (!identity) return { ...who, ...nowhere };
  const { platform, tenant, user } = identity;
  return { ...who, ...lane(platform, tenant), address: user, state: 'planned', reason: null };
}

function postedIn(group: Group, name: ChannelName): Addressed {
  const channel = name === 'council' ? group.council?.channel : group.channels.find(({ purpose }) => purpose === name);
  const where = { member: null, channel: name };
  if (!channel) return { ...where, ...nowhere };
  return { ...where, ...lane(channel.platform, channel.tenant), address: channel.id, state: 'planned', reason: null };
}

const lane = (platform: string, tenant: string) => ({
  platform,
  lane: `${platform}/${tenant}`,
});

async function changeState(client: PoolClient, groupId: string, happening: Happening): Promise<void> {
  switch (happening.do) {
    case 'open-round':
      await client.query(
        `with opened as (
           insert into round (group_id, key, activity_key, instrument, catalogue, opens_at, closes_at, opened_at)
           values ($1, $2, $3, $4, $5, $6, $7, $6)
           on conflict (group_id, key) do update set opened_at = excluded.opened_at
             where round.opened_at is null and round.closed_at is null
           returning id)
         insert into assignment (round_id, member_id)
         select opened.id, m.id from opened, member m where m.group_id = $1 and m.key = any($8) and m.removed_at is null`,
        [
          groupId,
          happening.round,
          happening.activity,
          happening.instrument,
          happening.catalogue,
          dateOf(happening.at),
          dateOf(happening.closesAt),
          happening.members,
        ],
      );
      await noteChange(client, groupId, happening, 'round-opened', happening.activity, { round: happening.round });
      return;
    case 'close-round': {
      const closed = await client.query(
        'update round set closed_at = $3 where group_id = $1 and key = $2 and closed_at is null',
        [groupId, happening.round, dateOf(happening.at)],
      );
      if (closed.rowCount) await renewClosed(client, groupId, happening.round, happening.at);
      await noteChange(
        client,
        groupId,
        happening,
        'round-closed',
        happening.round.slice(0, happening.round.indexOf('/')),
        {
          round: happening.round,
        },
      );
      return;
    }
    case 'note-overdue':
      await noteChange(client, groupId, happening, 'overdue', happening.activity, { due: happening.due });
      return;
    case 'tell':
      await tellState(client, groupId, happening);
      return;
    case 'skip':
      return;
  }
}

async function tellState(client: PoolClient, groupId: string, tell: Tell): Promise<void> {
  const until = tell.about.until;
  if (until && 'channel' in tell.to && tell.to.channel === 'council') {
    await client.query(
      'update council set told_until = $2 from working_group g where g.id = $1 and council.key = g.council_key',
      [groupId, dateOf(Temporal.Instant.from(until))],
    );
  } else if (until && (tell.kind === 'digest' || tell.kind === 'steering')) {
    const column = tell.kind === 'digest' ? 'told_group' : 'told_steering';
    await client.query(`update working_group set ${column} = $2 where id = $1`, [
      groupId,
      dateOf(Temporal.Instant.from(until)),
    ]);
  }
}

function roundOfInvitation(happening: Happening): { key: string; member: string } | null {
  if (happening.do !== 'tell' || happening.kind !== 'invitation' || !('member' in happening.to)) return null;
  const { round } = happening.about;
  return round === undefined ? null : { key: round, member: happening.to.member };
}

/** A member who came while the round was open gets an assignment with the invitation; everybody else has one. */
async function joinRound(client: PoolClient, groupId: string, round: string, members: string[]): Promise<void> {
  await client.query(
    `insert into assignment (round_id, member_id)
     select r.id, m.id from round r, member m
     where r.group_id = $1 and r.key = $2 and m.group_id = $1 and m.key = any($3) and m.removed_at is null
     on conflict (round_id, member_id) do nothing`,
    [groupId, round, members],
  );
}

/** For the digests; and a round that opens or closes by itself stands in the audit as Rond's own doing. */
async function noteChange(
  client: PoolClient,
  groupId: string,
  happening: Happening,
  kind: string,
  activity: string,
  facts: Record<string, string>,
): Promise<void> {
  if (facts.round !== undefined) {
    await client.query(
      `insert into audit (group_id, at, by, by_name, action, subject, subject_name, field, before, after)
       select $1, $2, 'rond', 'Rond', $3, 'round:' || $5, coalesce((select title from activity where group_id = $1 and key = $4), $4),
         'state', $6, $7`,
      [
        groupId,
        dateOf(happening.at),
        kind,
        activity,
        facts.round,
        ...(kind === 'round-opened' ? ['scheduled', 'open'] : ['open', 'closed']),
      ],
    );
  }
  await client.query('insert into change (group_id, at, kind, activity, facts) values ($1, $2, $3, $4, $5)', [
    groupId,
    dateOf(happening.at),
    kind,
    activity,
    JSON.stringify(facts),
  ]);
}
