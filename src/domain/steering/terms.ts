/** What a convenor may set for a round: whether it can be, and how the audit says it. */

import { hourText } from '../calendar.ts';
import { usualSending } from '../group.ts';
import { inAudience } from '../schedule/audience.ts';
import { type Audience, type Reminders, type Terms, usualTerms } from '../state.ts';
import type { RefusalCode, RoundSettings } from './command.ts';
import { type Edit, nameOf, type Scene } from './deed.ts';

type Window = { opens: Temporal.PlainDate; closes: Temporal.PlainDate };

/** The terms with these settings, or why they cannot be. */
export function termsWith(
  scene: Scene,
  before: Terms,
  settings: RoundSettings,
  window: Window,
): { terms: Terms } | { code: RefusalCode } {
  const given = Object.fromEntries(
    Object.entries(settings).filter(([key, value]) => key in usualTerms && value !== undefined),
  );
  const terms: Terms = { ...before, ...(given as RoundSettings) };
  const code =
    audienceFault(scene, terms.audience) ?? hourFault(scene, terms.hour) ?? daysFault(terms.reminders, window);
  return code ? { code } : { terms };
}

function audienceFault({ group }: Scene, audience: Audience): RefusalCode | null {
  if (audience !== 'everyone') {
    const { members, constituencies, organisations } = audience;
    if (members.length + constituencies.length + organisations.length === 0) return 'no-audience';
    if (members.some((key) => !group.members.some((member) => member.key === key))) return 'unknown-member';
  }
  return group.members.some((member) => inAudience(audience, member)) ? null : 'empty-audience';
}

function hourFault({ group }: Scene, hour: Temporal.PlainTime | null): RefusalCode | null {
  if (!hour) return null;
  const { quietFrom } = group.sending ?? usualSending;
  const isEarly = Temporal.PlainTime.compare(hour, group.hour) < 0;
  return isEarly || Temporal.PlainTime.compare(hour, quietFrom) >= 0 ? 'quiet-hour' : null;
}

function daysFault(reminders: Reminders, { opens, closes }: Window): RefusalCode | null {
  if (typeof reminders !== 'object') return null;
  const isOutside = (day: Temporal.PlainDate) =>
    Temporal.PlainDate.compare(day, opens) < 0 || Temporal.PlainDate.compare(day, closes) > 0;
  return reminders.days.some(isOutside) ? 'day-outside' : null;
}

/** What is different, as the audit keeps it. */
export function termEdits(scene: Scene, before: Terms, after: Terms): Edit[] {
  const fields = Object.keys(usualTerms) as (keyof Terms)[];
  return fields.flatMap((field) => {
    const [from, to] = [said(scene, field, before), said(scene, field, after)];
    return from === to ? [] : [{ field, from, to }];
  });
}

function said({ group }: Scene, field: keyof Terms, terms: Terms): string | null {
  switch (field) {
    case 'audience': {
      const { audience } = terms;
      if (audience === 'everyone') return audience;
      const names = audience.members.map((key) => nameOf(group, key));
      return [...audience.constituencies, ...audience.organisations, ...names].join(', ');
    }
    case 'reminders':
      return typeof terms.reminders === 'object' ? terms.reminders.days.join(', ') : terms.reminders;
    case 'hour':
      return terms.hour ? hourText(terms.hour) : null;
    case 'review':
      return terms.review ? 'yes' : 'no';
    default:
      return terms[field];
  }
}
