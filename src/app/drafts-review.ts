/** What people press on the cards of a draft. */

import { namedConvenor, peopleOf } from '../domain/plan/roster.ts';
import type { Reply } from '../ports/chat.ts';
import type { StoredDraft } from '../ports/drafts.ts';
import type { Person } from '../ports/store.ts';
import { draftNow, type ImportWorld, leads, mayTouch, type Reader, reading, rosterIn, told } from './drafts.ts';
import { differenceCard, draftCard, reviewCard } from './drafts-cards.ts';
import { openPage, savePage, takeRemedy } from './drafts-fix.ts';
import { refuse } from './drafts-refusal.ts';
import { freePlaceOf } from './import-plan.ts';
import { applied, baseOf, changedSince, differenceFor, namedOtherwise } from './plan-difference.ts';
import { groupOf } from './start-group.ts';
import { notice, type Turn } from './turn.ts';

export async function takeDraft(world: ImportWorld, turn: Turn): Promise<Reply> {
  const { submission } = turn;
  const { verb, values, who, where, message } = submission;
  const reader: Reader = { who, people: turn.people, language: turn.language };
  const stored = await world.store.drafts.get(values.ref ?? '');
  if (!stored) return notice(turn, 'unknown-card');
  // A channel's thread is named after the channel.
  const channel = where === 'channel' ? (message?.conversation.split(';')[0] ?? null) : null;
  const isRevived = verb === 'draft.revive' && stored.state === 'cancelled';
  if (!mayTouch(isRevived ? { ...stored, state: 'open' } : stored, reader, channel)) {
    return stored.group ? refuse(world, reader, stored.group, 'import-plan') : notice(turn, 'not-yours');
  }
  const on: On = { world, reader, stored };
  if (verb === 'draft.revive') return revived(on);
  if (stored.state !== 'open') return ended(world, reader, stored);
  const page = Number(values.page ?? '1');
  switch (verb) {
    case 'draft.page':
      return { do: 'show', card: await reviewCard(world, reader, stored, page) };
    case 'draft.changes':
      return { do: 'show', card: await differenceCard(world, reader, stored, page) };
    case 'draft.fix':
    case 'draft.details':
      return openPage(world, reader, stored, values);
    case 'draft.take':
      return takeRemedy(world, reader, stored, values);
    case 'draft.save':
      return savePage(world, reader, stored, values);
    case 'draft.cancel':
      await world.store.drafts.cancel(stored.id);
      return finished(discarded(reader, stored));
    case 'draft.confirm':
      return stored.group === null ? confirm(on, values.v) : showDifference(on);
    case 'draft.apply':
      return apply(on, values.v);
    default:
      return notice(turn, 'unknown-card');
  }
}

type On = { world: ImportWorld; reader: Reader; stored: StoredDraft };

const finished = ({ card }: Extract<Reply, { do: 'show' }>): Reply => ({ do: 'finish', card });

const discarded = (reader: Reader, { id }: StoredDraft) => told(reader, 'cancelled', {}, { draft: id });

/** The same press once more is told the same; anything else, that it is over. */
async function ended(world: ImportWorld, reader: Reader, stored: StoredDraft): Promise<Reply> {
  if (stored.state === 'applied' && stored.group && stored.base === null) return created(world, reader, stored.group);
  return finished(stored.state === 'cancelled' ? discarded(reader, stored) : told(reader, 'over'));
}

/** What was discarded by mistake is shown again, with all that was set right in it. */
async function revived({ world, reader, stored }: On): Promise<Reply> {
  if (stored.state === 'applied') return ended(world, reader, stored);
  const isBack = (await world.store.drafts.revive(stored.id)) || stored.state === 'open';
  if (isBack) return { do: 'show', card: await draftCard(world, reader, { ...stored, state: 'open' }) };
  return told(reader, 'newer', {}, { draft: stored.id });
}

async function created({ store }: ImportWorld, reader: Reader, key: string): Promise<Reply> {
  const loaded = await store.groups.glance(key);
  if (!loaded) return finished(told(reader, 'over'));
  const { name, activities, members } = loaded.group;
  const facts = {
    group: name,
    activities: activities.length,
    people: members.length,
    convenor: members.find(({ role }) => role === 'convenor')?.name ?? '',
  };
  return finished(told(reader, 'created', facts));
}

