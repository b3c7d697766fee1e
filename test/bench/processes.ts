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
  const all = (read('/proc/self/stat') === null ? [] : readdirSync('/proc')).filter((name) => /^\d+$/.test(name));
  const parents = new Map(all.map((name) => [Number(name), Number(fields(Number(name))[1])]));
  const found = [pid];
  for (const known of found) for (const [child, parent] of parents) if (parent === known) found.push(child);
  return found;
}

/** Processor time used so far, in milliseconds (ticks of 10 ms), of all of these. */
export function cpuOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const stat = fields(pid);
    return sum + (Number(stat[11] ?? 0) + Number(stat[12] ?? 0)) * 10;
  }, 0);
}

/** Of /proc/<pid>/stat from the third field on: the second may hold spaces. */
function fields(pid: number): string[] {
  const stat = read(`/proc/${pid}/stat`) ?? '';
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
