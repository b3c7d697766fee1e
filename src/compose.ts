/** The only place where parts are chosen and joined. */

import { fileURLToPath } from 'node:url';
import { type Logger, pino } from 'pino';
import { holidayName } from './adapters/calendar/holidays.ts';
import { movableClock, systemClock } from './adapters/clock/clocks.ts';
import { drawPicture } from './adapters/picture/draw.ts';
import { connect } from './adapters/postgres/connect.ts';
import { type Embedded, openEmbedded } from './adapters/postgres/embedded.ts';
import { installations } from './adapters/postgres/installations.ts';
import { migrate } from './adapters/postgres/migrate.ts';
import { createStore } from './adapters/postgres/store.ts';
import { enrol } from './adapters/postgres/worker.ts';
import { comeBack } from './app/come-back.ts';
import { createEngine } from './app/engine.ts';
import { createFeeds } from './app/feeds.ts';
import { hourly } from './app/hourly.ts';
import { createInbox } from './app/inbox.ts';
import { makeReady } from './app/make-ready.ts';
import { planPictures } from './app/plan-pictures.ts';
import { preparing } from './app/prepare.ts';
import { createSandboxClock, type SandboxClock } from './app/sandbox-clock.ts';
import { followSandboxTime, savedSandboxTime, saveSandboxTime } from './app/sandbox-time.ts';
import { showRehearsal } from './app/show-rehearsal.ts';
import { createSteering } from './app/steering.ts';
import { tick } from './app/tick.ts';
import type { Config } from './config.ts';
import { createSender } from './delivery/sender.ts';
import type { Step } from './delivery/steps.ts';
import type { Platform } from './domain/group.ts';
import type { ChatPlatform } from './ports/chat.ts';
import type { Clock } from './ports/clock.ts';
import type { Contacts } from './ports/contacts.ts';
import type { Installations } from './ports/installations.ts';
import type { Store } from './ports/store.ts';
import { putDirectory, putNow, sandboxCredentials } from './sandbox/client.ts';
import { directoryOf } from './sandbox/directory-of.ts';
import type { Directory } from './sandbox/wire.ts';
import { calendarRoutes } from './web/calendar.ts';
import { planPictureRoutes } from './web/plan-picture.ts';
import { tellReplies } from './web/replies.ts';
import { sandboxClockRoutes } from './web/sandbox-clock.ts';
import { startWeb } from './web/server.ts';

const migrations = fileURLToPath(new URL('../prisma/migrations', import.meta.url));
const databaseName = 'rond';

export type OpenStore = {
  store: Store & { contacts: Contacts };
  /** Slack workspaces that let Rond in, their tokens sealed: the first key seals, each opens. */
  installations: (keys: readonly Buffer[]) => Installations;
  databaseUrl: string;
  /** The server, when it is ours. */
  embedded: Embedded | null;
  /** Ends the connections and leaves our own server running. */
  disconnect(): Promise<void>;
  /** Ends the connections; our own server stops when nobody else uses it. */
  close(): Promise<void>;
};

/** The database, migrated. Commands use this alone; a running Rond on the same data is joined. */
export async function openStore(
  config: Pick<Config, 'databaseUrl' | 'data'> & Partial<Pick<Config, 'databaseConnections'>>,
  database = databaseName,
): Promise<OpenStore> {
  const embedded = config.databaseUrl ? null : await openEmbedded(config.data);
  const databaseUrl = config.databaseUrl ?? (await (embedded as Embedded).url(database));
  const connected = connect(databaseUrl, config.databaseConnections);
  try {
    await migrate(connected.pool, migrations);
    const worker = await enrol(databaseUrl);
    const disconnect = async () => {
      await worker.close();
      await connected.close();
    };
    return {
      store: createStore(connected, worker),
      installations: (keys) => installations(connected, keys),
      databaseUrl,
      embedded,
      disconnect,
      async close() {
        await disconnect();
        await embedded?.leave();
      },
    };
  } catch (error) {
    await connected.close().catch(() => {});
    await embedded?.leave().catch(() => {});
    throw described(error);
  }
}

