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

/** As many rows as there are entries, in their order. */
export async function writeAudit(client: PoolClient, groupId: string, entries: NewAuditEntry[]): Promise<AuditEntry[]> {
  const written: AuditEntry[] = [];
  for (const entry of entries) {
    const result = await client.query<AuditRow>(
      `insert into audit (group_id, at, by, by_name, action, subject, subject_name, field, before, after, version)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning *`,
      [
        groupId,
        dateOf(entry.at),
        entry.by,
        entry.byName,
        entry.action,
        entry.subject,
        entry.subjectName,
        entry.field,
        entry.from,
        entry.to,
        entry.version ?? null,
      ],
    );
    for (const row of result.rows) written.push(auditOf(row));
  }
  return written;
}
