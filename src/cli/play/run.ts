/**
 * One run of a group's timetable: a database of its own, the sandbox in this process, the bot in another.
 * The bot may be killed at any moment: it is started again and the run goes on.
 */

import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, dropDatabase } from '../../adapters/postgres/scratch.ts';
import { saveSandboxTime } from '../../app/sandbox-time.ts';
import { type OpenStore, openStore } from '../../compose.ts';
import type { Config } from '../../config.ts';
import { convenorOf, type Group, type Identity } from '../../domain/group.ts';
import { catalogue, instrument } from '../../library/library.ts';
import type { LedgerRow } from '../../ports/store.ts';
import { exampleRatings } from '../../sandbox/answers.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import type { Wire } from '../../sandbox/wire.ts';
import { Exit } from '../exit.ts';
import { exampleFile, readGroup, saveImported } from '../import-group.ts';
import type { Answers } from './answers-file.ts';
import { type Bot, startBot } from './bot.ts';
import { messageWith, rate, tellStatus } from './persons.ts';

export type PlayOptions = {
  config: Config;
  /** Key of a group in the operator's database; null: the shipped example. */
  group: string | null;
  from: Temporal.PlainDate;
  to: Temporal.PlainDate;
  /** Null: everybody answers. */
  answers: Answers | null;
  /** Entry file of the bot process; `rond start` unless a test gives its own. */
  botFile?: string;
  botEnv?: Record<string, string>;
  /** Looks at the sandbox and the running bot before everything is taken down. */
  inspect?: (sandbox: Sandbox, bot: Bot, rows: LedgerRow[], opened: OpenStore) => Promise<void>;
};

export type PlayResult = {
  deliveries: { key: string; kind: string; to: string; platform: string | null; at: string; state: string }[];
  answers: number;
  rounds: { key: string; opened: string; closed: string | null; invited: number; submitted: number }[];
  summaries: number;
};

export async function play(options: PlayOptions): Promise<PlayResult> {
  const { config, from, to } = options;
  const group = await groupToPlay(options);
  const start = from.toZonedDateTime({ timeZone: group.timeZone }).toInstant();
  const end = to.add({ days: 1 }).toZonedDateTime({ timeZone: group.timeZone }).toInstant();

  const database = `rond_play_${randomBytes(6).toString('hex')}`;
  const databaseUrl = config.databaseUrl ? await createDatabase(config.databaseUrl, database) : null;
  const opened = await openStore({ ...config, databaseUrl }, database);
  let sandbox: Sandbox | null = null;
  let bot: Bot | null = null;
  try {
    await saveImported(opened.store, { group: { ...group, startsAt: start }, warnings: [] }, start);
    await saveSandboxTime(opened.store, start);
    sandbox = await startSandbox({
      port: 0,
      botUrl: () => bot?.url() || 'http://127.0.0.1:9',
      saveTo: null,
      now: start,
    });
    bot = startBot(
      {
        DATABASE_URL: opened.databaseUrl,
        ROND_SANDBOX_URL: sandbox.url,
        PORT: '0',
        HOST: '127.0.0.1',
        ...cleared,
        ...options.botEnv,
      },
      options.botFile,
    );
    await bot.ready();
    const taken = await run({ group, sandbox, bot, end, answers: options.answers });
    const rows = await opened.store.ledger.rows(group.key);
    await options.inspect?.(sandbox, bot, rows, opened);
    return await resultOf(opened, group, rows, taken);
  } finally {
    await bot?.stop();
    await sandbox?.close();
    await opened.disconnect();
    await dropDatabase(opened.databaseUrl);
    await opened.embedded?.leave();
  }
}

/** The run is the sandbox's, whatever the surroundings say. */
const cleared = {
  TEAMS_APP_ID: '',
  TEAMS_APP_PASSWORD: '',
  TEAMS_TENANT_IDS: '',
  SLACK_BOT_TOKEN: '',
  SLACK_SIGNING_SECRET: '',
};

