/** A calendar feed in somebody's language: what each day is about, in words. */

import type { FeedEntry } from '../domain/feed/entries.ts';
import { type CalendarEvent, icsOf } from '../domain/feed/ics.ts';
import type { Language } from '../domain/group.ts';
import { statusSymbols } from './symbols.ts';
import { localeOf, say } from './words.ts';

/** `group`: the name of the group that the entry is from. */
export type NamedEntry = { group: string; entry: FeedEntry };

/** `name`: the group's; null for a person's own calendar. */
export function feedText(name: string | null, entries: NamedEntry[], language: Language): string {
  return icsOf({
    name: name === null ? say(language, 'feed.mine') : say(language, 'feed.group', { group: name }),
    language,
    events: entries.map((one) => eventOf(one, language)),
  });
}

function eventOf({ group, entry }: NamedEntry, language: Language): CalendarEvent {
  const { uid, first, last, title, status, optional, touched } = entry;
  return {
    uid,
    first,
    last,
    summary: summaryOf(entry, language) || title,
    description: [
      group,
      entry.owners === 'all' || entry.owners.length > 0
        ? say(language, 'activity.owners', { owners: ownersOf(entry, language) })
        : '',
      status
        ? say(language, 'feed.status', { status: `${statusSymbols[status]} ${say(language, `status.${status}`)}` })
        : '',
      ...entry.links,
    ]
      .filter(Boolean)
      .join('\n'),
    sequence: touched.times,
    changed: touched.at,
    tentative: optional,
  };
}

/** A thing that is over says so before its title: many calendars show no more than the beginning. */
function summaryOf({ what, title, status }: FeedEntry, language: Language): string {
  if (what === 'round') return say(language, 'feed.round', { title });
  if (what === 'last-day') return say(language, 'feed.lastDay', { title });
  return status === 'done' || status === 'stopped' ? `${statusSymbols[status]} ${title}` : title;
}

function ownersOf({ owners }: FeedEntry, language: Language): string {
  if (owners === 'all') return say(language, 'common.everyone');
  return new Intl.ListFormat(localeOf[language]).format(owners);
}
