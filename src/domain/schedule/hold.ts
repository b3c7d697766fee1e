/**
 * "Not now": for people who are away, who put something off, or who have had as many messages as a week allows, what may wait is moved to
 * later. An invitation never waits.
 */

import type { Member } from '../group.ts';
import type { MessageKind, Tell } from '../happening.ts';
import { type Away, type PlanState, type Snooze, subjectOf } from '../state.ts';
import type { Line, Step } from './chain.ts';
import { type Named, named } from './cohorts.ts';
import { isAgain, keys } from './keys.ts';
import type { Piece } from './late.ts';
import type { Message } from './messages.ts';
import { isBefore, type Place } from './place.ts';
import { remember } from './remember.ts';
import type { Scene } from './scene.ts';

type Instant = Temporal.Instant;

const waitsWhileAway: ReadonlySet<MessageKind> = new Set(['reminder', 'deadline', 'status', 'overdue', 'fix']);

/** A line as the cohorts in it, each with its own moments. `usual`: its steps, named. */
export function piecesOf(scene: Scene, line: Line, usual: Named[], now: Instant): Piece[] {
  const { aways, snoozes, cohorts, draft } = scene;
  const nobodyOff = aways.size === 0 && snoozes.size === 0;
  const today = now.epochMilliseconds;
  const held = remember((floor: number) => notBefore(usual, floor));
  return cohorts.of(line.to, usual).flatMap((cohort) => {
    const floor = draft.cap > 0 ? floorOf(cohort.sent, draft.cap, today) : 0;
    const [first] = cohort.people;
    // Whoever is away or has put something off is alone in their cohort (`Scene.cohorts`).
    const who = nobodyOff || cohort.people.length > 1 || !first || !('member' in first) ? null : first.member;
    const whole = { line, cohort, steps: held(floor) };
    if (who === null) return [whole];
    if (line.evenly) return evenly(scene, whole, who, floor);
    const steps = putOff(scene, line, who, snoozesOf(scene, who));
    return steps === line.steps ? [whole] : [{ line, cohort, steps: notBefore(steps.map(named), floor) }];
  });
}

/**
 * Where nobody may see who puts something off, doing so moves nothing: the usual goes as if nothing had been put off, and what would be
 * told of it before that day is written down instead. What is said again on the day is a piece of its own, free of the cap.
 */
function evenly(scene: Scene, whole: Piece, who: string, floor: number): Piece[] {
  const { line, cohort } = whole;
  const steps = putOff(scene, line, who, []);
  const usual = steps === line.steps ? whole : { line, cohort, steps: notBefore(steps.map(named), floor) };
  // Whoever has answered has put nothing off any more.
  const own = line.unsaid ? [] : putOff(scene, line, who, snoozesOf(scene, who));
  const again = own.find(({ key }) => isAgain(key('')));
  if (!again) return [usual];
  const kept = new Set(own.map(({ key }) => key));
  const piece = { ...usual, before: new Set(line.steps.flatMap(({ key }) => (kept.has(key) ? [] : [key]))) };
  return [piece, { line, cohort, steps: [named(again)], unless: piece }];
}

/** Nobody in a line has anything left of these of its steps; asked only between moments, when nothing can be taken back. */
export function isOver({ aways, snoozes, cohorts }: Scene, line: Line, steps: readonly Named[]): boolean {
  return aways.size === 0 && snoozes.size === 0 && cohorts.allKnow(line.to, steps);
}

/** Why a message to this person must wait now although it was planned; null when it need not. */
export function waiting(state: PlanState, tell: Tell, member: Member, now: Instant): 'away' | 'snoozed' | null {
  if (!waitsWhileAway.has(tell.kind)) return null;
  const today = now.toZonedDateTimeISO(member.timeZone).toPlainDate();
  const isAfter = (until: Temporal.PlainDate) => Temporal.PlainDate.compare(today, until) > 0;
  const away = state.aways?.find((one) => one.member === member.key);
  if (away && !isAfter(away.until)) return 'away';
  const snooze = state.snoozes?.find((one) => one.member === member.key && isAbout(tell, one));
  return snooze && !isAfter(snooze.until.subtract({ days: 1 })) ? 'snoozed' : null;
}

const snoozesOf = ({ snoozes }: Scene, who: string) => snoozes.get(who) ?? [];

