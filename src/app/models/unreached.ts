/** Who cannot be reached, and why, in words for the convenor. */

import type { NoticeModel, StatusListModel } from '../../cards/models.ts';
import { say } from '../../cards/words.ts';
import type { Group, Language } from '../../domain/group.ts';
import type { About } from '../../domain/happening.ts';
import { failureCodes } from '../../ports/chat.ts';

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

/** Whose last message did not arrive, and why, by name. Only the convenor is shown this. */
export function unreachedIn(group: Group, missed: { to: string; reason: string }[]): StatusListModel['unreached'] {
  return missed.map(({ to, reason }) => ({
    name: nameOf(group, 'member', to) ?? nameOf(group, 'channel', to) ?? to,
    reason,
  }));
}
