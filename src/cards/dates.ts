/** Days and instants written out in the reader's language. */

import { hourText } from '../domain/calendar.ts';
import type { Language } from '../domain/group.ts';
import type { Day, When } from './models.ts';
import { localeOf, say } from './words.ts';

const formats = new Map<string, Intl.DateTimeFormat>();
function format(language: Language, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${name}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(localeOf[language], options);
  formats.set(key, made);
  return made;
}

/** "onsdag 12 oktober 2022"; in Finnish "keskiviikkona 12. lokakuuta 2022". For sentences. */
export function longDay(day: Day, language: Language): string {
  const long = format(language, 'long', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return written(day, long).replace(',', '');
}

/** "12 okt. 2022". For lists. */
export function shortDay(day: Day, language: Language): string {
  const short = format(language, 'short', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  return written(day, short);
}

/** The same few instants stand on every card of a round. */
const most = 256;
const known = new Map<string, string>();
function once(what: string, when: When, language: Language, zone: string, say: () => string): string {
  const key = `${what} ${when.instant} ${zone} ${language}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  if (known.size >= most) known.clear();
  const said = say();
  known.set(key, said);
  return said;
}

/** "HH:MM" as it is usually written: 09.00 in Swedish and Norwegian, 9.00 in Finnish, 09:00 in English. */
export function clock(time: string, language: Language): string {
  const [hour, minute] = time.split(':');
  if (language === 'en' || minute === undefined) return time;
  return `${language === 'fi' ? Number(hour) : hour}.${minute}`;
}

/** Day and time: "onsdag 12 oktober 2022 kl. 09.00". `zone` wins over the instant's own zone. */
export function moment(when: When, language: Language, zone = when.zone): string {
  return once('moment', when, language, zone, () => {
    const there = Temporal.Instant.from(when.instant).toZonedDateTimeISO(zone);
    return say(language, 'common.at', {
      day: longDay(there.toPlainDate().toString(), language),
      time: clock(hourText(there.toPlainTime()), language),
    });
  });
}

/**
 * A deadline: the day alone when it is the day's end (midnight belongs to the day before), else day and time.
 */
export function deadline(when: When, language: Language, zone = when.zone): string {
  return once('deadline', when, language, zone, () => {
    const lastMinute = Temporal.Instant.from(when.instant).subtract({ nanoseconds: 1 }).toZonedDateTimeISO(zone);
    const dayEnds = lastMinute.hour === 23 && lastMinute.minute >= 58;
    return dayEnds ? longDay(lastMinute.toPlainDate().toString(), language) : moment(when, language, zone);
  });
}

/** What is no day stays as it stands: one odd date must not keep a whole card from being sent. */
function written(day: Day, how: Intl.DateTimeFormat): string {
  const noon = new Date(`${day}T12:00Z`);
  return Number.isNaN(noon.getTime()) ? day : how.format(noon);
}
