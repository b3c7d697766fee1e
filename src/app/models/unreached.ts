/** Who cannot be reached, and why, in words for the convenor. */

import type { NoticeModel, StatusListModel } from '../../cards/models.ts';
import { say } from '../../cards/words.ts';
import type { Group, Language } from '../../domain/group.ts';
import type { About } from '../../domain/happening.ts';
import { keepsToCounts, type Round } from '../../domain/state.ts';
import { failureCodes } from '../../ports/chat.ts';
import type { LedgerRow } from '../../ports/store.ts';

const platformNames: Record<string, string> = { teams: 'Microsoft Teams', slack: 'Slack' };

/** The notice for "member:<key>", "channel:<purpose>" or "tenant:<platform>"; null when nobody is named. */
export function unreachedModel(group: Group, about: About, language: Language): NoticeModel | null {
  const [what = '', which = ''] = (about.whom ?? '').split(':');
  const code = failureCodes.find((known) => known === about.step) ?? 'refused';
  const name = nameOf(group, what, which);
  if (!name) return null;
  const reason = say(language, `reason.${code}`);
  return { title: say(language, 'unreached.title'), text: say(language, `unreached.${what}`, { name, reason }) };
}

function nameOf(group: Group, what: string, which: string): string | null {
  if (what === 'member') return group.members.find(({ key }) => key === which)?.name ?? null;
  if (what === 'channel') return group.channels.find(({ purpose }) => purpose === which)?.name ?? null;
  return what === 'tenant' ? (platformNames[which] ?? which) : null;
}

/** Whose last message did not arrive, and why. Only the convenor is shown this; of a round that keeps to counts no reminder is looked at. */
export function unreachedIn(group: Group, rounds: readonly Round[], rows: LedgerRow[]): StatusListModel['unreached'] {
  const secret = rounds.filter(keepsToCounts).flatMap(({ key }) => [`remind:${key}:`, `again:round:${key}:`]);
  const latest = new Map<string, LedgerRow>();
  for (const row of rows) {
    const told = row.state === 'sent' || row.state === 'failed' || row.state === 'unknown';
    const tells = row.kind === 'reminder' && secret.some((start) => row.key.startsWith(start));
    if (told && row.kind !== 'receipt' && !tells) latest.set(row.to, row);
  }
  return [...latest.values()]
    .filter((row) => row.state !== 'sent')
    .map((row) => ({
      name: nameOf(group, 'member', row.to) ?? nameOf(group, 'channel', row.to) ?? row.to,
      reason: row.state === 'unknown' ? 'unknown' : (row.reason ?? 'unknown'),
    }));
}
