/** Everything that is measured, started together on loopback: database, sandbox, bot, and an open round of four hundred. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { holidayName } from '../../src/adapters/calendar/holidays.ts';
import { movableClock } from '../../src/adapters/clock/clocks.ts';
import { createSlack } from '../../src/adapters/slack/slack.ts';
import { createTeams } from '../../src/adapters/teams/teams.ts';
import { preparing } from '../../src/app/prepare.ts';
import { saveSandboxTime } from '../../src/app/sandbox-time.ts';
import { tick } from '../../src/app/tick.ts';
import { saveImported } from '../../src/cli/import-group.ts';
import { type Bot, startBot } from '../../src/cli/play/bot.ts';
import { type OpenStore, openStore } from '../../src/compose.ts';
import { createSender } from '../../src/delivery/sender.ts';
import type { Group, Member } from '../../src/domain/group.ts';
import { catalogue } from '../../src/library/library.ts';
import type { Inbox } from '../../src/ports/chat.ts';
import { exampleRatings } from '../../src/sandbox/answers.ts';
import { putDirectory } from '../../src/sandbox/client.ts';
import { directoryOf } from '../../src/sandbox/directory-of.ts';
import type { SandboxCredentials } from '../../src/sandbox/server.ts';
import type { SlackCredentials } from '../../src/sandbox/slack/wire.ts';
import type { SavedIssuer } from '../../src/sandbox/teams/issuer.ts';
import type { TeamsWireCredentials } from '../../src/sandbox/teams/wire.ts';
import { bigGroup, openingTime } from './group.ts';
import { type Part, startPart } from './parts/part.ts';

/** A member with the assignment that is theirs and the message they answer from. */
export type Respondent = { member: Member; ref: string; conversation: string; message: string };

export type Stage = {
  directory: string;
  group: Group;
  opened: OpenStore;
  /** The second connection, which counts what is stored. */
  counter: pg.Client;
  sandbox: Part;
  credentials: SandboxCredentials<TeamsWireCredentials, SlackCredentials>;
  issuer: SavedIssuer;
  bot: Bot;
  respondents: { slack: Respondent[]; teams: Respondent[] };
  catalogue: string;
  close(): Promise<void>;
};

const nobody: Inbox = {
  act: async () => ({ do: 'nothing' }),
  command: async () => ({ do: 'nothing' }),
  presence: async () => {},
};
const quiet = { debug() {}, info() {}, warn() {}, error: console.error };

export async function setStage(entry: string): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'rond-bench-'));
  const opened = await openStore({ databaseUrl: null, data: directory }, 'bench');
  const counter = new pg.Client({ connectionString: opened.databaseUrl, application_name: 'bench' });
  await counter.connect();
  await refuseWithoutFsync(counter);
  const plain = await startPart(entry, 'plain', {});
  const sandbox = await startPart(entry, 'sandbox', { now: openingTime.toString() });
  const { url, credentials, issuer } = sandbox.told as Pick<Stage, 'credentials' | 'issuer'> & { url: string };

  // Nobody answers the first greetings but the bare server; the bot comes when everything stands in the database.
  await sandbox.call('connect', `http://127.0.0.1:${plain.told.port}`);
  const group = await bigGroup();
  await saveImported(opened.store, { group, warnings: [] }, group.startsAt);
  await saveSandboxTime(opened.store, openingTime);
  const { people, channels } = await directoryOf(opened.store);
  // A few at a time: each of them greets the bot before the sandbox answers, and a busy machine takes long about it.
  for (let from = 0; from < people.length; from += 10) {
    await putDirectory(url, { people: people.slice(from, from + 10), channels });
  }
  await plain.stop();
  credentials.teams.tenants.push(...new Set(group.members.flatMap((one) => one.identities.map((id) => id.tenant))));
  await openRound(opened, credentials);
  const { respondents, list } = await respondentsOf(counter, group);

  const bot = startBot({
    NODE_ENV: 'production',
    LOG_LEVEL: 'error',
    DATABASE_URL: opened.databaseUrl,
    ROND_SANDBOX_URL: url,
    PORT: '0',
    HOST: '127.0.0.1',
    TEAMS_APP_ID: '',
    TEAMS_APP_PASSWORD: '',
    TEAMS_TENANT_IDS: '',
    SLACK_BOT_TOKEN: '',
    SLACK_SIGNING_SECRET: '',
  });
  await bot.ready();
  await sandbox.call('connect', bot.url());

  return {
    directory,
    group,
    opened,
    counter,
    sandbox,
    credentials,
    issuer,
    bot,
    respondents,
    catalogue: list,
    async close() {
      await bot.stop();
      await sandbox.stop();
      await counter.end().catch(() => {});
      await opened.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A figure for "committed" means nothing without it. */
async function refuseWithoutFsync(client: pg.Client): Promise<void> {
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    const shown = (await client.query(`show ${setting}`)).rows[0][setting];
    if (shown !== 'on') throw new Error(`${setting} is ${shown}: nothing durable can be measured`);
  }
}

/** Welcomes and invitations go out by the product's own tick and sender, without the platforms' pace. */
async function openRound({ store }: OpenStore, credentials: Stage['credentials']): Promise<void> {
  const clock = movableClock(openingTime);
  const common = { inbox: nobody, contacts: store.contacts, log: quiet };
  const fast = { perSecond: 1e6, burst: 1e6 };
  const pace = { tenant: fast, conversation: fast };
  const platforms = {
    slack: { ...createSlack({ ...credentials.slack, ...common, now: clock.now }), pace },
    teams: { ...createTeams({ ...credentials.teams, ...common }), pace },
  };
  const step = () => {};
  const prepare = preparing({ store, clock, holidays: holidayName, log: quiet });
  const sender = createSender({ ledger: store.ledger, platforms, clock, prepare, log: quiet, step });
  while ((await tick({ store, clock, holidays: holidayName, step, log: quiet })) > 0) await sender.run();
  while ((await store.ledger.open(clock.now())) > 0) await sleep(50);
  await sender.stop();
  await Promise.all(Object.values(platforms).map((platform) => platform.close()));
}

/** Everybody has filled in everything, so that each submission is a full answer. */
export async function fillEverythingIn({ counter, respondents, catalogue: list }: Stage): Promise<void> {
  const all = [...respondents.slack, ...respondents.teams];
  const drafts = all.map(({ member }, index) =>
    JSON.stringify(exampleRatings(catalogue(list), index, member.language)),
  );
  await counter.query(
    `update assignment a set draft = d.draft, state = 'draft' from unnest($1::uuid[], $2::jsonb[]) as d(id, draft) where a.id = d.id`,
    [all.map(({ ref }) => ref), drafts],
  );
  // As the server does by itself within a minute.
  await counter.query('analyze');
}

async function respondentsOf(client: pg.Client, group: Group) {
  const found = await client.query(
    `select a.id, m.key, r.catalogue, d.platform, d.state, d.reference from assignment a
     join member m on m.id = a.member_id join round r on r.id = a.round_id
     join delivery d on d.group_id = m.group_id and d.member_key = m.key and d.kind = 'invitation' order by m.position`,
  );
  const list = String(found.rows[0]?.catalogue);
  const respondents: Stage['respondents'] = { slack: [], teams: [] };
  for (const { id, key, platform, state, reference } of found.rows) {
    const member = group.members.find((one) => one.key === key);
    if (!member || state !== 'sent') throw new Error(`${key} was not invited: ${state}`);
    const { conversation, message } = reference;
    respondents[platform as 'slack' | 'teams'].push({ member, ref: id, conversation, message });
  }
  return { respondents, list };
}