async function groupToPlay({ config, group, from }: PlayOptions): Promise<Group> {
  const now = from.toZonedDateTime({ timeZone: 'UTC' }).toInstant();
  if (group === null) return (await readGroup(exampleFile, now)).group;
  const opened = await openStore(config);
  try {
    const loaded = await opened.store.groups.load(group);
    if (loaded) return loaded.group;
    const known = (await opened.store.groups.list()).map(({ key }) => key).join(', ');
    if (group === (await readGroup(exampleFile, now)).group.key) return (await readGroup(exampleFile, now)).group;
    throw new Exit(
      2,
      `There is no group "${group}". ${known ? `Known: ${known}.` : 'Take one in with: rond group import FILE.yaml'}`,
    );
  } finally {
    await opened.close();
  }
}

type Playing = { group: Group; sandbox: Sandbox; bot: Bot; end: Temporal.Instant; answers: Answers | null };
/** "failed": nobody answered, or not in time. */
type Pressed = 'taken' | 'refused' | 'failed';
type Intent = { at: Temporal.Instant; does: 'rate' | 'tell'; act: () => Promise<Pressed> };

/** Goes from event to event; between them people do what they mean to. Returns how many answers were accepted. */
async function run({ group, sandbox, bot, end, answers }: Playing): Promise<number> {
  const seen = new Set<string>();
  let intents: Intent[] = [];
  let accepted = 0;
  for (;;) {
    intents.push(...newIntents(group, sandbox, answers, seen));
    intents = intents.toSorted((one, other) => Temporal.Instant.compare(one.at, other.at));
    const next = await clock(sandbox, bot, null);
    const coming = [next.next ? Temporal.Instant.from(next.next) : null, intents[0]?.at ?? null, end];
    const at = coming
      .filter((one) => one !== null)
      .reduce((one, other) => (Temporal.Instant.compare(one, other) <= 0 ? one : other));
    await clock(sandbox, bot, at);
    while (intents[0] && Temporal.Instant.compare(intents[0].at, at) <= 0) {
      const intent = intents.shift() as Intent;
      if ((await persistently(bot, intent.act)) && intent.does === 'rate') accepted += 1;
    }
    if (Temporal.Instant.compare(at, end) >= 0) {
      await clock(sandbox, bot, end);
      return accepted;
    }
  }
}

/** How often a press is tried: a bot that is being started again, on a machine with much else to do, takes its time. */
const tries = { refused: 9, failed: 60 };

/** Somebody whose click meets a bot that is just being started again presses once more. True when it was taken. */
async function persistently(bot: Bot, act: () => Promise<Pressed>): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await bot.ready();
      const pressed = await act();
      if (pressed === 'taken') return true;
      if (attempt >= tries[pressed]) return false;
    } catch (error) {
      if (attempt >= tries.failed) throw error;
    }
    await sleep(150);
  }
}

type ClockAnswer = { now: string; next: string | null };

/** Asks the bot for its clock, or moves it; a bot that died on the way is waited for and asked again. */
async function clock(sandbox: Sandbox, bot: Bot, to: Temporal.Instant | null): Promise<ClockAnswer> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await bot.ready();
      const { token } = sandbox.credentials();
      const answer = await fetch(`${bot.url()}/sandbox/clock`, {
        headers: { 'x-rond-sandbox': token, 'content-type': 'application/json' },
        ...(to ? { method: 'POST', body: JSON.stringify({ to: to.toString() }) } : {}),
      });
      if (!answer.ok) throw new Error(`the clock answered ${answer.status}`);
      return (await answer.json()) as ClockAnswer;
    } catch (error) {
      if (attempt >= 60) throw error;
      await sleep(100);
    }
  }
}

