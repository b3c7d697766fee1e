/** The page where a round is set up, its plan, and the command that makes it. */

import type { Named, RoundPageModel, RoundPlanModel, RoundValues } from '../../cards/convenor-models.ts';
import { shownName } from '../../cards/names.ts';
import { hourText } from '../../domain/calendar.ts';
import type { Group, Language } from '../../domain/group.ts';
import { usualSending } from '../../domain/group.ts';
import { readDue } from '../../domain/plan/due.ts';
import { lastDay } from '../../domain/schedule/reminders.ts';
import { type Round, type Terms, termsOf } from '../../domain/state.ts';
import type { RoundCommand } from '../../domain/steering/command.ts';
import { catalogues, instruments, usualCatalogue } from '../../library/library.ts';
import { wordsIn } from '../../library/names.ts';
import type { AuditEntry } from '../../ports/steering.ts';
import { readDay } from '../read-day.ts';
import { byName, choicesOf, listed, mostChoices, namesIn, notOne, people } from '../steer-choices.ts';
import type { RoundDraft } from '../steer-drafts.ts';
import { auditLine } from './convenor.ts';
import { type Seen, sendLines, turnTo } from './convenor-sends.ts';

const usual = {
  title: '',
  constituencies: '',
  organisations: '',
  people: '',
  language: '',
  anonymity: 'named',
  reminders: 'usual',
  days: '',
  hour: '',
  review: 'no',
};

/** What a new round starts from: the activity's window, or two weeks from tomorrow. */
export function startValues(group: Group, today: Temporal.PlainDate, activity: string, due: string): RoundValues {
  const found = group.activities.find(({ key }) => key === activity);
  const window = found?.due.find(({ key }) => key === due);
  const own = window && 'from' in window && Temporal.PlainDate.compare(window.to, today) > 0 ? window : null;
  const first = own && Temporal.PlainDate.compare(own.from, today) >= 0 ? own.from : today.add({ days: 1 });
  const instrument = instruments().find(({ key }) => key === found?.instrument) ?? instruments()[0];
  return {
    ...usual,
    title: found?.title ?? '',
    instrument: instrument?.key ?? '',
    catalogue: found?.catalogue ?? (instrument ? usualCatalogue(instrument, group.country) : ''),
    opens: first.toString(),
    closes: (own?.to ?? first.add({ days: 14 })).toString(),
  };
}

export function valuesOf(group: Group, round: Round): RoundValues {
  const { audience, language, reminders, hour, anonymity, review } = termsOf(round);
  const some = audience === 'everyone' ? { members: [], constituencies: [], organisations: [] } : audience;
  const coded = (pick: Pick, names: string[]) =>
    isWritten(group, pick) ? names.join('\n') : names.map(encodeURIComponent).join(',');
  const nameOf = (key: string) => group.members.find((member) => member.key === key)?.name ?? key;
  const days = typeof reminders === 'object' ? reminders.days.map(String) : [];
  return {
    title: group.activities.find(({ key }) => key === round.activity)?.title ?? '',
    instrument: round.instrument,
    catalogue: round.catalogue,
    opens: round.opensAt.toZonedDateTimeISO(group.timeZone).toPlainDate().toString(),
    closes: lastDay(round.closesAt, group.timeZone).toString(),
    constituencies: coded('constituency', some.constituencies),
    organisations: coded('organisation', some.organisations),
    people: group.members.length > mostChoices ? some.members.map(nameOf).join(', ') : some.members.join(','),
    language: language ?? '',
    anonymity,
    reminders: typeof reminders === 'object' ? 'days' : reminders,
    days: days.join(', '),
    hour: hour ? hourText(hour) : '',
    review: review ? 'yes' : 'no',
  };
}

type Pick = 'constituency' | 'organisation';

const namesOf = (group: Group, pick: Pick): string[] =>
  [...new Set(group.members.map((member) => member[pick]))].filter(Boolean);

const isWritten = (group: Group, pick: Pick): boolean => namesOf(group, pick).length > mostChoices;

