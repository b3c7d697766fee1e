/** What the kernel knows of a process: memory, and the processor time it has used. Linux only; null elsewhere. */

import { readdirSync, readFileSync } from 'node:fs';

const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

const inMegabytes = (text: string | null, name: string): number | null => {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text ?? '');
  return found ? Number(found[1]) / 1024 : null;
};

/** Megabytes: what is resident now, and the most there ever was. */
export function residentMemory(pid: number): { now: number | null; most: number | null } {
  const status = read(`/proc/${pid}/status`);
  return { now: inMegabytes(status, 'VmRSS'), most: inMegabytes(status, 'VmHWM') };
}

/** Megabytes of a process, with its share of what it shares with others. */
export const proportionalMemory = (pid: number) => inMegabytes(read(`/proc/${pid}/smaps_rollup`), 'Pss');

/** A process and everything it started. */
export function family(pid: number): number[] {
  const parents = new Map(entries('/proc').map((one) => [one, Number(fields(one)[1])]));
  const found = [pid];
  for (const known of found) for (const [child, parent] of parents) if (parent === known) found.push(child);
  return found;
}

/** Processor time used so far by each of these and its threads, in milliseconds. */
export function cpuOf(pids: readonly number[]): Map<number, number> {
  const used = (pid: number, thread: number) =>
    Number(read(`/proc/${pid}/task/${thread}/schedstat`)?.split(' ')[0] ?? 0) / 1e6;
  return new Map(
    pids.map((pid) => [pid, entries(`/proc/${pid}/task`).reduce((sum, thread) => sum + used(pid, thread), 0)]),
  );
}

/** Milliseconds they have used since; one that has ended meanwhile is left out. */
export function since(before: Map<number, number>): number {
  return [...cpuOf([...before.keys()])].reduce((sum, [pid, now]) => sum + Math.max(0, now - (before.get(pid) ?? 0)), 0);
}

/** Of /proc/<pid>/stat from the third field on: the second may hold spaces. */
function fields(pid: number): string[] {
  const stat = read(`/proc/${pid}/stat`) ?? '';
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Numbered entries of a directory; none where there is no such directory. */
function entries(directory: string): number[] {
  try {
    return readdirSync(directory)
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}
