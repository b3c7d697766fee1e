import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/clock/clocks.ts';
import { createSlack } from '../../src/adapters/slack/slack.ts';
import { createTeams } from '../../src/adapters/teams/teams.ts';
import { type Environment, examine } from '../../src/cli/doctor/examine.ts';
import { printed } from '../../src/cli/doctor/finding.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { startWeb, type Web } from '../../src/web/server.ts';
import { memoryContacts } from '../support/contacts.ts';
import { emptyDatabase, type TestDatabase, testDatabase } from '../support/database.ts';
import { type DurableServer, durableServer } from '../support/durable-server.ts';
import { recordingInbox } from '../support/inbox.ts';

const tenant = '7c1c2f0e-0000-4000-8000-000000000001';
const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
let sandbox: Sandbox;
let web: Web;
let server: DurableServer;
let database: TestDatabase;
let directory: string;
/** As an installation has it that nothing is wrong with, but for the sandbox in place of Teams and Slack. */
let good: Record<string, string>;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rond-doctor-'));
  sandbox = await startSandbox({ port: 0, botUrl: () => web?.url ?? 'http://127.0.0.1:1', saveTo: null });
  server = await durableServer();
  database = await testDatabase(server.url);
  const { teams, slack } = sandbox.credentials();
  const own = { inbox: recordingInbox(), contacts: memoryContacts() };
  const platforms = [
    createTeams({ ...teams, tenants: [tenant], ...own }),
    createSlack({ ...slack, ...own, now: systemClock.now }),
  ];
  web = await startWeb({
    host: '127.0.0.1',
    port: 0,
    ready: async () => {},
    mount: platforms.map((platform) => platform.mount),
    log: { error() {} },
  });
  good = {
    ROND_SANDBOX_URL: sandbox.url,
    DATABASE_URL: database.url,
    PUBLIC_URL: web.url,
    TEAMS_APP_ID: teams.appId,
    TEAMS_APP_PASSWORD: teams.credentials.password,
    TEAMS_TENANT_IDS: tenant,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
  };
});
afterAll(async () => {
  await web.close();
  await sandbox.close();
  await database.drop();
  await server.close();
  rmSync(directory, { recursive: true });
});
const needed = () => sandbox.wires.slack.access;
let scopes: readonly string[];
beforeEach(() => {
  scopes ??= needed().scopes;
  needed().scopes = scopes;
});

/** What the operator reads, with what differs from run to run replaced. */
async function doctor(env: Environment, clock = systemClock): Promise<string> {
  const text = printed(await examine(env, directory, clock));
  return text
    .replaceAll(new URL(database.url).pathname.slice(1), 'DATABASE')
    .replaceAll(sandbox.url, 'SANDBOX')
    .replaceAll(web.url, 'PUBLIC')
    .replaceAll(good.TEAMS_APP_ID ?? '', 'APP')
    .replaceAll(directory, 'DIRECTORY')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')
    .replaceAll(/PostgreSQL \d+(\.\d+)?/g, 'PostgreSQL N');
}
const faultsIn = (text: string) => text.split('\n').filter((line) => line.startsWith('fault'));

test('nothing is wrong', async () => {
  expect(await doctor(good)).toMatchInlineSnapshot(`
    "ok     configuration  can be used: Teams and Slack connected
    ok     sandbox        answers at SANDBOX, in place of Teams and Slack
    ok     database       PostgreSQL N answers (HOST/DATABASE)
    ok     database       is migrated
    ok     clock          agrees with the database's
    ok     clock          agrees with Slack's
    ok     clock          agrees with Microsoft's
    ok     Slack          SLACK_BOT_TOKEN speaks for workspace T0SANDBOX
    ok     Slack          is heard over HTTP; the signing secret has the right form
    ok     Teams          the login service knows app APP
    ok     Teams          the keys of its requests can be had (1)
    ok     address        Rond answers at PUBLIC
    ok     address        Teams' messages come through (/api/messages)
    ok     address        Slack's requests come through (/slack/events)
    ok     address        calendars and pictures of the plan come through (/calendar, /plan)

    Nothing is wrong."
  `);
});

