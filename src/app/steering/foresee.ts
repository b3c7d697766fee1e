/** What a command would change, as a person reads it: which messages stop, which start, and what they should know before they confirm. */

import type { Holidays } from '../../domain/calendar.ts';
import type { Group } from '../../domain/group.ts';
import { nameOf } from '../../domain/schedule/chain.ts';
import { isMessage } from '../../domain/schedule/messages.ts';
import { later } from '../../domain/schedule/place.ts';
import { type GroupState, keepsToCounts } from '../../domain/state.ts';
import { blinding } from '../../domain/steering/blind.ts';
import type { Command } from '../../domain/steering/command.ts';
import type { Deed } from '../../domain/steering/deed.ts';
import { effectsOf, type Sent } from '../../domain/steering/foresee.ts';
import { standingOf } from '../../domain/steering/live.ts';
import { touchedOf } from '../../domain/steering/touched.ts';
import { joiningNotes } from './joining.ts';
import { coverageWarnings, leavingWarnings } from './leaving.ts';
import type { Foreseen, ForeseenMessage, Warning } from './types.ts';
import { dayWarnings, warningsOf } from './warnings.ts';

type Whole = { group: Group; state: GroupState };
type Done = Extract<Deed, { ok: true }>;

const horizon = { hours: 24 * 366 };

export function foreseenOf(
  before: Whole,
  deed: Done,
  command: Command,
  now: Temporal.Instant,
  holidays: Holidays,
): Extract<Foreseen, { is: 'foreseen' }> {
  const after = { group: deed.group, state: deed.state };
  const blind = blinding(before.state, deed.round);
  const seen = (whole: Whole): Whole => ({ ...whole, state: blind(whole.state) });
  const round = deed.round === undefined ? undefined : deed.state.rounds.find(({ key }) => key === deed.round);
  const [was, is] = touchedOf(before, after, round?.key ?? null);
  const {
    stops,
    starts,
    after: plan,
  } = effectsOf(seen({ ...before, group: was }), seen({ ...after, group: is }), now, now.add(horizon), holidays, {
    activity: scopeOf(before, deed),
    round: round?.key ?? null,
  });
  const isNew = command.do === 'schedule-round' || command.do === 'open-round-now' || command.do === 'change-round';
  // A digest comes anyway; what it will tell is not what a person is asked to confirm.
  const isPersonal = (sent: Sent) => !['digest', 'steering'].includes(saysOf(sent).kind);
  const read = readable(before.group, deed.group, deed.state, now);
  return {
    is: 'foreseen',
    stops: stops.filter(isPersonal).map(read),
    starts: starts.filter(isPersonal).map(read),
    plan: plan.map(read),
    people: round ? standingOf(deed.group, round, true).invited : 0,
    warnings: [
      ...dayWarnings(deed.group, command, holidays),
      ...(round && isNew
        ? warningsOf(deed.group, deed.state, round, plan, holidays)
        : ofPeople(before, deed, command, now)),
    ],
    version: deed.version,
  };
}

/** What people say of one activity changes nothing about another, unless a weekly cap makes them share a week. */
export function scopeOf(
  before: { group: Group },
  { group, activity }: Pick<Done, 'group' | 'activity'>,
): string | null {
  return before.group.sending?.weeklyCap || group.sending?.weeklyCap ? null : (activity ?? null);
}

function ofPeople(before: Whole, after: Whole, command: Command, now: Temporal.Instant): Warning[] {
  if (command.do === 'add-members') return joiningNotes(before, after, command.members, now);
  if (command.do === 'remove-member') return leavingWarnings(before, after, command.member);
  return command.do === 'place-members' ? coverageWarnings(before.group, after.group) : [];
}

/** Whoever is in the group before or after has a name; what was due this morning leaves now. */
function readable(
  before: Group,
  group: Group,
  state: GroupState,
  now: Temporal.Instant,
): (sent: Sent) => ForeseenMessage {
  const secret = new Set(
    state.rounds
      .filter(({ openedAt }) => openedAt)
      .filter(keepsToCounts)
      .map(({ key }) => key),
  );
  const names = new Map([...before.members, ...group.members].map(({ key, name }) => [key, name]));
  for (const { purpose, name } of group.channels) names.set(purpose, name);
  if (group.council) names.set('council', group.council.channel.name);
  return (sent) => {
    const { kind, about } = saysOf(sent);
    const to = (isMessage(sent) ? sent.to : [sent.to]).map(nameOf);
    const [first = ''] = to;
    return {
      at: later(sent.at, now),
      kind,
      to,
      name: names.get(first) ?? first,
      activity: about.activity ?? null,
      round: about.round ?? null,
      step: about.step ?? null,
      ...(kind === 'reminder' && about.round && secret.has(about.round) ? { unknown: true as const } : {}),
    };
  };
}

const saysOf = (sent: Sent) => (isMessage(sent) ? sent.step : sent);
