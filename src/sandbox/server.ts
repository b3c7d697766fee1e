/** The sandbox's one server: both wires, what the bot needs to find them, and the page. */

import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import express from 'express';
import { z } from 'zod';
import { botClockClient } from './bot-clock.ts';
import { changes } from './changes.ts';
import { sandboxClock } from './clock.ts';
import { DirectoryBody, merged } from './directory.ts';
import { errorsAsJson, isThisMachine, onlyThisMachine, parsed, Refusal, refuse, secureHeaders } from './guard.ts';
import { pageApi } from './page-api.ts';
import { pageFiles } from './page-files.ts';
import { readSaved, type Saver, saver } from './saved.ts';
import { createSlackWire, type SlackWire } from './slack/wire.ts';
import type { Stage, StageWire } from './stage.ts';
import { createTeamsWire, type TeamsWire } from './teams/wire.ts';
import type { Directory, WireOptions } from './wire.ts';

/** A wire with what the bot needs to trust it and to be trusted by it. */
export type SandboxWire<Credentials = unknown> = StageWire & {
  credentials(): Credentials;
  /** Takes a WebSocket handshake over; false when it is not for this wire. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close?(): void;
};

export type SandboxOptions<T extends SandboxWire = TeamsWire, S extends SandboxWire = SlackWire> = {
  host?: string;
  /** 0 takes any free port. */
  port: number;
  /** The bot's base URL, asked each time. */
  botUrl: () => string;
  /** File that keeps what is shown across restarts; null keeps nothing. */
  saveTo: string | null;
  /** Sandbox time at the start; otherwise what was saved, otherwise the wall clock. */
  now?: Temporal.Instant;
  /** Other wires than the shipped ones (tests). */
  wires?: {
    teams: (options: WireOptions) => T;
    slack: (options: WireOptions) => S;
  };
};

export type SandboxCredentials<Teams = unknown, Slack = unknown> = {
  /** Shared with the bot for its clock endpoint. */
  token: string;
  teams: Teams;
  slack: Slack;
};

export type Sandbox<T extends SandboxWire = TeamsWire, S extends SandboxWire = SlackWire> = {
  url: string;
  wires: { teams: T; slack: S };
  directory(): Directory;
  credentials(): SandboxCredentials<ReturnType<T['credentials']>, ReturnType<S['credentials']>>;
  now(): Temporal.Instant;
  /** Saves what is shown, ends open pages and stops listening. */
  close(): Promise<void>;
};

const NowBody = z.object({ now: z.iso.datetime({ offset: true }) });

/** Starts the sandbox; rejects when the port is taken. */
export async function startSandbox<T extends SandboxWire, S extends SandboxWire>(
  options: SandboxOptions<T, S> & { wires: object },
): Promise<Sandbox<T, S>>;
export async function startSandbox(options: SandboxOptions): Promise<Sandbox>;
export async function startSandbox(
  options: SandboxOptions<SandboxWire, SandboxWire>,
): Promise<Sandbox<SandboxWire, SandboxWire>> {
  const { host = '127.0.0.1', port, botUrl, saveTo } = options;
  const saved = saveTo ? await readSaved(saveTo) : null;
  const clock = sandboxClock(options.now ?? (saved ? Temporal.Instant.from(saved.now) : undefined));
  const news = changes();

  const server = createServer();
  await new Promise<void>((ready, failed) => {
    server.once('error', failed);
    server.listen(port, host, ready);
  });
  const url = `http://${host === '::1' ? '[::1]' : '127.0.0.1'}:${(server.address() as AddressInfo).port}`;

  let keeper: Saver | null = null;
  const changed = () => {
    news.happened();
    keeper?.soon();
  };
  const wire = <W>(create: (options: WireOptions) => W, path: string) =>
    create({ baseUrl: `${url}/${path}`, botUrl, now: clock.now, changed });
  const make = options.wires ?? { teams: createTeamsWire, slack: createSlackWire };
  const wires = {
    teams: wire<SandboxWire>(make.teams, 'teams'),
    slack: wire<SandboxWire>(make.slack, 'slack'),
  };
  const stage: Stage = {
    wires,
    directory: saved?.directory ?? { people: [], channels: [] },
    seen: new Map(Object.entries(saved?.seen ?? {})),
  };
  if (saved) {
    wires.teams.load(saved.teams);
    wires.slack.load(saved.slack);
  }
  keeper = saveTo
    ? saver(saveTo, () => ({
        version: 1,
        now: clock.now().toString(),
        directory: stage.directory,
        seen: Object.fromEntries(stage.seen),
        teams: wires.teams.save(),
        slack: wires.slack.save(),
      }))
    : null;

  const token = randomBytes(24).toString('base64url');
  const credentials = () => ({
    token,
    teams: wires.teams.credentials(),
    slack: wires.slack.credentials(),
  });
  const botClock = botClockClient(botUrl, token);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(onlyThisMachine, secureHeaders(botUrl));
  app.use('/teams', wires.teams.router);
  app.use('/slack', wires.slack.router);
  app.get('/credentials', (_request, response) => {
    response.json(credentials());
  });
  const takeIn = async (news: Directory) => {
    const before = JSON.stringify(stage.directory);
    stage.directory = merged(stage.directory, news);
    await Promise.all([wires.teams.setDirectory(stage.directory), wires.slack.setDirectory(stage.directory)]);
    // The bot says it once a minute; pages need not ask again for what they show.
    if (JSON.stringify(stage.directory) !== before) changed();
  };
  app.put('/directory', express.json({ limit: '30mb' }), async (request, response) => {
    await takeIn(parsed(DirectoryBody, request.body));
    response.json({
      people: stage.directory.people.length,
      channels: stage.directory.channels.length,
    });
  });
  app.put('/now', express.json({ limit: '4kb' }), (request, response) => {
    clock.set(Temporal.Instant.from(parsed(NowBody, request.body).now));
    changed();
    response.json({ now: clock.now().toString() });
  });
  app.use('/api', pageApi({ stage, clock, botClock, changes: news, takeIn }));
  app.use(pageFiles());
  app.use((_request, response) => refuse(response, new Refusal(404, 'not-found', 'There is nothing here.')));
  app.use(errorsAsJson);
  server.on('request', app);
  server.on('upgrade', (request, socket, head) => {
    const taken = isThisMachine(request.headers) && wires.slack.upgrade?.(request, socket, head);
    if (!taken) socket.destroy();
  });

  return {
    url,
    wires,
    directory: () => stage.directory,
    credentials,
    now: clock.now,
    close: async () => {
      news.close();
      wires.slack.close?.();
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await closed;
      keeper?.soon();
      await keeper?.flush();
    },
  };
}
