/** One reader's language and zone: everything a view needs to put facts into words. */

import type { Language } from '../domain/group.ts';
import type { Level } from '../domain/levels.ts';
import { remember } from '../domain/schedule/remember.ts';
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
  /** ISO 3166-1 alpha-2 → "Sverige" */
  country(code: string): string;
  /** 0.4 → "40 %" */
  percent(share: number): string;
  /** "■ Brist" */
  level(level: Level): string;
  /** "✔ Klart" */
  status(status: Status): string;
};

const lists = remember((language: Language) => new Intl.ListFormat(localeOf[language]));
const countries = remember((language: Language) => new Intl.DisplayNames(localeOf[language], { type: 'region' }));
const percents = remember((language: Language) => new Intl.NumberFormat(localeOf[language], { style: 'percent' }));

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
    list: (parts) => lists(language).format(parts),
    country: (code) => countries(language).of(code) ?? code,
    percent: (share) => percents(language).format(share),
    level: (level) => `${levelSymbols[level]} ${speak(`level.${level}`)}`,
    status: (status) => `${statusSymbols[status]} ${speak(`status.${status}`)}`,
  };
}