export function roundPageModel(
  group: Group,
  draft: RoundDraft,
  open: boolean,
  reader: Language,
  errors: Record<string, string> = {},
): RoundPageModel {
  const title = (words: Parameters<typeof wordsIn>[0]) => shownName(wordsIn(words, reader, [group.language]), reader);
  const coded = (pick: Pick): Named[] =>
    isWritten(group, pick)
      ? []
      : namesOf(group, pick)
          .map((name) => ({ key: encodeURIComponent(name), name }))
          .sort(byName);
  return {
    ref: group.key,
    draft: draft.id,
    group: group.name,
    from: { round: draft.round, activity: draft.activity },
    activity: draft.activity === '' ? '' : draft.values.title,
    open,
    values: draft.values,
    choices: {
      instruments: instruments().map(({ key, title: words }) => ({ key, name: title(words) })),
      catalogues: catalogues().map(({ key, title: words }) => ({ key, name: title(words) })),
      constituencies: coded('constituency'),
      organisations: coded('organisation'),
      people: choicesOf(group.members),
      hours: hoursOf(group),
      written: [
        ...(isWritten(group, 'constituency') ? (['constituencies'] as const) : []),
        ...(isWritten(group, 'organisation') ? (['organisations'] as const) : []),
        ...(group.members.length > mostChoices ? (['people'] as const) : []),
      ],
    },
    errors,
  };
}

function hoursOf(group: Group): string[] {
  const { quietFrom } = group.sending ?? usualSending;
  const hours: string[] = [];
  for (let hour = group.hour.hour; hour < quietFrom.hour; hour++) hours.push(`${String(hour).padStart(2, '0')}:00`);
  return hours;
}

const fixedOnceOpen = ['instrument', 'catalogue', 'constituencies', 'organisations', 'people', 'anonymity'] as const;

/**
 * What was set up before a round opened, with what is fixed since as the open round has it. `lapsed`: something else was wanted of that, and
 * nobody may take it for done.
 */
export function asOpened(group: Group, round: Round, draft: RoundDraft): { draft: RoundDraft; lapsed: boolean } {
  const now = valuesOf(group, round);
  const { values } = draft;
  const isSame = (round.version ?? 0) === draft.seen;
  const lapsed =
    fixedOnceOpen.some((key) => values[key] !== now[key]) ||
    (isSame && (values.opens !== now.opens || values.closes !== now.closes));
  const { language, reminders, days, hour, review } = values;
  return { draft: { ...draft, values: { ...now, language, reminders, days, hour, review } }, lapsed };
}

/** The page's own texts over what stood there; what a page does not show keeps what it was. */
export function typedOver(before: RoundValues, given: Record<string, string>): RoundValues {
  const next = { ...before };
  for (const key of Object.keys(before) as (keyof RoundValues)[]) {
    const value = given[key];
    if (value !== undefined) next[key] = value.normalize('NFC').replaceAll('\u0000', '').trim();
  }
  if (next.language === 'own') next.language = '';
  if (next.hour === 'usual') next.hour = '';
  return next;
}

type Fault = { errors: Record<string, string> };