describe('broken', () => {
  test('a configuration with several faults: every one of them', async () => {
    const env = {
      PORT: 'x',
      LOG_LEVEL: 'loud',
      SLACK_BOT_TOKEN: 'xoxp-1',
      TEAMS_APP_ID: 'rond',
      DATABASE_URL: 'oracle://x',
    };
    expect(await doctor(env)).toMatchInlineSnapshot(`
      "fault  configuration  PORT "x" is not a port
                            → Set PORT to a number from 1 to 65535, or leave it out for 3978.
      fault  configuration  DATABASE_URL is not a PostgreSQL address
                            → Give it as postgresql://user:password@host:5432/database, or leave it out and Rond runs its own database.
      fault  configuration  LOG_LEVEL "loud" is not a level
                            → Set it to one of trace, debug, info, warn, error, silent.
      fault  configuration  TEAMS_APP_PASSWORD is missing, while TEAMS_APP_ID is set
                            → Set TEAMS_APP_PASSWORD as well to connect Teams, or remove the others.
      fault  configuration  TEAMS_TENANT_IDS is missing, while TEAMS_APP_ID is set
                            → Set TEAMS_TENANT_IDS as well to connect Teams, or remove the others.
      fault  configuration  TEAMS_APP_ID is not an application id
                            → Copy "Application (client) ID" of the bot registration; it looks like 00000000-0000-0000-0000-000000000000.
      fault  configuration  SLACK_SIGNING_SECRET is missing, and so is SLACK_APP_TOKEN: Rond would not hear anything
                            → Set SLACK_SIGNING_SECRET when Slack reaches Rond at a public address; SLACK_APP_TOKEN for Socket Mode when not.
      fault  configuration  SLACK_BOT_TOKEN is not a bot token
                            → Copy "Bot User OAuth Token" from the app's page "OAuth & Permissions"; it starts with xoxb-.
      warn   address        PUBLIC_URL is not set, so it is not known whether Teams and Slack reach Rond
                            → Set it to the address whose proxy leads to http://HOST; or ask from outside: curl https://<address>/healthz.

      8 faults, 1 warning."
    `);
  });

  test('a database that is not there', async () => {
    expect(await doctor({ DATABASE_URL: 'postgresql://rond:hunter2@127.0.0.1:1/rond' })).toMatchInlineSnapshot(`
      "ok     configuration  can be used: nothing is connected, so \`rond start\` plays Teams and Slack in a sandbox
      fault  database       cannot be used (HOST/rond): nobody listens there (ECONNREFUSED)
                            → Start PostgreSQL, or correct host and port in DATABASE_URL.

      1 fault, 0 warnings."
    `);
  });

  test('a database with a wrong password, or none of that name', async () => {
    const url = new URL(database.url);
    url.password = 'wrong';
    const wrong = await doctor({ DATABASE_URL: url.href });
    expect(faultsIn(wrong)).toHaveLength(1);
    expect(wrong).toContain('(28P01)');
    url.href = database.url;
    url.pathname = '/nowhere';
    const nowhere = await doctor({ DATABASE_URL: url.href });
    expect(nowhere).toContain('there is no such database (3D000)');
    expect(nowhere).toContain('create database');
  });

  test('a database of a newer Rond', async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(
      `insert into _prisma_migrations (id, checksum, finished_at, migration_name) values ('x', 'x', now(), '20990101000000_tomorrow')`,
    );
    const text = await doctor({ DATABASE_URL: database.url });
    await client.query(`delete from _prisma_migrations where id = 'x'`);
    await client.end();
    expect(text).toMatchInlineSnapshot(`
      "ok     configuration  can be used: nothing is connected, so \`rond start\` plays Teams and Slack in a sandbox
      ok     database       PostgreSQL N answers (HOST/DATABASE)
      fault  database       The database has migration 20990101000000_tomorrow, which this version of Rond does not know.
                            → Run the newer version that applied it.
      ok     clock          agrees with the database's

      1 fault, 0 warnings."
    `);
  });

  test('a server that may forget', async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const name = client.escapeIdentifier(new URL(database.url).pathname.slice(1));
    await client.query(`alter database ${name} set synchronous_commit = off`);
    const text = await doctor({ DATABASE_URL: database.url });
    await client.query(`alter database ${name} reset synchronous_commit`);
    await client.end();
    expect(faultsIn(text)).toEqual([expect.stringContaining('synchronous_commit is off')]);
    expect(text).toContain('→ Set synchronous_commit = on');
  });

  test('a Slack app that was removed, and a Teams secret that has ended', async () => {
    const env = { ...good, SLACK_BOT_TOKEN: 'xoxb-removed', TEAMS_APP_PASSWORD: 'ended' };
    expect(await doctor(env)).toMatchInlineSnapshot(`
      "ok     configuration  can be used: Teams and Slack connected
      ok     sandbox        answers at SANDBOX, in place of Teams and Slack
      ok     database       PostgreSQL N answers (HOST/DATABASE)
      ok     database       is migrated
      ok     clock          agrees with the database's
      ok     clock          agrees with Microsoft's
      fault  Slack          SLACK_BOT_TOKEN is refused (invalid_auth)
                            → Copy "Bot User OAuth Token" anew from "OAuth & Permissions"; install the app first if it was removed.
      ok     Slack          is heard over HTTP; the signing secret has the right form
      fault  Teams          no token for the bot: AADSTS7000215: Invalid client secret provided
                            → Make a new client secret of the registration and set TEAMS_APP_PASSWORD to its value (not its id).
      ok     Teams          the keys of its requests can be had (1)
      ok     address        Rond answers at PUBLIC
      ok     address        Teams' messages come through (/api/messages)
      ok     address        Slack's requests come through (/slack/events)
      ok     address        calendars and pictures of the plan come through (/calendar, /plan)

      2 faults, 0 warnings."
    `);
  });

  test('a Slack app that was installed before it asked for more', async () => {
    needed().scopes = [...scopes.filter((scope) => !scope.endsWith(':history')), 'reactions:read'];
    expect(await doctor(good)).toMatchInlineSnapshot(`
      "ok     configuration  can be used: Teams and Slack connected
      ok     sandbox        answers at SANDBOX, in place of Teams and Slack
      ok     database       PostgreSQL N answers (HOST/DATABASE)
      ok     database       is migrated
      ok     clock          agrees with the database's
      ok     clock          agrees with Slack's
      ok     clock          agrees with Microsoft's
      ok     Slack          SLACK_BOT_TOKEN speaks for workspace T0SANDBOX
      fault  Slack          SLACK_BOT_TOKEN lacks channels:history, groups:history, im:history
                            → Put the manifest of \`rond manifest slack\` under "App Manifest", then press "Reinstall to Workspace".
      warn   Slack          SLACK_BOT_TOKEN may do more than Rond uses: reactions:read
                            → Remove them under "OAuth & Permissions".
      ok     Slack          is heard over HTTP; the signing secret has the right form
      ok     Teams          the login service knows app APP
      ok     Teams          the keys of its requests can be had (1)
      ok     address        Rond answers at PUBLIC
      ok     address        Teams' messages come through (/api/messages)
      ok     address        Slack's requests come through (/slack/events)
      ok     address        calendars and pictures of the plan come through (/calendar, /plan)

      1 fault, 1 warning."
    `);
  });

  test('an address where nobody answers, or somebody else does', async () => {
    const other: Server = createServer((_request, response) => response.end('Welcome to nginx!'));
    await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready));
    const { port } = other.address() as AddressInfo;
    const somebody = await doctor({ ...good, PUBLIC_URL: `http://127.0.0.1:${port}` });
    await new Promise((closed) => other.close(closed));
    const nobody = await doctor({ ...good, PUBLIC_URL: `http://127.0.0.1:${port}` });
    expect(faultsIn(nobody)).toEqual([expect.stringContaining('does not answer (ECONNREFUSED)')]);
    expect(faultsIn(somebody)).toEqual([expect.stringContaining('(HTTP 200), but not Rond')]);
  });

  test('a Rond that runs with another signing secret', async () => {
    const text = await doctor({ ...good, SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef' });
    expect(faultsIn(text)).toEqual([expect.stringContaining('has another signing secret')]);
  });

  test('a proxy that passes health on and nothing else', async () => {
    const proxy = await startWeb({ host: '127.0.0.1', port: 0, ready: async () => {}, mount: [], log: { error() {} } });
    const text = await doctor({ ...good, PUBLIC_URL: proxy.url });
    await proxy.close();
    expect(faultsIn(text)).toEqual([
      expect.stringContaining('/api/messages does not lead to Rond (HTTP 404)'),
      expect.stringContaining('/slack/events does not lead to Rond (HTTP 404)'),
    ]);
  });

  test('a proxy that passes on what Teams and Slack ask, and not what calendars and chat clients fetch', async () => {
    const doors = ['/healthz', '/api/messages', '/slack/events'];
    for (const open of [[], ['/calendar']]) {
      const proxy = createServer(async (request, response) => {
        const path = request.url ?? '';
        if (![...doors, ...open].some((door) => path.startsWith(door))) return response.writeHead(404).end('nginx');
        const { host: _, connection: __, ...headers } = request.headers as Record<string, string>;
        const body = request.method === 'POST' ? Buffer.concat(await Array.fromAsync(request)) : undefined;
        const answer = await fetch(`${web.url}${path}`, {
          method: request.method ?? 'GET',
          headers,
          ...(body && { body }),
        });
        return response.writeHead(answer.status).end(await answer.text());
      });
      await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready));
      const text = await doctor({ ...good, PUBLIC_URL: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` });
      await new Promise((closed) => proxy.close(closed));
      expect(faultsIn(text)).toEqual([]);
      const path = open.length === 0 ? '/calendar' : '/plan';
      expect(text).toContain(`warn   address        ${path} does not lead to Rond (HTTP 404)`);
      expect(text).toContain('→ Let the proxy pass /calendar and /plan on unchanged as well.');
    }
  });

  test('a clock that is wrong', async () => {
    const late = { now: () => Temporal.Now.instant().subtract({ minutes: 4 }) };
    const text = await doctor(good, late);
    expect(text).toContain("is 240 s behind the database's");
    expect(faultsIn(text).every((line) => line.includes('clock'))).toBe(true);
    const little = await doctor(good, { now: () => Temporal.Now.instant().add({ seconds: 20 }) });
    expect(faultsIn(little)).toEqual([]);
    expect(little).toMatch(/warn {3}clock .* 20 s ahead of/);
  });

  test('sockets whose token opens none', async () => {
    const { SLACK_SIGNING_SECRET: _, ...rest } = good;
    const wrong = await doctor({ ...rest, SLACK_APP_TOKEN: 'xapp-1-wrong' });
    expect(faultsIn(wrong)).toEqual([expect.stringContaining('SLACK_APP_TOKEN opens no socket (invalid_auth)')]);
    const right = await doctor({ ...good, SLACK_APP_TOKEN: needed().appToken });
    expect(faultsIn(right)).toEqual([]);
    expect(right).toContain('so SLACK_SIGNING_SECRET is not used');
  });

  test('workspaces let in with a key that is gone', async () => {
    const [old, other] = [randomBytes(32), randomBytes(32)];
    await database.installations([old]).put({
      team: 'T0ONE',
      enterprise: null,
      botToken: good.SLACK_BOT_TOKEN ?? '',
      botUser: 'U',
      bot: 'B',
      scopes: [],
      installedBy: 'U',
      installedAt: systemClock.now(),
    });
    const { SLACK_BOT_TOKEN: _, ...rest } = good;
    const env = { ...rest, SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'x', SLACK_STATE_SECRET: 'a state of sixteen' };
    const gone = await doctor({ ...env, ROND_SECRET_KEY: other.toString('base64') });
    expect(faultsIn(gone)).toEqual([expect.stringContaining('which is not in ROND_SECRET_KEY')]);
    const there = await doctor({ ...env, ROND_SECRET_KEY: old.toString('base64') });
    expect(there).toContain('the token of T0ONE speaks for workspace');
    await database.installations([old]).remove('T0ONE', systemClock.now());
    expect(await doctor({ ...env, ROND_SECRET_KEY: old.toString('base64') })).toContain(
      'no workspace has let Rond in yet',
    );
  });

  test('nothing of it says a secret', async () => {
    const env = {
      ...good,
      SLACK_BOT_TOKEN: 'xoxb-hunter2',
      TEAMS_APP_PASSWORD: 'hunter2',
      SLACK_APP_TOKEN: 'xapp-hunter2',
    };
    const url = new URL(database.url);
    url.password = 'hunter2';
    expect(await doctor({ ...env, DATABASE_URL: url.href })).not.toContain('hunter2');
  });
});

test('a new database is not touched', async () => {
  const url = await emptyDatabase();
  expect(printed(await examine({ DATABASE_URL: url }, directory, systemClock))).toContain(
    'will be applied at the next start',
  );
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(`select count(*)::int as tables from pg_tables where schemaname = 'public'`);
  await client.end();
  expect(rows).toEqual([{ tables: 0 }]);
});

describe('as a command', () => {
  type Ran = { status: number; stdout: string; stderr: string };
  const run = (args: string[], env: Record<string, string>) =>
    new Promise<Ran>((resolve) => {
      const options = { cwd: directory, env: { PATH: process.env.PATH, ...env } };
      execFile(process.execPath, [main, 'doctor', ...args], options, (error, stdout, stderr) =>
        resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
      );
    });

  test('ends with 0 when no fault is found, 1 when one is, 2 when it is used wrongly', async () => {
    expect(await run([], good)).toMatchObject({ status: 0, stderr: '' });
    const broken = await run(['--json'], { ...good, SLACK_BOT_TOKEN: 'xoxb-removed' });
    expect(broken.status).toBe(1);
    expect(JSON.parse(broken.stdout)).toMatchObject({
      ok: false,
      faults: 1,
      findings: expect.arrayContaining([
        {
          area: 'Slack',
          state: 'fault',
          what: 'SLACK_BOT_TOKEN is refused (invalid_auth)',
          remedy: expect.stringContaining('Copy'),
        },
      ]),
    });
    expect((await run(['--loud'], good)).status).toBe(2);
  });
});