/** What people mean to do about messages they have not seen before. */
function newIntents(group: Group, sandbox: Sandbox, answers: Answers | null, seen: Set<string>): Intent[] {
  const intents: Intent[] = [];
  group.members.forEach((member, index) => {
    const identity = member.identities[0];
    if (!identity) return;
    const wire: Wire = sandbox.wires[identity.platform];
    const plan = answers ? answers.members[member.key] : { ...standard(group, index), ratings: {} };
    if (!plan) return;
    const once = (verb: string, hours: number | undefined, act: (message: string) => Promise<Pressed>) => {
      const shown = hours === undefined ? undefined : messageWith(wire, identity.user, verb);
      if (!shown || hours === undefined || seen.has(`${identity.user} ${shown.id}`)) return;
      seen.add(`${identity.user} ${shown.id}`);
      const at = sandbox.now().add({ seconds: Math.round(hours * 3600) });
      intents.push({ at, does: 'rate', act: () => act(shown.id) });
    };
    const survey = `${identity.user} survey`;
    if (!seen.has(survey)) {
      once('rate.open', plan.ratesAfterHours, async (message) => {
        const list = catalogue(catalogueOf(group));
        const ratings = { ...exampleRatings(list, index + 1, member.language), ...plan.ratings };
        const done = await rate(wire, identity.user, message, ratings);
        if (!done.ok) return 'failed';
        return Object.keys(done.errors).length === 0 && done.notice === null ? 'taken' : 'refused';
      });
      if (intents.length > 0 && messageWith(wire, identity.user, 'rate.open')) seen.add(survey);
    }
    for (const shown of statusCards(wire, identity, seen)) {
      if (plan.statusAfterHours === undefined) continue;
      const at = sandbox.now().add({ seconds: Math.round(plan.statusAfterHours * 3600) });
      intents.push({
        at,
        does: 'tell',
        act: async () =>
          (await tellStatus(wire, identity.user, shown, plan.status ?? 'done')).ok ? 'taken' : 'failed',
      });
    }
  });
  return intents;
}

function catalogueOf(group: Group): string {
  const asks = group.activities.find((activity) => activity.instrument !== null)?.instrument;
  return instrument(asks ?? 'role-rating').catalogue;
}

/** By turns: one answers the next day, one after the first reminder, one at the last; the convenor tells every status. */
function standard(group: Group, index: number): { ratesAfterHours: number; statusAfterHours: number; status: 'done' } {
  const waits = [26, 24 * 24, 15 * 24];
  const wait = group.members[index] === convenorOf(group) ? 50 : (waits[index % waits.length] as number);
  return { ratesAfterHours: wait, statusAfterHours: 5, status: 'done' };
}

/** Ids of status cards that were not seen before. */
function statusCards(wire: Wire, { user }: Identity, seen: Set<string>): string[] {
  return wire
    .personal(user)
    .map((shown) => shown.id)
    .filter((id) => !seen.has(`${user} status ${id}`))
    .filter((id) => wire.buttons(user, { message: id }).some((button) => button.verb === 'status.set'))
    .map((id) => {
      seen.add(`${user} status ${id}`);
      return id;
    });
}

async function resultOf(opened: OpenStore, group: Group, rows: LedgerRow[], accepted: number): Promise<PlayResult> {
  const loaded = await opened.store.groups.load(group.key);
  const deliveries = rows
    .filter((row) => row.kind !== 'event')
    .map(({ key, kind, to, platform, at, state }) => ({ key, kind, to, platform, at: at.toString(), state }));
  return {
    deliveries,
    answers: accepted,
    rounds: (loaded?.state.rounds ?? []).map((round) => ({
      key: round.key,
      opened: (round.openedAt ?? round.opensAt).toString(),
      closed: round.closedAt?.toString() ?? null,
      invited: round.assignments.length,
      submitted: round.assignments.filter((assignment) => assignment.state === 'submitted').length,
    })),
    summaries: deliveries.filter((delivery) => delivery.kind === 'summary' && delivery.state === 'sent').length,
  };
}
