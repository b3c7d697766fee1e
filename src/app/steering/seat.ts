/** Who is at the door: the member whom the verified identity belongs to in this group, or an administrator of the installation. */

import type { Group, Identity, Member } from '../../domain/group.ts';
import type { Command } from '../../domain/steering/command.ts';
import type { Edit, Subject } from '../../domain/steering/deed.ts';
import type { NewAuditEntry } from '../../ports/steering.ts';

export type Seat = { member: Member | null; isAdmin: boolean; who: Identity };

/** "teams:<tenant>:<user>" or "slack:<team>:<user>", as ROND_ADMINS names them. */
export const identityName = ({ platform, tenant, user }: Identity) => `${platform}:${tenant}:${user}`;

export function seatIn(group: Group, who: Identity, admins: ReadonlySet<string>): Seat {
  const isTheirs = (one: Identity) =>
    one.platform === who.platform && one.tenant === who.tenant && one.user === who.user;
  const member = group.members.find(({ identities }) => identities.some(isTheirs)) ?? null;
  return { member, isAdmin: admins.has(identityName(who)), who };
}

type Told = { subject: Subject; subjectName: string; edits: Edit[]; version: number | null };

/** What the audit says of a deed: a row for each thing that is different. */
export function entriesOf(seat: Seat, action: Command['do'], told: Told, at: Temporal.Instant): NewAuditEntry[] {
  const { subject, subjectName, version } = told;
  const edits = told.edits.length > 0 ? told.edits : [{ field: null, from: null, to: null }];
  return edits.map((edit) => ({ at, ...actor(seat), action, subject, subjectName, ...edit, version }));
}

/** An attempt at something that is not theirs to do. */
export function refusedEntry(
  seat: Seat,
  what: string,
  subject: Subject,
  code: string,
  at: Temporal.Instant,
): NewAuditEntry {
  return { at, ...actor(seat), action: 'refused', subject, subjectName: '', field: what, from: null, to: code };
}

function actor({ member, isAdmin, who }: Seat): Pick<NewAuditEntry, 'by' | 'byName'> {
  if (member) return { by: member.key, byName: member.name };
  const name = identityName(who);
  return { by: isAdmin ? `admin:${name}` : name, byName: name };
}
