/** A round's terms as JSON, and back. */

import { hourText } from '../../domain/calendar.ts';
import { type Reminders, type Terms, usualTerms } from '../../domain/state.ts';

type TermsJson = Omit<Terms, 'hour' | 'reminders'> & {
  hour: string | null;
  reminders: Exclude<Reminders, object> | { days: string[] };
};

export function termsToJson(terms: Terms): TermsJson {
  const { reminders, hour } = terms;
  return {
    ...terms,
    hour: hour ? hourText(hour) : null,
    reminders: typeof reminders === 'object' ? { days: reminders.days.map(String) } : reminders,
  };
}

export function termsFrom(json: unknown): Terms {
  const { hour, reminders, ...terms } = json as TermsJson;
  return {
    ...usualTerms,
    ...terms,
    hour: hour ? Temporal.PlainTime.from(hour) : null,
    reminders:
      typeof reminders === 'object' ? { days: reminders.days.map((day) => Temporal.PlainDate.from(day)) } : reminders,
  };
}
