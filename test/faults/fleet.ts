/** A sandbox, a database and as many bot processes as a test wants, started and ended by hand. */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sandboxStart, saveSandboxTime } from '../../src/app/sandbox-time.ts';
import { exampleFile, readGroup, saveImported } from '../../src/cli/import-group.ts';
import { openStore } from '../../src/compose.ts';
import type { Group, Member, Platform } from '../../src/domain/group.ts';
import type { LedgerRow } from '../../src/ports/store.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';

const botFile = fileURLToPath(new URL('bot.ts', import.meta.url));

export type BotProcess = {
  child: ChildProcess;
  url: string;
  databasePid: number | null;
  /** Exit code, or the signal it died of. */
  ended: Promise<number | NodeJS.Signals>;
};

export type Fleet = {
  sandbox: Sandbox;
  group: Group;
  bots: BotProcess[];
  /** Resolves when the process is ready; rejects when it ends before. */
  start(env?: Record<string, string>): Promise<BotProcess>;
  /** Moves the clock through one bot; the others follow. */
  move(bot: BotProcess, to: string): Promise<void>;
  rows(): Promise<LedgerRow[]>;
  close(): Promise<void>;
};

/** `database`: what the bot processes are told, DATABASE_URL or ROND_DATA. The group is taken in at once. */
export async function startFleet(
  database: { DATABASE_URL: string } | { ROND_DATA: string },
  change: (group: Group) => Group = (group) => group,
): Promise<Fleet> {
  const bots: BotProcess[] = [];
  const where =
    'ROND_DATA' in database
      ? { databaseUrl: null, data: database.ROND_DATA }
      : { databaseUrl: database.DATABASE_URL, data: '/nonexistent' };
  const group = change((await readGroup(exampleFile, sandboxStart)).group);
  const opened = await openStore(where);
  await saveImported(opened.store, { group, warnings: [] }, sandboxStart);
  await saveSandboxTime(opened.store, sandboxStart);
  await opened.close();
  let turn = 0;
  // Whoever is alive is written to, by turns: a load balancer would do the same.
  const botUrl = () => {
    const alive = bots.filter(({ child }) => child.exitCode === null && child.signalCode === null);
    turn += 1;
    return alive[turn % alive.length]?.url ?? 'http://127.0.0.1:9';
  };
  const sandbox = await startSandbox({ port: 0, botUrl, saveTo: null, now: sandboxStart });

  return {
    sandbox,
    group,
    bots,
    async start(env = {}) {
      const child = fork(botFile, [], {
        detached: true, // a process group of its own, as a service manager would give it
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        env: {
          ...process.env,
          DATABASE_URL: '',
          PORT: '0',
          ROND_SANDBOX_URL: sandbox.url,
          LOG_LEVEL: 'silent',
          ...database,
          ...env,
        },
      });
      const ended = once(child, 'exit').then(([code, signal]) => (signal ?? code) as number | NodeJS.Signals);
      const bot: BotProcess = { child, url: '', databasePid: null, ended };
      const ready = new Promise<void>((done) => {
        child.on('message', (message) => {
          const told = message as { ready: boolean; url: string; databasePid?: number | null };
          bot.url = told.url;
          bot.databasePid = told.databasePid ?? null;
          if (told.ready) done();
          else bots.push(bot); // while it starts, the sandbox tells it who is there
        });
      });
      const early = ended.then((how) => Promise.reject(new Error(`the bot ended while it started: ${how}`)));
      early.catch(() => {}); // a later end is nobody's mistake
      await Promise.race([ready, early]);
      return bot;
    },
    async move(bot, to) {
      const answer = await fetch(`${bot.url}/sandbox/clock`, {
        method: 'POST',
        headers: { 'x-rond-sandbox': sandbox.credentials().token, 'content-type': 'application/json' },
        body: JSON.stringify({ to }),
      });
      if (!answer.ok) throw new Error(`the clock answered ${answer.status}`);
    },
    async rows() {
      const store = await openStore(where);
      try {
        return await store.store.ledger.rows(group.key);
      } finally {
        await store.disconnect();
      }
    },
    async close() {
      for (const { child } of bots) if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await Promise.race([Promise.all(bots.map(({ ended }) => ended)), sleep(10_000)]);
      for (const { child } of bots) child.kill('SIGKILL');
      await sandbox.close();
    },
  };
}

/** So many more members, on the given platforms by turns. */
export function crowd(group: Group, more: number, on: Platform[] = ['teams', 'slack']): Group {
  const tenantOf = (platform: Platform) =>
    group.members.flatMap((member) => member.identities).find((identity) => identity.platform === platform)?.tenant ??
    '';
  const members = Array.from({ length: more }, (_, index): Member => {
    const platform = on[index % on.length] as Platform;
    const number = String(index).padStart(4, '0');
    return {
      ...(group.members[0] as Member),
      key: `person-${number}`,
      name: `Person ${number}`,
      role: 'member',
      identities: [
        {
          platform,
          tenant: tenantOf(platform),
          user: platform === 'teams' ? `22bb33cc-${number}-4000-8000-000000000000` : `U0CROWD${number}`,
        },
      ],
    };
  });
  return { ...group, members: [...group.members, ...members] };
}

/** Polls until it is so. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string, limitMs = 20_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited ${limitMs} ms in vain: ${what}`);
    await sleep(20);
  }
}
