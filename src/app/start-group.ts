/** A group begins in chat: the first word in a channel where none talks, and the group that comes of a confirmed plan. */

import { renderCard } from '../cards/cards.ts';
import { say } from '../cards/words.ts';
import { type Group, type Language, languages, type Member } from '../domain/group.ts';
import type { Draft, DraftRow } from '../domain/plan/draft.ts';
import type { Person, RosterPerson } from '../domain/plan/roster.ts';
import { slug } from '../domain/plan/to-activities.ts';
import { instrument, usualCatalogue } from '../library/library.ts';
import type { Presence } from '../ports/chat.ts';
import type { StoredDraft } from '../ports/drafts.ts';
import { countryOf, type ImportWorld, rosterIn } from './drafts.ts';

/** Keeps which channels Rond is in, and says once in each where no group talks how to begin. */
export async function takePlace(world: ImportWorld, presence: Presence): Promise<void> {
  const { what, platform, tenant, channel, name } = presence;
  if (!channel) return;
  const { drafts, people } = world.store;
  const place = { platform, tenant, channel };
  if (what === 'uninstalled' || what === 'channel-deleted') return drafts.left(place);
  if (what === 'channel-renamed') return void (await drafts.arrived({ ...place, name }, world.now));
  if (what !== 'installed' || !(await drafts.arrived({ ...place, name }, world.now))) return;
  if ((await people.groupsIn(platform, tenant, channel)).length > 0) return;
  const roster = await rosterIn(world, place);
  const card = renderCard('start', { name: name ?? roster?.name ?? '' }, languageOf(roster?.people ?? []));
  const outcome = await world.platforms[platform]?.send(place, { card, key: `start:${platform}:${tenant}:${channel}` });
  // Nothing was shown for certain: the next news of being there says it.
  if (!outcome || outcome.is === 'again' || outcome.is === 'failed') await drafts.ungreeted(place);
}

/** The one most of them use; nobody's is known: English. */
function languageOf(people: readonly RosterPerson[]): Language {
  const count = (language: Language) => people.filter((person) => person.language === language).length;
  const [most] = languages.toSorted((one, other) => count(other) - count(one));
  return most && count(most) > 0 ? most : 'en';
}

/** The group a confirmed draft makes. `confirmer`: convenes when the charter names nobody. */
export function groupOf(
  { draft, author }: StoredDraft,
  rows: readonly DraftRow[],
  place: { channel: string; name: string },
  confirmer: string,
  now: Temporal.Instant,
): Group {
  const { language, timeZone, country } = draft.home;
  const here = draft.people.filter(({ left }) => !left);
  const convenor = here.some(({ key }) => key === draft.convenor) ? draft.convenor : confirmer;
  const decidedOn = draft.decided
    ? Temporal.PlainDate.from(draft.decided)
    : now.toZonedDateTimeISO(timeZone).toPlainDate();
  const unstated = say(language, 'import.unstated');
  return {
    key: slug(draft.name),
    name: draft.name,
    client: '',
    owner: '',
    decidedOn,
    language,
    timeZone,
    country,
    hour: Temporal.PlainTime.from('09:00'),
    periods: { now: String(decidedOn.year), coming: `${decidedOn.year + 1}–${decidedOn.year + 3}` },
    startsAt: now,
    members: here.map((person) => memberOf(person, draft, convenor, unstated, author)),
    channels: [
      { purpose: 'group', platform: author.platform, tenant: author.tenant, id: place.channel, name: place.name },
    ],
    activities: rows.map(({ activity }) =>
      activity.instrument && !activity.catalogue
        ? { ...activity, catalogue: usualCatalogue(instrument(activity.instrument), country) }
        : activity,
    ),
  };
}

function memberOf(
  { key, name, user, language, timeZone }: Person,
  { home }: Draft,
  convenor: string | null,
  unstated: string,
  { platform, tenant }: StoredDraft['author'],
): Member {
  return {
    key,
    name,
    organisation: unstated,
    constituency: unstated,
    country: timeZone && timeZone !== home.timeZone ? countryOf(timeZone, home.country) : home.country,
    language: language ?? home.language,
    role: key === convenor ? 'convenor' : 'member',
    timeZone: timeZone ?? home.timeZone,
    identities: [{ platform, tenant, user }],
  };
}
