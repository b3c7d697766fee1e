/** Interleaved bursts: all servers are up all the time, one of them is asked at a time, in an order that rotates. */

import { type Burst, burst } from './load.ts';
import { cpuOf, since } from './processes.ts';

export type Contestant = {
  name: string;
  port: number;
  /** The server's process and, apart, those of its database. */
  pid: number;
  others?: () => number[];
  /** One more request, distinct from every other. */
  make(): Buffer;
  /** It does not look at what it is asked: making a request for each of its answers would take longer than the burst. */
  isBlind?: true;
  /** How many submissions are stored; each burst must add exactly what was acknowledged. */
  stored?: () => Promise<number>;
};

export type Measured = Burst & {
  /** Processor time for each answer, in microseconds. */
  cpu: number;
  cpuOthers: number;
};

export type ContestOptions = { rounds: number; burstMs: number; connections: number; say(line: string): void };

/** A server is warm when it has answered so many requests, or has been asked for so long. */
const warm = { requests: 2_000, ms: 4_000 };
/** As many are made for a server that may be given the same again. */
const fewRequests = 1_000;

/** By contestant, one burst for each round. Rejects when an acknowledged submission is not stored, or a stored one was not acknowledged. */
export async function contest(
  contestants: Contestant[],
  { rounds, burstMs, connections, say }: ContestOptions,
): Promise<Map<string, Measured[]>> {
  const bursts = new Map<string, Measured[]>(contestants.map(({ name }) => [name, []]));
  const rates = new Map<string, number>();
  // Everybody warms up: compilers do, connections are made, keys of tokens are fetched.
  for (const one of contestants) {
    const until = performance.now() + warm.ms;
    for (let answered = 0; answered < warm.requests && performance.now() < until; ) {
      const { ok, perSecond } = await ask(one, rates.get(one.name) ?? 300, Math.min(burstMs, 500), connections);
      rates.set(one.name, perSecond);
      answered += ok;
    }
    say(`  ${one.name} is warm`);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [place] of contestants.entries()) {
      const one = contestants[(place + round) % contestants.length] as Contestant;
      const measured = await ask(one, rates.get(one.name) ?? 300, burstMs, connections);
      rates.set(one.name, measured.perSecond);
      bursts.get(one.name)?.push(measured);
    }
    const line = [...bursts].map(([name, all]) => `${name} ${Math.round(all.at(-1)?.perSecond ?? 0)}`).join(' · ');
    say(`  round ${round + 1}: ${line} /s`);
  }
  return bursts;
}

async function ask(one: Contestant, rate: number, ms: number, connections: number): Promise<Measured> {
  // Made before the clock runs: the generator must not be what is measured.
  const wanted = one.isBlind ? fewRequests : Math.ceil((rate * 1.5 * ms) / 1000) + connections;
  const ready = Array.from({ length: wanted }, one.make);
  let count = 0;
  const next = (): Buffer => {
    const made = ready[one.isBlind ? count % ready.length : count];
    count += 1;
    return made ?? one.make();
  };
  const before = (await one.stored?.()) ?? 0;
  const usedBefore = cpuOf([one.pid]);
  const usedOthers = cpuOf(one.others?.() ?? []);
  const measured = await burst(one.port, next, ms, connections);
  const cpu = (since(usedBefore) * 1000) / measured.ok;
  const cpuOthers = (since(usedOthers) * 1000) / measured.ok;
  if (measured.ok === 0) throw new Error(`${one.name} answered nothing with 200 (${measured.other} other answers)`);
  const after = (await one.stored?.()) ?? measured.ok;
  if (after - before !== measured.ok) {
    throw new Error(`${one.name} acknowledged ${measured.ok} submissions, and ${after - before} are stored`);
  }
  return { ...measured, cpu, cpuOthers };
}
