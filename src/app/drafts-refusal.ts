/** A polite no to somebody who may not change the plan, kept in the group's audit. */

import type { Reply } from '../ports/chat.ts';
import type { ImportWorld, Reader } from './drafts.ts';
import { notice } from './turn.ts';

export async function refuse(
  { store, now }: Pick<ImportWorld, 'store' | 'now'>,
  reader: Reader,
  group: string,
  what: 'import-plan',
): Promise<Reply> {
  const { who, people } = reader;
  const member = people.find((person) => person.groupKey === group)?.member;
  const identity = `${who.platform}:${who.tenant}:${who.user}`;
  await store.drafts.refused(group, {
    at: now,
    by: member?.key ?? identity,
    byName: member?.name ?? identity,
    action: 'refused',
    subject: 'group',
    subjectName: '',
    field: what,
    from: null,
    to: null,
    version: null,
  });
  return notice(reader, 'convenor-only');
}
