/** A digest of a group or across the groups of a council, with the way to all of it. */

import type { DigestModel } from '../cards/models.ts';
import type { Council, Language } from '../domain/group.ts';
import type { Glance, Store } from '../ports/store.ts';
import { councilLanguage, councilModel } from './models/council.ts';
import { digestModel, type Span, wholeOf } from './models/digest.ts';

export function groupDigest(
  { group, state }: Glance,
  audience: DigestModel['audience'],
  span: Span,
  now: Temporal.Instant,
): DigestModel {
  return {
    ...digestModel(group, state, audience, span, now),
    whole: wholeOf({ group: group.key }, audience, span),
  };
}

/** What the council is told, and in which language its channel reads. */
export async function councilDigest(
  { groups, steering }: Pick<Store, 'groups' | 'steering'>,
  council: Council,
  span: Span,
  now: Temporal.Instant,
): Promise<{ digest: DigestModel; language: Language }> {
  const { key, name } = council;
  const found: Glance[] = [];
  for (const one of await steering.groupsOf(key)) {
    const loaded = await groups.glance(one);
    if (loaded) found.push(loaded);
  }
  return {
    digest: { ...councilModel(name, found, span, now), whole: wholeOf({ council: key }, 'steering', span) },
    language: councilLanguage(
      council,
      found.map(({ group }) => group),
    ),
  };
}
