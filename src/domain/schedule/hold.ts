/**
 * "Not now": people who are away, who put something off, or who have had as many messages as a week allows are taken out of their line
 * into one of their own, in which what may wait is moved to later. An invitation never waits.
 */

import type { Member } from '../group.ts';
import type { MessageKind, Recipient, Tell } from '../happening.ts';
import { type Away, type PlanState, type Snooze, subjectOf } from '../state.ts';
import { type Line, nameOf, type Step } from './chain.ts';
import type { Draft } from './evolve.ts';
import { isAgain, keys } from './keys.ts';
import { isBefore, type Place } from './place.ts';
import type { Scene } from './scene.ts';

type Instant = Temporal.Instant;

const waitsWhileAway: ReadonlySet<MessageKind> = new Set(['reminder', 'deadline', 'status', 'overdue', 'fix']);

/** `own`: the line's people change from moment to moment, so nothing may be remembered of it. */
export type Apart = Line & { own: boolean };

export function apart(scene: Scene, line: Line, now: Instant): Apart[] {
  const { aways, snoozes, capped, draft } = scene;
  const nobodyOff = aways.size === 0 && snoozes.size === 0;
  const today = now.epochMilliseconds;
  // Whatever is due today is told as of this morning: a floor before yesterday moves nothing.
  const isCrowded = draft.unasked !== null && today - draft.crowdedUntil < dayMs;
  if (nobodyOff && !isCrowded && capped.size === 0) return [{ ...line, own: false }];
  const common: Recipient[] = [];
  const apart: Apart[] = [];
  const byFloor = new Map<number, Recipient[]>();
  for (const to of line.to) {
    const who = nameOf(to);
    const steps = nobodyOff || !('member' in to) ? line.steps : putOff(scene, line, who, snoozesOf(scene, line, who));
    const floor = isCrowded && 'member' in to ? floorOf(draft, who, today) : null;
    if (steps !== line.steps) {
      apart.push({ ...line, to: [to], steps: notBefore(steps, floor ?? 0), own: true });
      if (line.evenly && !line.unsaid) apart.push(...passedOver(scene, { ...line, to: [to] }, steps, floor ?? 0));
    } else if (floor || capped.has(who)) {
      const held = byFloor.get(floor ?? 0);
      if (held) held.push(to);
      else byFloor.set(floor ?? 0, [to]);
    } else common.push(to);
  }
  for (const [floor, to] of byFloor) {
    apart.push({ ...line, to, steps: notBefore(line.steps, floor), own: true });
  }
  return common.length > 0 ? [{ ...line, to: common, own: false }, ...apart] : apart;
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

/** Whoever has answered has put nothing off any more. */
const snoozesOf = ({ snoozes }: Scene, { unsaid }: Line, who: string) => (unsaid ? [] : (snoozes.get(who) ?? []));

/** What a person's "not now" took the place of is written down when others are told it. */
function passedOver(scene: Scene, line: Line, steps: Step[], floor: number): Apart[] {
  const said = new Set(steps.map(({ key }) => key));
  const over = line.to.flatMap((to) => putOff(scene, line, nameOf(to), [])).filter(({ key }) => !said.has(key));
  return over.length > 0 ? [{ ...line, steps: notBefore(over, floor), unsaid: 'snoozed', own: true }] : [];
}

/** What the person's absence and their own "not now" make of a line's steps; the same array when neither matters. */
function putOff(scene: Scene, line: Line, who: string, snoozes: Snooze[]): Step[] {
  let { steps } = line;
  for (const snooze of snoozes) steps = snoozed(line.place, steps, snooze);
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
function snoozed(place: Place, steps: Step[], snooze: Snooze): Step[] {
  const subject = subjectOf(snooze.about);
  if (!steps.some((step) => isAbout(step, snooze))) return steps;
  const at = place.at(place.next(snooze.until));
  const before = steps.filter((step) => isBefore(step.at, at));
  const last = before.at(-1);
  if (!last) return steps;
  const reminder = { kind: 'reminder' as const, about: { ...last.about, step: 'again' } };
  const again: Step = {
    ...last,
    ...(last.about.round ? reminder : {}),
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

/** The earliest moment at which one more message is within the person's week; null when the cap does not matter now. */
function floorOf({ unasked, cap }: Draft, who: string, ms: number): number | null {
  const sent = unasked?.get(who);
  const first = sent?.[sent.length - cap];
  return first !== undefined && ms - first < weekMs + dayMs ? first + weekMs : null;
}

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;

function notBefore(steps: Step[], ms: number): Step[] {
  if (ms === 0) return steps;
  const floor = Temporal.Instant.fromEpochMilliseconds(ms);
  const isHeld = ({ kind, key, at }: Step) => !isFree(kind, key('')) && isBefore(at, floor);
  return steps.map((step) => (isHeld(step) ? { ...step, at: floor } : step));
}

/** Neither waits for the cap nor is dropped by it. */
function isFree(kind: MessageKind, key: string): boolean {
  return kind === 'invitation' || kind === 'summary' || isAgain(key);
}

/** What goes first when a week has room for only some. */
const ranks: Partial<Record<MessageKind, number>> = { invitation: 0, summary: 0, reminder: 1, deadline: 1, status: 2 };
export const rankOf = (kind: MessageKind): number => ranks[kind] ?? 3;
export const allRanks = [0, 1, 2, 3];

/** True when the cap leaves room for a message to somebody who was last written to at these moments. */
export function hasRoom(sent: readonly number[], cap: number, { kind, key, at }: Tell): boolean {
  const first = sent.at(-cap);
  return isFree(kind, key) || first === undefined || first + weekMs <= at.epochMilliseconds;
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
