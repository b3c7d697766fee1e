/** The Bot Connector's published rates for one bot in one thread, and for one app in one tenant: requests in seconds. */

const perThread = {
  send: [
    [7, 1],
    [8, 2],
    [60, 30],
    [1800, 3600],
  ],
  read: [
    [14, 1],
    [16, 2],
    [120, 30],
    [3600, 3600],
  ],
} as const;
/** 50 requests a second, all together. */
const perTenant = [[50, 1]] as const;

export type TeamsRates = {
  /** Seconds to wait, as Retry-After says them; 0 when the request may pass, which then counts. */
  wait(method: string, path: string): number;
};

/** `clock` gives real milliseconds: a moved sandbox clock is no reason to go faster. */
export function teamsRates(clock: () => number = () => performance.now()): TeamsRates {
  const passed = new Map<string, number[]>();
  const waitFor = (name: string, windows: readonly (readonly [number, number])[], now: number): number => {
    const times = passed.get(name) ?? [];
    const waits = windows.map(([most, seconds]) => {
      // The request that has to leave the window before another may come.
      const oldest = times.at(-most);
      return oldest === undefined ? 0 : oldest + seconds * 1000 - now;
    });
    return Math.max(0, ...waits);
  };
  return {
    wait(method, path) {
      const now = clock();
      const thread = /\/v3\/conversations\/([^/]+)/.exec(path)?.[1] ?? 'new';
      const kind = method === 'GET' ? 'read' : 'send';
      const asked: [string, readonly (readonly [number, number])[]][] = [
        [`${kind} ${thread}`, perThread[kind]],
        ['tenant', perTenant],
      ];
      const wait = Math.max(...asked.map(([name, windows]) => waitFor(name, windows, now)));
      if (wait > 0) return Math.max(1, Math.ceil(wait / 1000));
      for (const [name] of asked) passed.set(name, [...(passed.get(name) ?? []), now].slice(-3600));
      return 0;
    },
  };
}