function described(error: unknown): unknown {
  const code = (error as { code?: string }).code;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === '28P01' || code === '3D000') {
    return new Error(
      `The database in DATABASE_URL does not answer (${code}). Check the address, the user and that the server runs.`,
      {
        cause: error,
      },
    );
  }
  return error;
}

export type Rond = {
  store: Store & { contacts: Contacts };
  clock: Clock;
  url: string;
  /** Only in the sandbox. */
  sandboxClock: SandboxClock | null;
  databasePid(): number | null;
  /** Lets what is under way end, and leaves the database. */
  close(): Promise<void>;
};

export type StartOptions = {
  /** Called once the database is ready, before anything runs: the first start in a sandbox loads the example. */
  seed?: (store: Store) => Promise<void>;
  /** False: nothing happens by the clock alone; who drives it moves it. */
  byItself?: boolean;
  /** False: without the job that wakes one process a minute; what a moment ago was left behind is looked for all the same. */
  everyMinute?: boolean;
  /** Told as soon as the bot listens, before anything is sent. */
  onUrl?: (url: string) => void;
  /** Told at every moment a process might die; must not throw. */
  step?: (step: Step) => void;
};

/** Starts the bot. With `sandboxUrl` it connects to that sandbox, with its real adapters. Where it cannot, nothing is left open. */
export async function startRond(config: Config, options: StartOptions = {}): Promise<Rond> {
  const opened = await openStore(config);
  const begun: (() => Promise<unknown>)[] = [opened.close];
  try {
    return await startOn(opened, config, options, begun);
  } catch (error) {
    for (const end of begun.reverse()) await end().catch(() => {});
    throw error;
  }
}

