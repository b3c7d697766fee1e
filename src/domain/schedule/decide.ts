/**
 * The heart: a group's plan, what has happened so far and a moment give what should happen now. Nothing is queued ahead, so an answer,
 * an extension, a removal or a new date needs to cancel nothing. The same functions with later moments are the preview.
 */

import type { Holidays } from '../calendar.ts';
import type { Activity, Group } from '../group.ts';
import type { Happening } from '../happening.ts';
import type { GroupState } from '../state.ts';
import { dueChain, opensRound } from './activities.ts';
import type { Chain, Deed } from './chain.ts';
import { named } from './cohorts.ts';
import { councilDigest, groupDigest, nextCouncilLook, steeringDigest } from './digests.ts';
import { advance, counted, type Draft, followAll, isUnasked } from './evolve.ts';
import { fixChain } from './fixes.ts';
import { allRanks, hasRoom, isOver, piecesOf, rankOf } from './hold.ts';
import { type Found, nextOfPiece, soon, takeBack, tellNow, unlessUnsaid } from './late.ts';
import { happeningsOf, type Message, type Part } from './messages.ts';
import { isBefore, sooner } from './place.ts';
import { roundsChain, strayChain } from './rounds.ts';
import { type Scene, sceneOf } from './scene.ts';
import { welcomeChain } from './welcome.ts';

type Instant = Temporal.Instant;

/**
 * Everything due at or before `now` that is not done and still makes sense, in order of `at`, and what else follows from it at once:
 * after it has been carried out (`evolveAll`), deciding again at the same moment gives nothing.
 */
export function decide(group: Group, state: GroupState, now: Instant, holidays: Holidays): Happening[] {
  const scene = sceneOf(group, state, holidays);
  return happeningsOf(carryOn(scene, chainsOf(scene), now));
}

/**
 * The first moment after `after` at which `decide` may have something new, if nobody does anything until then; null when the plan has
 * nothing more to say. What is due at `after` already and not done gives a moment just after it.
 */
export function nextInstant(group: Group, state: GroupState, after: Instant, holidays: Holidays): Instant | null {
  const scene = sceneOf(group, state, holidays);
  return chainsOf(scene)
    .map((chain) => nextOf(scene, chain, after))
    .reduce(sooner, nextCouncilLook(scene, after));
}

/** Digests last: they tell what the others have done. */
export function chainsOf({ group, draft }: Scene): Chain[] {
  const gone = new Set(draft.byActivity.keys());
  for (const activity of group.activities) gone.delete(activity.key);
  return [
    welcomeChain,
    ...group.activities.flatMap((activity) => chainsOfActivity(activity, draft.byActivity.has(activity.key))),
    ...[...gone].map(strayChain),
    groupDigest,
    steeringDigest,
    councilDigest,
  ];
}

/** What belongs to one activity, and the digests. */
export function chainsFor({ group, draft }: Scene, activity: string): Chain[] {
  const found = group.activities.find(({ key }) => key === activity);
  const own = found ? chainsOfActivity(found, draft.byActivity.has(activity)) : [strayChain(activity)];
  return [...own, groupDigest, steeringDigest, councilDigest];
}

function chainsOfActivity(activity: Activity, hasRounds: boolean): Chain[] {
  const days = activity.due.filter((due) => !opensRound(activity, due));
  const collects = hasRounds || days.length < activity.due.length;
  return [
    fixChain(activity),
    ...days.map((due) => dueChain(activity, due)),
    ...(collects ? [roundsChain(activity)] : []),
  ];
}

/** Decides for these chains and moves the scene to what is then. First what is done, then what is told about it. */
export function carryOn(scene: Scene, chains: Chain[], now: Instant): Part[] {
  scene.fresh.clear();
  const parts: Part[] = [];
  for (const chain of chains) {
    // Again while one deed makes room for another: a changed window opens when its old round has closed.
    for (let due = dueDeeds(scene, chain, now); due.length > 0; due = dueDeeds(scene, chain, now)) {
      for (const deed of due) scene.fresh.add(deed.key);
      for (const happening of due.map((deed) => notBackdated(scene, deed.happening(now), now))) {
        advance(scene.draft, happening);
        parts.push(happening);
      }
    }
  }
  for (const message of messagesAt(scene, chains, now)) {
    followAll(scene.draft, message);
    parts.push(message);
  }
  return inOrder(parts);
}

