/** One reader's language and zone: everything a view needs to put facts into words. */

import type { Language } from '../domain/group.ts';
import type { Level } from '../domain/levels.ts';
import type { Status } from '../domain/state.ts';
import { clock, deadline, longDay, moment, shortDay } from './dates.ts';
import type { Day, When } from './models.ts';
import { levelSymbols, statusSymbols } from './symbols.ts';
import { localeOf, say, type Values } from './words.ts';

export type VoiceOptions = {
  /** IANA zone of the reader; without it the zone that stands beside each instant. */
  timeZone?: string;
  /** Tried before English where the reader's language lacks a word. */
  groupLanguage?: Language;
};

export type Voice = {
  language: Language;
  say(key: string, values?: Values): string;
  longDay(day: Day): string;
  shortDay(day: Day): string;
  moment(when: When): string;
  /** "HH:MM" → "09.00" */
  clock(time: string): string;
  deadline(when: When): string;
  /** "Tove, Nils och Per" */
  list(parts: string[]): string;
  /** 0.4 → "40 %" */
  percent(share: number): string;
  /** "■ Brist" */
  level(level: Level): string;
  /** "✔ Klart" */
  status(status: Status): string;
};

const lists = new Map<Language, Intl.ListFormat>();
const percents = new Map<Language, Intl.NumberFormat>();

export function voiceIn(language: Language, { timeZone, groupLanguage }: VoiceOptions = {}): Voice {
  const speak = (key: string, values?: Values) => say(language, key, values, groupLanguage);
  return {
    language,
    say: speak,
    longDay: (day) => longDay(day, language),
    shortDay: (day) => shortDay(day, language),
    clock: (time) => clock(time, language),
    moment: (when) => moment(when, language, timeZone),
    deadline: (when) => deadline(when, language, timeZone),
    list(parts) {
      const made = lists.get(language) ?? new Intl.ListFormat(localeOf[language]);
      lists.set(language, made);
      return made.format(parts);
    },
    percent(share) {
      const made = percents.get(language) ?? new Intl.NumberFormat(localeOf[language], { style: 'percent' });
      percents.set(language, made);
      return made.format(share);
    },
    level: (level) => `${levelSymbols[level]} ${speak(`level.${level}`)}`,
    status: (status) => `${statusSymbols[status]} ${speak(`status.${status}`)}`,
  };
}
