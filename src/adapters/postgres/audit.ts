/** The audit: one row for each thing that was changed, never changed itself. */

import type { PoolClient } from 'pg';
import type { AuditEntry, NewAuditEntry } from '../../ports/steering.ts';
import { dateOf, instantOf } from './rows.ts';

export type AuditRow = {
  id: string;
  at: Date;
  by: string;
  by_name: string;
  action: string;
  subject: string;
  subject_name: string;
  field: string | null;
  before: string | null;
  after: string | null;
};

export function auditOf(row: AuditRow): AuditEntry {
  return {
    id: String(row.id),
    at: instantOf(row.at),
    by: row.by,
    byName: row.by_name,
    action: row.action,
    subject: row.subject,
    subjectName: row.subject_name,
    field: row.field,
    from: row.before,
    to: row.after,
  };
}

/** As many rows as there are entries, in their order: thousands in one statement, as when a group file names everybody anew. */
export async function writeAudit(client: PoolClient, groupId: string, entries: NewAuditEntry[]): Promise<AuditEntry[]> {
  if (entries.length === 0) return [];
  const result = await client.query<AuditRow>(
    `insert into audit (group_id, at, by, by_name, action, subject, subject_name, field, before, after, version)
     select $1, e.at, e.by, e."byName", e.action, e.subject, e."subjectName", e.field, e."from", e."to", e.version
     from jsonb_array_elements($2::jsonb) with ordinality as given (entry, nth)
     cross join lateral jsonb_to_record(entry) as e (at timestamptz, by text, "byName" text, action text, subject text, "subjectName" text,
       field text, "from" text, "to" text, version int)
     order by nth returning *`,
    [groupId, JSON.stringify(entries.map((entry) => ({ ...entry, at: dateOf(entry.at) })))],
  );
  return result.rows.map(auditOf);
}
