/** From a digest in a channel to all of it, a page at a time, for whoever can see the digest. */

import type { DigestModel } from '../cards/models.ts';
import type { Group } from '../domain/group.ts';
import type { Reply } from '../ports/chat.ts';
import { councilDigest, groupDigest } from './digests.ts';
import { digestListModel, type Span } from './models/digest.ts';
import { barredFrom, barredFromGroup, type ChannelTurn } from './posted.ts';
import { cardFor, notice, pageIn } from './turn.ts';

export async function takeDigest(turn: ChannelTurn): Promise<Reply> {
  const { submission } = turn;
  const { values, verb } = submission;
  const span = spanIn(values);
  if (!span) return notice(turn, 'unknown-card');
  const found = values.council ? await ofCouncil(turn, values.council, span) : await ofGroup(turn, span);
  if ('do' in found) return found;
  const { digest, group } = found;
  const told = span.until.toZonedDateTimeISO(group.timeZone).toPlainDate();
  if (verb === 'digest.show') return { do: 'show', card: cardFor(turn, group, 'digest', digest) };
  if (verb !== 'digest.whole') return notice(turn, 'unknown-card');
  return { do: 'show', card: cardFor(turn, group, 'digest-list', digestListModel(digest, told, pageIn(submission))) };
}

type Found = { digest: DigestModel; group: Group };

async function ofGroup(turn: ChannelTurn, span: Span): Promise<Found | Reply> {
  const { group: key = '', audience } = turn.submission.values;
  const loaded = await turn.store.groups.glance(key);
  if (!loaded) return notice(turn, 'unknown-card');
  const barred = await barredFromGroup(turn, loaded.group);
  if (barred) return barred;
  const { group } = loaded;
  return { group, digest: groupDigest(loaded, audience === 'group' ? 'group' : 'steering', span, turn.now) };
}

/** Only to whoever is where it stands: whoever is in one of the groups is not told of the others elsewhere. */
async function ofCouncil(turn: ChannelTurn, key: string, span: Span): Promise<Found | Reply> {
  const { store } = turn;
  const [first] = await store.steering.groupsOf(key);
  const group = first ? (await store.groups.glance(first))?.group : undefined;
  const council = group?.council;
  if (!group || !council) return notice(turn, 'unknown-card');
  const barred = await barredFrom(turn, [council.channel]);
  return barred ?? { group, digest: (await councilDigest(store, council, span, turn.now)).digest };
}

function spanIn({ after = '', until = '' }: Record<string, string>): Span | null {
  try {
    return { after: after === '' ? null : Temporal.Instant.from(after), until: Temporal.Instant.from(until) };
  } catch {
    return null;
  }
}