/** The command that a page means, or what is wrong with it, by input. */
export function commandFrom(group: Group, draft: RoundDraft, open: boolean): RoundCommand | Fault {
  const { values } = draft;
  const errors: Record<string, string> = {};
  const day = (input: 'opens' | 'closes') => {
    const read = readDay(values[input]);
    if (read === null || read === 'bad') errors[input] = read === null ? 'missing-day' : 'bad-date';
    return read === 'bad' ? null : read;
  };
  const [opens, closes] = [day('opens'), day('closes')];
  const reminders = remindersFrom(values, opens);
  if (!reminders) errors.days = values.days === '' ? 'missing-day' : 'bad-date';
  const meant = listed(values.people).map(people(group));
  const members = meant.flatMap((one) => (one.is === 'one' ? [one.member.key] : []));
  const odd = meant.find((one) => one.is !== 'one');
  if (odd) errors.people = notOne(odd);
  const constituencies = namesIn(namesOf(group, 'constituency'), values.constituencies);
  const organisations = namesIn(namesOf(group, 'organisation'), values.organisations);
  if (constituencies.unknown.length > 0) errors.constituencies = `unknown-name|${constituencies.unknown.join('; ')}`;
  if (organisations.unknown.length > 0) errors.organisations = `unknown-name|${organisations.unknown.join('; ')}`;
  if (draft.activity === '' && draft.round === '' && values.title === '') errors.title = 'no-title';
  if (!reminders || !opens || !closes || Object.keys(errors).length > 0) return { errors };
  const some = constituencies.names.length + organisations.names.length + members.length > 0;
  const settings: Partial<Terms> = {
    language: (values.language || null) as Language | null,
    reminders,
    hour: values.hour === '' ? null : Temporal.PlainTime.from(values.hour),
    review: values.review === 'yes',
  };
  const before: Partial<Terms> = {
    audience: some ? { members, constituencies: constituencies.names, organisations: organisations.names } : 'everyone',
    anonymity: values.anonymity === 'counts' ? 'counts' : 'named',
  };
  if (draft.round !== '' && open) return { do: 'change-round', round: draft.round, settings, seen: draft.seen };
  if (draft.round !== '')
    return {
      do: 'change-round',
      round: draft.round,
      settings: { ...settings, ...before },
      opens,
      closes,
      seen: draft.seen,
    };
  const from =
    draft.activity === ''
      ? { title: values.title }
      : { activity: draft.activity, ...(draft.due ? { due: draft.due } : {}) };
  const { instrument, catalogue } = values;
  return { do: 'schedule-round', from, instrument, catalogue, opens, closes, ...settings, ...before };
}

/** Chosen days are written as in a timetable: without a year they are the first such after the round opens. */
function remindersFrom({ reminders, days }: RoundValues, opens: Temporal.PlainDate | null): Terms['reminders'] | null {
  if (reminders !== 'days')
    return reminders === 'mid' || reminders === 'near' || reminders === 'none' ? reminders : 'usual';
  const { due, unreadable, needsYear } = readDue(days, opens);
  const good = due.flatMap((one) => ('on' in one.due ? [one.due.on] : []));
  return !unreadable && !needsYear && good.length === due.length && good.length > 0 ? { days: good } : null;
}

const besides: Record<string, string> = {
  'no-title': 'title',
  'unknown-instrument': 'instrument',
  'window-over': 'closes',
  'window-backwards': 'closes',
  'too-soon': 'closes',
  'past-date': 'opens',
  'bad-date': 'closes',
  'day-outside': 'days',
  'empty-audience': 'constituencies',
  'no-audience': 'constituencies',
  'unknown-member': 'people',
  'quiet-hour': 'hour',
};

/** The input that a refusal is about; what is about none stands above them all. */
export const besideFor = (code: string): string => besides[code] ?? 'page';

export function roundPlanModel(
  group: Group,
  draft: RoundDraft,
  { seen, since }: { seen: Seen; since: AuditEntry[] },
  { page, reader, said = '' }: { page: number; reader: Language; said?: string },
): RoundPlanModel {
  const { values } = draft;
  const titleOf = (all: { key: string; title: Parameters<typeof wordsIn>[0] }[], key: string) => {
    const found = all.find((one) => one.key === key);
    return found ? shownName(wordsIn(found.title, reader, [group.language]), reader) : key;
  };
  const meant = listed(values.people).map(people(group));
  const names = meant.flatMap((one) => (one.is === 'one' ? [one.member.name] : []));
  const audience = [
    ...namesIn(namesOf(group, 'constituency'), values.constituencies).names,
    ...namesIn(namesOf(group, 'organisation'), values.organisations).names,
    ...names,
  ];
  const { placed: named, ...turned } = turnTo(sendLines(seen.plan, group.timeZone), seen.warnings, page, audience);
  return {
    ref: group.key,
    draft: draft.id,
    group: group.name,
    title: values.title,
    said,
    asks: `${titleOf(instruments(), values.instrument)} · ${titleOf(catalogues(), values.catalogue)}`,
    people: seen.people,
    opens: values.opens,
    closes: values.closes,
    values,
    ...turned,
    audience: audience.length === 0 ? 'everyone' : named,
    since: since.map(auditLine(group.timeZone)),
  };
}
