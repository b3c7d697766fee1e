/**
 * People by how a run treats them. Of thousands most have been told the same at the same moments, so that one question about a message is
 * asked for all of them. Whoever turns out to be apart (another line, a key in the ledger that others lack) gets a cohort of their own,
 * and keeps it: cohorts part, and never join.
 */

import type { Recipient } from '../happening.ts';
import { nameOf, type Step } from './chain.ts';
import { anybody, type Done } from './done.ts';

export type Cohort = {
  /** In the order of the group; another list once somebody has parted. */
  people: readonly Recipient[];
  /** Where there is a weekly cap: the last times they were written to unasked, as many as the cap, in epoch milliseconds, ascending. */
  sent: readonly number[];
  /** By a message's name: whether they have had it. Nothing stands here for what nobody has asked about. */
  told: Map<string, boolean>;
  /** Who was in it until the run's first, second … parting. */
  parted: { cohort: Cohort; at: number }[];
};

/** A step with what is asked of it again and again: its name, which is its key without anybody in it, and its moment in epoch milliseconds. */
export type Named = { step: Step; name: string; ms: number };

export type Cohorts = {
  /** The people in a list that does not change, as cohorts in which everybody has had the same of these messages. */
  of(list: readonly Recipient[], steps: readonly Named[]): readonly Cohort[];
  /** Whether everybody in a list that does not change has had all of these messages. */
  allKnow(list: readonly Recipient[], steps: readonly Named[]): boolean;
  /** Of a cohort that was given for this message, or of somebody who is alone in theirs. */
  knows(cohort: Cohort, named: Named): boolean;
};

type Known = {
  done: Done;
  people: Iterable<Recipient>;
  /** Who has, or may have, messages of their own: so that nobody has to be taken out of thousands one after the other. */
  alone: ReadonlySet<string>;
  /** Null where there is no weekly cap. */
  sentTo: ((who: string) => readonly number[]) | null;
};

/** `at`: after how many partings. By a message's name: what the ledger has been asked for everybody, and what everybody has had. */
type List = { cohorts: Set<Cohort>; at: number; asked: Set<string>; told: Set<string> };

export const named = (step: Step): Named => ({ step, name: step.key(anybody), ms: step.at.epochMilliseconds });

export function cohortsIn({ done, people, alone, sentTo }: Known): Cohorts {
  const members = new Map<string, Cohort>();
  const channels = new Map<string, Cohort>();
  for (const cohort of alike(people, alone, sentTo)) for (const to of cohort.people) members.set(nameOf(to), cohort);
  const lists = new WeakMap<readonly Recipient[], List>();
  /** How many times a cohort has parted. */
  let parted = 0;

  const part = (from: Cohort, people: readonly Recipient[]): Cohort => {
    const leaving = new Set(people);
    const made = { ...cohortOf(people, from.sent), told: new Map(from.told) };
    from.people = from.people.filter((to) => !leaving.has(to));
    parted += 1;
    from.parted.push({ cohort: made, at: parted });
    for (const to of people) members.set(nameOf(to), made);
    return made;
  };

  const cohortFor = (to: Recipient): Cohort => {
    const all = 'member' in to ? members : channels;
    const who = nameOf(to);
    const found = all.get(who) ?? cohortOf([to], []);
    all.set(who, found);
    return found;
  };

  const looked = (list: readonly Recipient[]): Set<Cohort> => {
    const found = new Set<Cohort>();
    for (const [cohort, here] of Map.groupBy(list, cohortFor)) {
      found.add(here.length < cohort.people.length ? part(cohort, here) : cohort);
    }
    return found;
  };

  const listed = (list: readonly Recipient[]): List => {
    let known = lists.get(list);
    if (!known) {
      known = { cohorts: looked(list), at: parted, asked: new Set(), told: new Set() };
      lists.set(list, known);
    }
    if (known.at < parted) {
      // Whoever has parted since is in the list as well; and what is added here is looked at in its turn.
      for (const cohort of known.cohorts) {
        for (const { cohort: one, at } of cohort.parted) if (at > known.at) known.cohorts.add(one);
      }
      known.at = parted;
    }
    return known;
  };

  /** Looks into the ledger, once. */
  const ask = (cohort: Cohort, { name, step }: Named): void => {
    const had = done.isNew(name) ? [] : cohort.people.filter((to) => done.stood(step.key(nameOf(to))));
    const isWhole = had.length === cohort.people.length;
    if (had.length > 0 && !isWhole) part(cohort, had).told.set(name, true);
    cohort.told.set(name, isWhole);
  };

  return {
    of(list, steps) {
      const known = listed(list);
      for (const one of steps) {
        if (known.asked.has(one.name)) continue;
        for (const cohort of known.cohorts) if (!cohort.told.has(one.name)) ask(cohort, one);
        known.asked.add(one.name);
      }
      return [...listed(list).cohorts];
    },
    allKnow(list, steps) {
      const known = listed(list);
      return steps.every(({ name }) => {
        if (known.told.has(name)) return true;
        for (const { told } of known.cohorts) if (told.get(name) !== true) return false;
        known.told.add(name);
        return true;
      });
    },
    knows(cohort, one) {
      if (!cohort.told.has(one.name)) ask(cohort, one);
      return cohort.told.get(one.name) === true;
    },
  };
}

const cohortOf = (people: readonly Recipient[], sent: readonly number[]): Cohort => ({
  people,
  sent,
  told: new Map(),
  parted: [],
});

function alike(people: Iterable<Recipient>, alone: ReadonlySet<string>, sentTo: Known['sentTo']): Iterable<Cohort> {
  const found = new Map<string, { people: Recipient[]; sent: readonly number[] }>();
  for (const to of people) {
    const who = nameOf(to);
    const sent = sentTo?.(who) ?? [];
    const name = alone.has(who) ? `alone ${who}` : sent.join();
    const here = found.get(name);
    if (here) here.people.push(to);
    else found.set(name, { people: [to], sent });
  }
  return [...found.values()].map(({ people, sent }) => cohortOf(people, sent));
}
