/** One digest across the groups of a council: each line says whose it is. */

import type { DigestLine } from '../../cards/models.ts';
import type { Council, Group, Language } from '../../domain/group.ts';
import type { PlanState } from '../../domain/state.ts';
import { type Digest, digestModel, type Span } from './digest.ts';

/** The language of the group whose channel the council talks in; elsewhere that of most of its groups, of as many the first's. */
export function councilLanguage(
  { channel }: Pick<Council, 'channel'>,
  groups: readonly Pick<Group, 'channels' | 'language'>[],
): Language {
  const isIts = (one: Group['channels'][number]) =>
    one.platform === channel.platform && one.tenant === channel.tenant && one.id === channel.id;
  const host = groups.find(({ channels }) => channels.some(isIts));
  if (host) return host.language;
  const count = (language: Language) => groups.filter((one) => one.language === language).length;
  const [first] = groups.map(({ language }) => language).sort((one, other) => count(other) - count(one));
  return first ?? 'en';
}

/** `groups` in their order; the first one's zone says which day it is. */
export function councilModel(
  council: string,
  groups: readonly { group: Group; state: PlanState }[],
  span: Span,
  now: Temporal.Instant,
): Digest {
  const each = groups.map(({ group, state }) => ({
    name: group.name,
    model: digestModel(group, state, 'steering', span, now),
  }));
  const of = <T>(part: (model: Digest) => readonly T[], named: (line: T, name: string) => T) =>
    each.flatMap(({ name, model }) => part(model).map((line) => named(line, name)));
  return {
    group: council,
    audience: 'steering',
    day: each[0]?.model.day ?? now.toZonedDateTimeISO('UTC').toPlainDate().toString(),
    changes: of(({ changes }) => changes, whose),
    ahead: of(
      ({ ahead }) => ahead,
      (line, name) => ({ ...line, activity: `${name}: ${line.activity}` }),
    ).sort((one, other) => (one.day < other.day ? -1 : Number(one.day > other.day))),
    open: of(
      ({ open }) => open,
      (line, name) => ({ ...line, title: `${name}: ${line.title}` }),
    ),
  };
}

function whose(line: DigestLine, name: string): DigestLine {
  if ('activity' in line) return { ...line, activity: `${name}: ${line.activity}` };
  return 'title' in line ? { ...line, title: `${name}: ${line.title}` } : { ...line, of: name };
}