async function confirm({ world, reader, stored }: On, seen: string | undefined): Promise<Reply> {
  const { drafts } = world.store;
  const show = async (draft: StoredDraft, news: Parameters<typeof reviewCard>[4]): Promise<Reply> => ({
    do: 'show',
    card: await reviewCard(world, reader, draft, 1, news),
  });
  const anew = async (): Promise<Reply> => show((await drafts.get(stored.id)) ?? stored, 'changed');
  if (seen !== String(stored.version)) return anew();
  if (stored.channel === null) return findPlace({ world, reader, stored }, show);

  const place = { platform: stored.author.platform, tenant: stored.author.tenant, channel: stored.channel };
  const roster = await rosterIn(world, place);
  if (!roster) return show(stored, 'roster');
  // Whoever came or left meanwhile counts as of now; keys stay, for what was set right names them.
  const known = stored.draft.people.map(({ key, name, user }) => ({ key, name, user }));
  const people = peopleOf(roster.people, known);
  const confirmer = people.find(({ user, left }) => user === reader.who.user && !left);
  if (!confirmer) return told(reader, 'outsider');
  const draft = { ...stored.draft, people };
  const read = reading(world, draft);
  if (!read.ok) return told(reader, read.code);

  const about = await drafts.place(place);
  const name = about?.name ?? roster.name ?? draft.name;
  const group = groupOf({ ...stored, draft }, read.rows, { channel: stored.channel, name }, confirmer.key, world.now);
  const result = await drafts.create(stored.id, stored.version, {
    group,
    change: { at: world.now, kind: 'plan-imported', activity: null, facts: { activities: `${read.rows.length}` } },
    by: confirmer.key,
    entries: [
      {
        at: world.now,
        by: confirmer.key,
        byName: confirmer.name,
        action: 'start-group',
        subject: 'group',
        subjectName: '',
        field: 'plan',
        from: null,
        to: draft.name,
        version: null,
      },
    ],
  });
  if (result.is === 'created') return created(world, reader, result.group);
  if (result.is === 'taken') return told(reader, 'taken');
  const now = await drafts.get(stored.id);
  return now && now.state !== 'open' ? ended(world, reader, now) : anew();
}

/** There was no channel when the plan came: perhaps there is one now, and its people can be matched. */
async function findPlace(
  { world, reader, stored }: On,
  show: (draft: StoredDraft, news: null) => Promise<Reply>,
): Promise<Reply> {
  const place = await freePlaceOf(world, reader);
  const roster = place && (await rosterIn(world, place));
  if (!place || !roster) return show(stored, null);
  const people = peopleOf(roster.people, []);
  const convenor = stored.draft.convenor ?? namedConvenor(stored.draft.charter, people)?.key ?? null;
  const draft = { ...stored.draft, people, convenor };
  const revised = await world.store.drafts.revise(stored.id, stored.version, { channel: place.channel, draft });
  return show(revised ?? stored, null);
}

/** From the review of a plan that runs already to what it changes. */
async function showDifference({ world, reader, stored }: On): Promise<Reply> {
  return { do: 'show', card: await draftCard(world, reader, stored) };
}

async function apply(on: On, seen: string | undefined): Promise<Reply> {
  const { world, reader, stored } = on;
  const by = reader.people.find((person): person is Person => person.groupKey === stored.group && leads(person));
  if (!by || stored.group === null) return notice(reader, 'convenor-only');
  if (seen !== String(stored.version)) return showDifference(on);
  let total = 0;
  const result = await world.store.drafts.apply(
    stored.id,
    stored.version,
    stored.group,
    world.now,
    (loaded, former) => {
      const next = applied(world, stored, by, loaded, former);
      total = next?.total ?? 0;
      return next;
    },
  );
  if (result === 'applied') return finished(told(reader, 'applied', { total }));
  const now = await world.store.drafts.get(stored.id);
  if (result === 'stale' || !now) return now && now.state !== 'open' ? ended(world, reader, now) : showDifference(on);
  return changedMeanwhile({ world, reader, stored: now });
}

/** Somebody else was first: what they did, and what this plan would change now. */
async function changedMeanwhile({ world, reader, stored }: On): Promise<Reply> {
  const found = await differenceFor(world, stored);
  if ('fault' in found) return told(reader, found.fault);
  const { loaded } = found;
  const draft = draftNow(stored, loaded.group, await world.store.steering.former(loaded.group.key));
  const meanwhile = [...changedSince(stored.base ?? [], found), ...namedOtherwise(world, stored.draft, draft)];
  const revised = await world.store.drafts.revise(stored.id, stored.version, { base: baseOf(loaded), draft });
  return { do: 'show', card: await differenceCard(world, reader, revised ?? stored, 1, meanwhile) };
}