/** Most of what happens at one moment happens as of the same instant. */
function inOrder(parts: Part[]): Part[] {
  const timed = parts.map((part) => ({ part, ms: part.at.epochMilliseconds }));
  if (timed.every(({ ms }) => ms === timed[0]?.ms)) return parts;
  return timed.sort((one, other) => one.ms - other.ms).map(({ part }) => part);
}

function messagesAt(scene: Scene, chains: Chain[], now: Instant): Message[] {
  const { cohorts, draft } = scene;
  const ms = now.epochMilliseconds;
  const lines = chains
    .flatMap((chain) => chain.lines(scene, now))
    .map((line) => ({ line, usual: line.steps.map(named) }))
    .filter(({ line, usual }) => {
      const due = usual.filter((one) => one.ms <= ms);
      // What is held or put off comes later than planned, never earlier.
      return due.length > 0 && !isOver(scene, line, due);
    });
  // Whoever is not in all of the same lines parts before anybody is told anything.
  for (const { line, usual } of lines) cohorts.of(line.to, usual);
  const found = lines
    .flatMap(({ line, usual }) => piecesOf(scene, line, usual, now))
    .flatMap((piece) => tellNow(piece, now, cohorts).map((message) => ({ piece, message })));
  return unlessUnsaid(draft.cap > 0 ? withinCap(draft, found) : found);
}

/** Everybody's most pressing messages first; what is over their week's cap waits, undone. */
function withinCap({ cap }: Draft, found: Found[]): Found[] {
  const denied = new Set<Message>();
  const asked = found.filter(({ message: { to, why } }) => why === null && to[0] && 'member' in to[0]);
  for (const rank of allRanks) {
    for (const { piece, message } of asked) {
      const { step, at } = message;
      if (rankOf(step.kind) !== rank) continue;
      const { cohort } = piece;
      if (!hasRoom(cohort.sent, cap, message)) {
        denied.add(message);
        takeBack(piece, message);
      } else if (isUnasked(step.key(''), step.kind)) cohort.sent = counted(cohort.sent, cap, at.epochMilliseconds);
    }
  }
  return denied.size > 0 ? found.filter(({ message }) => !denied.has(message)) : found;
}

/** The same as `nextInstant`, of one chain. */
export function nextOf(scene: Scene, chain: Chain, after: Instant): Instant | null {
  const { done } = scene.draft;
  const deeds = chain.deeds(scene).filter(({ key }) => !done.has(key));
  let first: ReturnType<typeof nextOfPiece> = null;
  for (const line of chain.lines(scene, after)) {
    const usual = line.steps.map(named);
    if (isOver(scene, line, usual)) continue;
    for (const piece of piecesOf(scene, line, usual, after)) {
      const next = nextOfPiece(piece, after, scene.cohorts);
      if (next && (!first || next.ms < first.ms)) first = next;
    }
  }
  return deeds.map(({ at }) => (isBefore(after, at) ? at : soon(after))).reduce(sooner, first?.at ?? null);
}

function dueDeeds(scene: Scene, chain: Chain, now: Instant): Deed[] {
  return chain.deeds(scene).filter(({ key, at }) => !isBefore(now, at) && !scene.draft.done.has(key));
}

/** What is noted late is noted after the last digest, or no digest would ever tell it. */
function notBackdated({ draft }: Scene, happening: Happening, now: Instant): Happening {
  const { group, steering } = draft.toldUntil;
  let at = happening.at;
  for (const told of [group, steering]) if (told && !isBefore(told, at)) at = soon(told);
  return { ...happening, at: isBefore(now, at) ? now : at };
}