/** What the person's absence and their own "not now" make of a line's steps; the same array when neither matters. */
function putOff(scene: Scene, line: Line, who: string, snoozes: Snooze[]): Step[] {
  let { steps } = line;
  for (const snooze of snoozes) steps = snoozed(line.place, steps, snooze, who);
  const away = scene.aways.get(who);
  if (!away) return steps;
  const returns = returnOf(away, line.place);
  const waits = (step: Step) => waitsWhileAway.has(step.kind) && isBefore(step.at, returns);
  return steps.some(waits) ? steps.map((step) => (waits(step) ? { ...step, at: returns } : step)) : steps;
}

/** The first moment at which somebody who is away may be reminded again. */
export function returnOf(away: Pick<Away, 'until'>, place: Place): Instant {
  return place.at(place.next(away.until.add({ days: 1 })));
}

/** What would have been said by then is said then, once: it takes the place of everything before. */
function snoozed(place: Place, steps: Step[], snooze: Snooze, who: string): Step[] {
  const subject = subjectOf(snooze.about);
  if (!steps.some((step) => isAbout(step, snooze))) return steps;
  const at = place.at(place.next(snooze.until));
  const before = steps.filter((step) => isBefore(step.at, at));
  const last = before.at(-1);
  if (!last) return steps;
  const reminder = { kind: 'reminder' as const, about: { ...last.about, step: 'again' } };
  const again: Step = {
    ...last,
    ...(last.about.round ? reminder : { about: { ...last.about, again: last.key(who) } }),
    at,
    key: keys.again(subject, snooze.until),
    opening: false,
  };
  return [...before.filter(({ opening }) => opening), again, ...steps.filter((step) => !isBefore(step.at, at))];
}

function isAbout({ about, kind }: Pick<Step, 'about' | 'kind'>, snooze: Snooze): boolean {
  if ('round' in snooze.about) return about.round === snooze.about.round && kind !== 'summary';
  return about.activity === snooze.about.activity && about.due === snooze.about.due && kind !== 'fix';
}

/** The earliest moment at which one more message is within the week of who was last written to at these; 0 when the cap does not matter now. */
function floorOf(sent: readonly number[], cap: number, ms: number): number {
  const first = sent[sent.length - cap];
  // Whatever is due today is told as of this morning: a floor before yesterday moves nothing.
  return first !== undefined && ms - first < weekMs + dayMs ? first + weekMs : 0;
}

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;

function notBefore(steps: Named[], floor: number): Named[] {
  if (floor === 0) return steps;
  const at = Temporal.Instant.fromEpochMilliseconds(floor);
  const isHeld = ({ step, ms }: Named) => ms < floor && !isFree(step.kind, step.key(''));
  return steps.map((one) => (isHeld(one) ? { ...one, step: { ...one.step, at }, ms: floor } : one));
}

/** Neither waits for the cap nor is dropped by it. */
function isFree(kind: MessageKind, key: string): boolean {
  return kind === 'invitation' || kind === 'summary' || isAgain(key);
}

/** What goes first when a week has room for only some. */
const ranks: Partial<Record<MessageKind, number>> = { invitation: 0, summary: 0, reminder: 1, deadline: 1, status: 2 };
export const rankOf = (kind: MessageKind): number => ranks[kind] ?? 3;
export const allRanks = [0, 1, 2, 3];

/** True when the cap leaves room for a message to whoever was last written to at these moments. */
export function hasRoom(sent: readonly number[], cap: number, { step, at }: Message): boolean {
  const first = sent.at(-cap);
  return isFree(step.kind, step.key('')) || first === undefined || first + weekMs <= at.epochMilliseconds;
}

/** Members who stand in for owners who are away, each with a test of when. They have no part of their own in it. */
export function standIns(scene: Scene, owners: readonly Member[]): Map<Member, (at: Instant) => boolean> {
  const found = new Map<Member, (at: Instant) => boolean>();
  if (scene.aways.size === 0) return found;
  for (const owner of owners) {
    const away = scene.aways.get(owner.key);
    const member = away?.substitute ? scene.members.get(away.substitute) : undefined;
    if (!away || !member || owners.includes(member)) continue;
    const returns = returnOf(away, scene.placeOf(owner));
    const before = found.get(member);
    found.set(member, (at) => (!isBefore(at, away.since) && isBefore(at, returns)) || (before?.(at) ?? false));
  }
  return found;
}
