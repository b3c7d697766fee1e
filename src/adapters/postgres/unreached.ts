/** The notice a convenor gets, once for each reason, when a person, a channel or a whole platform cannot be reached. */

/** Reasons that lie with the receiver or the installation, and that somebody can do something about. */
const told = `('blocked', 'not-installed', 'disabled-by-admin', 'not-found', 'not-in-channel', 'archived', 'not-authorised')`;

/**
 * A reminder of a round that keeps to counts goes to those who have not answered: what became of it is nothing a convenor is told.
 * `row` names a delivery.
 */
export const tellsOfAnswers = (row: string): string => `(${row}.kind = 'reminder' and ${keepsToCounts(row)})`;

/** The delivery belongs to such a round. */
export const keepsToCounts = (row: string): string =>
  `exists (select 1 from round secret where secret.group_id = ${row}.group_id
     and secret.key = ${row}.about ->> 'round' and secret.terms ->> 'anonymity' = 'counts')`;

/**
 * What went to somebody of `failed (group_id, …)`, by the person alone: whoever asks for those that were sent as well would have PostgreSQL,
 * while it has no statistics, go through all that was ever sent, for each of them.
 */
export const messagesTo = (whom: string): string =>
  `(select * from delivery where group_id = failed.group_id and ${whom} offset 0)`;

/**
 * The end of a statement that has `ended (group_id, member_key, whom, lane)`: plans the notice. `reason` and `at` name the
 * statement's parameters. The convenor is told, or the deputy when it is about the convenor; where they can be reached, and
 * not over the platform that is itself the trouble.
 */
export const tellConvenor = (reason: string, at: string): string => `
  insert into delivery (group_id, key, kind, mode, member_key, about, platform, lane, address, due_at, state)
  select e.group_id, 'unreached:' || e.whom || ':' || ${reason}::text, 'notice', 'post', c.key,
    jsonb_build_object('whom', e.whom, 'step', ${reason}::text), c.platform, c.platform || '/' || c.tenant, c.user_id, ${at}::timestamptz, 'planned'
  from ended e
  cross join lateral (
    select m.key, i.platform, i.tenant, i.user_id
    from member m
    join member_identity i on i.member_id = m.id
    left join contact k on k.platform = i.platform and k.tenant = i.tenant and k.id = i.user_id
    where m.group_id = e.group_id and m.removed_at is null and m.role in ('convenor', 'deputy') and m.key is distinct from e.member_key
    order by (${reason}::text = 'not-authorised' and i.platform || '/' || i.tenant = e.lane), k.blocked is not null,
      m.role <> 'convenor', m.position, i.position
    limit 1) c
  where ${reason}::text in ${told}
  on conflict (group_id, key) do nothing`;