/** `begun` is given what has to be ended again, in order. */
async function startOn(
  opened: OpenStore,
  config: Config,
  { step = () => {}, seed, onUrl, byItself = true, everyMinute = byItself }: StartOptions,
  begun: (() => Promise<unknown>)[],
): Promise<Rond> {
  const log: Logger = pino({
    level: config.logLevel,
    redact: [
      '*.password',
      '*.botToken',
      '*.signingSecret',
      '*.appToken',
      '*.clientSecret',
      '*.stateSecret',
      'authorization',
    ],
  });
  const { store } = opened;
  await seed?.(store);
  const holidays = holidayName;
  const sandbox = config.sandboxUrl ? await sandboxCredentials(config.sandboxUrl) : null;
  const movable = sandbox ? movableClock(await savedSandboxTime(store)) : null;
  const clock: Clock = movable ?? systemClock;

  const platforms: Partial<Record<Platform, ChatPlatform>> = {};
  const sender = createSender({
    ledger: store.ledger,
    platforms,
    clock,
    prepare: preparing({ store, clock, holidays, log }),
    log,
    step,
  });
  const ahead = hourly(clock, (stopping) => makeReady({ store, platforms, clock, log, stopping }), log);
  const engine = createEngine({
    store,
    clock,
    sender,
    tick: async () => {
      // Whichever process moved the sandbox's time: the others follow.
      if (movable) await followSandboxTime(store, movable);
      const written = await tick({ store, clock, holidays, step, log });
      const planned = await comeBack({ store, clock });
      ahead.soon();
      return written + planned;
    },
    log,
  });
  begun.push(ahead.stop, engine.stop);
  const steering = createSteering({ store, clock, holidays, admins: new Set(config.admins), wake: engine.wake });
  // In the sandbox both platforms are on this machine, and so are the calendars and the pictures.
  let own: string | null = null;
  const address = () => config.publicUrl ?? (sandbox ? own : null);
  const feeds = createFeeds({ store, clock, holidays, address });
  const pictures = planPictures({ store, clock, address, draw: drawPicture });
  const rehearse = showRehearsal(platforms, log);
  const inbox = createInbox({
    store,
    clock,
    step,
    wake: engine.wake,
    platforms,
    // Loaded when somebody sends a document: the readers of Word and Excel weigh as much as the database's.
    readDocument: async (name, bytes) =>
      (await import('./adapters/documents/read-document.ts')).readDocument(name, bytes),
    holidays,
    steering,
    rehearse,
    feeds,
    pictures,
  });
  // Loaded here: a command that only reads the database need not wait for the platforms' SDKs.
  const { connectPlatforms } = await import('./compose/platforms.ts');
  connectPlatforms(platforms, {
    config,
    sandbox,
    inbox,
    contacts: store.contacts,
    installations: opened.installations,
    clock,
    address,
    log,
  });
  begun.push(() => Promise.all(Object.values(platforms).map((platform) => platform.close())));

  const sandboxClock =
    movable && sandbox && config.sandboxUrl
      ? createSandboxClock({
          store,
          clock: movable,
          engine,
          holidays,
          step,
          tell: tellSandbox(config.sandboxUrl, store),
        })
      : null;
  await sandboxClock?.tellNow();
  const web = await startWeb({
    host: config.host,
    port: config.port,
    ready: store.ping,
    // Routes are tried in this order: first what hundreds knock at in the same minute.
    mount: [
      tellReplies(() => step('action-replied')),
      ...Object.values(platforms).map((platform) => platform.mount),
      calendarRoutes(feeds),
      planPictureRoutes(pictures),
      ...(sandboxClock && sandbox ? [sandboxClockRoutes(sandboxClock, sandbox.token)] : []),
    ],
    log,
  });
  own = web.url;
  begun.push(web.close);
  onUrl?.(web.url);
  const introduce = async () => {
    if (config.sandboxUrl && sandbox)
      await introduceTo(config.sandboxUrl, sandbox.teams.tenants, await directoryOf(store));
  };
  await introduce();
  await sender.recover();
  const onTheMinute = async () => {
    await introduce(); // a group that was taken in meanwhile brings new people
    await sender.recover();
    engine.wake();
  };
  const background = everyMinute ? await startBackground(opened.databaseUrl, onTheMinute) : null;
  // Retries that wait for a platform fall due between two ticks; so does what a process left behind that died a moment ago.
  const between = setInterval(() => {
    if (!byItself) return;
    sender.recover().catch((error) => log.warn({ error }, 'what was left behind could not be settled'));
    engine.wake();
  }, 5_000);
  between.unref();
  engine.wake();

  return {
    store,
    clock,
    url: web.url,
    sandboxClock,
    databasePid: () => opened.embedded?.pid() ?? null,
    async close() {
      clearInterval(between);
      // At once: whoever waits for the engine over HTTP is answered when the engine has stopped.
      await Promise.all([engine.stop(), ahead.stop(), background?.stop(), web.close()]);
      await Promise.all(Object.values(platforms).map((platform) => platform.close()));
      await opened.close();
    },
  };
}

/** Once a minute, once for all processes that share the database. */
async function startBackground(
  databaseUrl: string,
  onTheMinute: () => Promise<void>,
): Promise<{ stop(): Promise<void> }> {
  const { PgBoss } = await import('pg-boss');
  const boss = new PgBoss({ connectionString: databaseUrl, application_name: 'rond', max: 3, persistWarnings: false });
  boss.on('error', () => {}); // the database is away; the next poll tries again
  await boss.start();
  await boss.createQueue('tick', { policy: 'short', retryLimit: 0, deleteAfterSeconds: 3600 });
  await boss.schedule('tick', '* * * * *', null, { tz: 'UTC' });
  await boss.work('tick', { pollingIntervalSeconds: 5 }, onTheMinute);
  return { stop: () => boss.stop({ graceful: true, timeout: 2_000 }) };
}

/** The sandbox's people are the loaded groups'; their tenants are the ones this bot serves. */
async function introduceTo(sandboxUrl: string, tenants: string[], directory: Directory): Promise<void> {
  for (const { platform, tenant } of [...directory.people, ...directory.channels]) {
    if (platform === 'teams' && !tenants.includes(tenant)) tenants.push(tenant);
  }
  await putDirectory(sandboxUrl, directory);
}

/** The sandbox's time is a fact of the database: a bot that was killed goes on where it was. */
function tellSandbox(sandboxUrl: string, store: Store): (now: Temporal.Instant) => Promise<void> {
  return async (now) => {
    await saveSandboxTime(store, now);
    await putNow(sandboxUrl, now);
  };
}
