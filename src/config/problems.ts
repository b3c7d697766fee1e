/** What reading the configuration is done with: texts of the environment, and the problems found on the way. */

export type Problem = { variable: string; problem: string; remedy: string };
/** Trimmed; null when unset or empty. */
export type Read = (name: string) => string | null;
export type Fault = (variable: string, problem: string, remedy: string) => void;

const loopback = new Set(['127.0.0.1', '::1', '[::1]', 'localhost']);
export const isLoopback = (host: string): boolean => loopback.has(host);

/** "A and B", "A, B and C". */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** "A is set", "A and B are set". */
export const areSet = (names: readonly string[]): string => `${listed(names)} ${names.length === 1 ? 'is' : 'are'} set`;

/** All of the names, or none: half a platform cannot be run. True when all are set. */
export function allOrNone(text: Read, fault: Fault, names: readonly string[], what: string): boolean {
  const missing = names.filter((name) => text(name) === null);
  if (missing.length === names.length) return false;
  for (const name of missing) {
    const set = areSet(names.filter((one) => text(one)));
    fault(name, `is missing, while ${set}`, `Set ${name} as well to ${what}, or remove the others.`);
  }
  return missing.length === 0;
}
