/** What people say about themselves: not now, away until, back again. */

import { dueDay, type Member } from '../group.ts';
import { returnOf } from '../schedule/hold.ts';
import { isBefore } from '../schedule/place.ts';
import { closeFor, isOpen } from '../schedule/rounds.ts';
import { type Away, type GroupState, type Snooze, subjectOf } from '../state.ts';
import { isSecret } from './blind.ts';
import type { OwnCommand } from './command.ts';
import { type Deed, type Edit, nameOf, refuse, type Scene, titleOf } from './deed.ts';
import { ownsOrStandsIn } from './may.ts';
import { isWaiting, substituted } from './run-round.ts';

const longestAwayDays = 400;

export function steerOwn(scene: Scene, command: OwnCommand): Deed {
  if (!scene.by) return refuse('not-member');
  switch (command.do) {
    case 'snooze':
      return snooze(scene, scene.by, command);
    case 'away':
    case 'back': {
      const key = command.member ?? scene.by.key;
      const member = scene.group.members.find((one) => one.key === key);
      if (!member) return refuse('unknown-member');
      return command.do === 'back' ? back(scene, member) : away(scene, member, command);
    }
  }
}

function doneTo(scene: Scene, member: Member, state: GroupState, edits: Edit[]): Deed {
  const { group } = scene;
  return { ok: true, group, state, subject: `member:${member.key}`, subjectName: member.name, version: 0, edits };
}

function snooze(scene: Scene, by: Member, { about, until }: Extract<OwnCommand, { do: 'snooze' }>): Deed {
  const { group, state, now, places } = scene;
  const place = places(by.timeZone, by.country);
  if (Temporal.PlainDate.compare(until, place.day(now)) <= 0) return refuse('past-date');
  if (Temporal.PlainDate.compare(until, place.day(now).add({ days: longestAwayDays })) > 0) return refuse('bad-date');
  let name: string;
  let isUnsaid = false;
  if ('round' in about) {
    const round = state.rounds.find(({ key }) => key === about.round);
    const part = round?.assignments.find(({ member }) => member === by.key);
    if (!round) return refuse('unknown-round');
    if (!isOpen(round)) return refuse(round.closedAt ? 'already-closed' : 'not-open');
    if (!part || part.state === 'excused') return refuse('not-in-round');
    if (!isWaiting(part)) return refuse('already-answered');
    // Put off beyond the close there would be no reminder at all.
    if (!isBefore(place.at(place.next(until)), closeFor(round, part))) return refuse('window-over');
    name = titleOf(group, round.activity);
    isUnsaid = isSecret(round);
  } else {
    const activity = group.activities.find(({ key }) => key === about.activity);
    const due = activity?.due.find(({ key }) => key === about.due);
    if (!activity) return refuse('unknown-activity');
    if (!due) return refuse('unknown-due');
    const isTheirs =
      activity.owners === 'all' || ownsOrStandsIn(by.key, activity.key, group, state) || by.role === 'convenor';
    if (!isTheirs) return refuse('not-yours');
    name = `${activity.title} ${dueDay(due)}`;
  }
  const subject = subjectOf(about);
  const others = (state.snoozes ?? []).filter((one) => one.member !== by.key || subjectOf(one.about) !== subject);
  const next: Snooze = { member: by.key, about, since: now, until };
  const edits = [{ field: `snoozed ${name}`, from: null, to: until.toString() }];
  const deed = doneTo(scene, by, { ...state, snoozes: [...others, next] }, edits);
  return isUnsaid && deed.ok === true ? { ...deed, unsaid: true } : deed;
}

function away(scene: Scene, member: Member, command: Extract<OwnCommand, { do: 'away' }>): Deed {
  const { group, state, now, places } = scene;
  const place = places(member.timeZone, member.country);
  const { until, substitute = null } = command;
  const today = place.day(now);
  if (Temporal.PlainDate.compare(until, today) < 0) return refuse('past-date');
  if (Temporal.PlainDate.compare(until, today.add({ days: longestAwayDays })) > 0) return refuse('bad-date');
  if (substitute === member.key) return refuse('same-person');
  if (substitute && !group.members.some(({ key }) => key === substitute)) return refuse('unknown-member');
  const before = state.aways?.find((one) => one.member === member.key);
  const isStill = before && Temporal.PlainDate.compare(before.until, today) >= 0;
  const next: Away = { member: member.key, since: isStill ? before.since : now, until, substitute };
  const others = (state.aways ?? []).filter((one) => one.member !== member.key);
  const edits: Edit[] = [{ field: 'away', from: isStill ? before.until.toString() : null, to: until.toString() }];
  if (substitute) edits.push({ field: 'substitute', from: null, to: nameOf(group, substitute) });
  const handed = substitute ? handParts(scene, member.key, substitute, returnOf(next, place)) : { state, edits: [] };
  return doneTo(scene, member, { ...handed.state, aways: [...others, next] }, [...edits, ...handed.edits]);
}

/** Open parts that could not be answered after the return go to the substitute; not where that would tell that they were open. */
function handParts(scene: Scene, member: string, substitute: string, returns: Temporal.Instant) {
  const edits: Edit[] = [];
  const rounds = scene.state.rounds.map((round) => {
    const part = round.assignments.find((one) => one.member === member);
    if (!part || !isOpen(round) || isSecret(round) || !isWaiting(part) || isBefore(returns, closeFor(round, part)))
      return round;
    const next = substituted(scene, round, member, substitute);
    if ('code' in next) return round;
    const to = nameOf(scene.group, substitute);
    edits.push({ field: `part in ${titleOf(scene.group, round.activity)}`, from: nameOf(scene.group, member), to });
    return { ...next.round, version: (round.version ?? 0) + 1 };
  });
  return { state: { ...scene.state, rounds }, edits };
}

function back(scene: Scene, member: Member): Deed {
  const before = scene.state.aways?.find((one) => one.member === member.key);
  if (!before) return refuse('nothing-changes');
  const aways = (scene.state.aways ?? []).filter((one) => one !== before);
  return doneTo(scene, member, { ...scene.state, aways }, [{ field: 'away', from: before.until.toString(), to: null }]);
}
