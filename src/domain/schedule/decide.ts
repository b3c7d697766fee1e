/**
 * The heart: a group's plan, what has happened so far and a moment give what should happen now. Nothing is queued ahead, so an answer,
 * an extension, a removal or a new date needs to cancel nothing. The same functions with later moments are the preview.
 */

import type { Holidays } from '../calendar.ts';
import type { Activity, Group } from '../group.ts';
import type { Happening, Tell } from '../happening.ts';
import type { GroupState } from '../state.ts';
import { dueChain, opensRound } from './activities.ts';
import type { Chain, Deed } from './chain.ts';
import { councilDigest, groupDigest, nextCouncilLook, steeringDigest } from './digests.ts';
import { advance, countIn, follow } from './evolve.ts';
import { fixChain } from './fixes.ts';
import { type Apart, allRanks, apart, hasRoom, rankOf } from './hold.ts';
import { nextOfLine, soon, takeBack, tellNow, unlessUnsaid } from './late.ts';
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
  return carryOn(scene, chainsOf(scene), now);
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
export function carryOn(scene: Scene, chains: Chain[], now: Instant): Happening[] {
  scene.fresh.clear();
  const happenings: Happening[] = [];
  const carryOut = (found: Happening[], move: typeof advance) => {
    for (const happening of found) {
      move(scene.draft, happening);
      happenings.push(happening);
    }
  };
  for (const chain of chains) {
    // Again while one deed makes room for another: a changed window opens when its old round has closed.
    for (let due = dueDeeds(scene, chain, now); due.length > 0; due = dueDeeds(scene, chain, now)) {
      for (const deed of due) scene.fresh.add(deed.key);
      carryOut(
        due.map((deed) => notBackdated(scene, deed.happening(now), now)),
        advance,
      );
    }
  }
  if (scene.draft.unasked) carryOut(withinCap(scene, chains, now), follow);
  else
    for (const chain of chains) {
      for (const line of linesOf(scene, chain, now)) {
        const found = tellNow(line, now, scene.draft.done, spentOf(scene, line));
        carryOut(line.unsaid ? found.map((one) => unlessUnsaid(line, one)) : found, follow);
      }
    }
  return happenings.sort((one, other) => (one.at === other.at ? 0 : Temporal.Instant.compare(one.at, other.at)));
}

function linesOf(scene: Scene, chain: Chain, now: Instant): Apart[] {
  return chain.lines(scene, now).flatMap((line) => apart(scene, line, now));
}

const spentOf = ({ spent }: Scene, { own }: Apart) => (own ? new Set<string>() : spent);

/** Everybody's most pressing messages first; what is over their week's cap waits, undone, and they get lines of their own from then on. */
function withinCap(scene: Scene, chains: Chain[], now: Instant): Happening[] {
  const { draft, spent } = scene;
  const found: { line: Apart; happenings: Happening[] }[] = [];
  for (const chain of chains) {
    for (const line of linesOf(scene, chain, now)) {
      const happenings = tellNow(line, now, draft.done, spentOf(scene, line));
      if (happenings.length > 0) found.push({ line, happenings });
    }
  }
  const denied = new Set<Happening>();
  const look = (line: Apart, tell: Tell, who: string) => {
    if (hasRoom(draft.unasked?.get(who) ?? [], draft.cap, tell)) return countIn(draft, tell, who);
    denied.add(tell);
    scene.capped.add(who);
    takeBack(line, who, tell.key, draft.done, spent);
  };
  for (const rank of allRanks) {
    for (const { line, happenings } of found) {
      for (const one of happenings) {
        if (one.do === 'tell' && 'member' in one.to && rankOf(one.kind) === rank) look(line, one, one.to.member);
      }
    }
  }
  return found.flatMap(({ line, happenings }) => {
    const carried = denied.size > 0 ? happenings.filter((one) => !denied.has(one)) : happenings;
    return line.unsaid ? carried.map((one) => unlessUnsaid(line, one)) : carried;
  });
}

/** The same as `nextInstant`, of one chain. */
export function nextOf(scene: Scene, chain: Chain, after: Instant): Instant | null {
  const { done } = scene.draft;
  const deeds = chain.deeds(scene).filter(({ key }) => !done.has(key));
  const lines = linesOf(scene, chain, after).map((line) => nextOfLine(line, after, done, spentOf(scene, line)));
  return [...deeds.map(({ at }) => (isBefore(after, at) ? at : soon(after))), ...lines].reduce(sooner, null);
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
