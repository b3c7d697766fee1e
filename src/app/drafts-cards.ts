/** The card a draft is shown on: its review, or for a group that runs already what it changes. */

import type { DifferenceLine, PlanReviewModel } from '../cards/models.ts';
import type { Card } from '../ports/chat.ts';
import type { StoredDraft } from '../ports/drafts.ts';
import type { Glance } from '../ports/store.ts';
import { factsFor, type ImportWorld, type Reader, reading, told } from './drafts.ts';
import { differenceModel, reviewModel } from './drafts-models.ts';
import { differenceFor } from './plan-difference.ts';
import { cardFor } from './turn.ts';

/** A page of the plan as it was understood. */
export async function reviewCard(
  world: ImportWorld,
  reader: Reader,
  stored: StoredDraft,
  page: number,
  news: PlanReviewModel['news'] = null,
): Promise<Card> {
  const read = reading(world, stored.draft);
  if (!read.ok) return told(reader, read.code).card;
  const { platform, tenant } = stored.author;
  const place = stored.channel ? await world.store.drafts.place({ platform, tenant, channel: stored.channel }) : null;
  const group = stored.group ? await world.store.groups.glance(stored.group) : null;
  const channel = group?.group.channels.find(({ purpose }) => purpose === 'group');
  // A channel whose name is not told is still a channel: the group's own name stands for it.
  const name = channel?.name ?? (stored.channel ? (place?.name ?? stored.draft.name) : (group?.group.name ?? ''));
  return cardFor(
    reader,
    null,
    'plan-review',
    reviewModel(stored, read, name, reader.language, page, news, factsFor(world, stored.draft)),
  );
}

/** What the plan changes in its group; a sentence when it changes nothing. `just`: the group, where it has just been looked at. */
export async function differenceCard(
  world: ImportWorld,
  reader: Reader,
  stored: StoredDraft,
  page: number,
  meanwhile: DifferenceLine[] = [],
  just: Glance | null = null,
): Promise<Card> {
  const found = await differenceFor(world, stored, just);
  if ('fault' in found) return told(reader, found.fault).card;
  const { difference, loaded, read, nameOf, isOpen } = found;
  const facts = { page, meanwhile, nameOf, isOpen, toLook: read.rows.filter((row) => row.warnings.length > 0).length };
  const model = differenceModel(stored, difference, facts);
  if (model.total === 0) return told(reader, 'same').card;
  return cardFor(reader, loaded.group, 'plan-difference', model);
}

/** Where somebody begins with a draft. `just`: as in `differenceCard`. */
export function draftCard(
  world: ImportWorld,
  reader: Reader,
  stored: StoredDraft,
  just: Glance | null = null,
): Promise<Card> {
  if (stored.group === null) return reviewCard(world, reader, stored, 1);
  return differenceCard(world, reader, stored, 1, [], just);
}
