import { Router } from 'express';
import { z } from 'zod';
import type { Card } from '../../ports/chat.ts';
import type { FaultBoard } from '../faults.ts';
import { openFiles } from '../files.ts';
import type { FileWire, PressResult, Shown, WireFault, WireOptions } from '../wire.ts';
import {
  type Activity,
  given,
  installedFor,
  installedIn,
  type Place,
  pressed,
  type Scene,
  said,
} from './activities.ts';
import { actionsOf, buttonOf, filledIn, mistakes } from './card.ts';
import { type BotRequest, connectorApi } from './connector-api.ts';
import { openFaults } from './faults.ts';
import { type Issuer, keyOfProcess, openIssuer, SavedIssuer } from './issuer.ts';
import { loginApi } from './login-api.ts';
import { teamsRates } from './rates.ts';
import { switches, type TeamsSwitches } from './switches.ts';
import { teamsTroubles, troubled } from './troubles.ts';
import { chatOf, type Message, openWorld, SavedWorld } from './world.ts';

export type TeamsWireCredentials = {
  appId: string;
  credentials: { password: string };
  /** Everybody in the directory, so after `setDirectory`. */
  tenants: string[];
  endpoints: {
    issuer: string;
    openIdMetadataUrl: string;
    loginUrl: string;
    serviceHosts: string[];
    serviceUrl: string;
  };
};

export type BotAnswer = { status: number; body: unknown };

export type TeamsWire = Omit<FileWire, 'channel'> & {
  /** What `createTeams` needs to trust this wire and be trusted by it. */
  credentials(): TeamsWireCredentials;
  /** A channel as everybody sees it, or with the answers to one person's own presses. */
  channel(id: string, viewer?: string): Shown[];
  /** Sends any activity, signed; with other headers when given. */
  deliver(activity: unknown, authorization?: string): Promise<BotAnswer>;
  /** Sends the last press or text once more, as Teams does when it saw no answer. */
  redeliver(): Promise<BotAnswer>;
  issuer: Issuer;
  /** What can go wrong, each with its switch. */
  readonly faults: FaultBoard;
  readonly switches: TeamsSwitches;
  /** Every request the bot has made to the connector. */
  requests(): BotRequest[];
};

const Saved = z.object({ issuer: SavedIssuer, world: SavedWorld });
const InvokeBody = z.object({ statusCode: z.number(), type: z.string(), value: z.unknown().optional() });

const answerWithinMs = 15_000;
const installedAtOnce = 8;

/** Microsoft Teams on loopback: the login service, the Bot Connector and everybody's client. */
export function createTeamsWire({ baseUrl, botUrl, now, changed }: WireOptions): TeamsWire {
  const issuer = openIssuer(`${baseUrl}/issuer`, keyOfProcess());
  const world = openWorld(now, changed);
  const waiting: WireFault[] = [];
  const faults = openFaults(waiting);
  const troubles = teamsTroubles(waiting, changed);
  const requests: BotRequest[] = [];
  const serviceUrl = `${baseUrl}/emea/`;
  let last: unknown = null;

  const router = Router();
  router.use(
    '/emea',
    troubled(troubles, teamsRates(), ({ method, path }) => void requests.push({ method, path })),
    connectorApi(world, issuer, faults, (request) => requests.push(request)),
  );
  router.use(loginApi(issuer, baseUrl));
  const files = openFiles(`${baseUrl}/files`);
  router.get('/files/:id', files.serve);

  const scene = (): Scene => ({ appId: issuer.appId(), serviceUrl, at: now().toString() });

  async function deliver(activity: unknown, authorization = issuer.authorization(serviceUrl)): Promise<BotAnswer> {
    const response = await fetch(`${botUrl()}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
      body: typeof activity === 'string' ? activity : JSON.stringify(activity),
      signal: AbortSignal.timeout(answerWithinMs),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  }
  /** The person's client shows its own error when the bot is away; nobody throws. */
  const attempt = async (activity: Activity): Promise<BotAnswer> => {
    last = activity;
    const answer = await deliver(activity).catch(() => ({ status: 0, body: null }));
    if (troubles.is('repeated-activities')) await deliver(activity).catch(() => null);
    return answer;
  };

  async function install(name: string, activities: Activity[]): Promise<void> {
    if (world.installed.has(name)) return;
    world.installed.add(name);
    for (const activity of activities) {
      const { status } = await deliver(activity).catch(() => ({ status: 0 }));
      // Not taken: the next `setDirectory` tells it again.
      if (status !== 200) world.installed.delete(name);
    }
  }

  function messageSeen(user: string, id: string): { message: Message; card: Card } {
    const message = world.findById(id);
    const card = message && world.seenBy(message, user).card;
    if (!message || !card) throw new Error(`there is no card ${id}`);
    return { message, card };
  }
  const placeOf = (conversation: string): Place => {
    const channel = world.findChannel(conversation);
    return channel && { channel, conversation };
  };

  function resultOf(answer: BotAnswer, user: string, message: Message): PressResult {
    const { status } = answer;
    const body = InvokeBody.safeParse(answer.body).data;
    const failed: PressResult = { ok: false, status, notice: null, errors: {} };
    if (status !== 200) return failed;
    // A message with a value has no answer of its own.
    if (!body) return { ...failed, ok: answer.body === null };
    if (body.statusCode !== 200) {
      const told = z.object({ message: z.string() }).safeParse(body.value).data;
      return { ...failed, notice: told?.message ?? null };
    }
    if (body.type === 'application/vnd.microsoft.card.adaptive') world.answer(message, user, body.value as Card);
    const notice = body.type === 'application/vnd.microsoft.activity.message' && body.value ? String(body.value) : null;
    return { ...failed, ok: true, notice };
  }

  return {
    platform: 'teams',
    router,
    issuer,
    credentials: () => ({
      appId: issuer.appId(),
      credentials: { password: issuer.password() },
      tenants: world.tenants(),
      endpoints: {
        issuer: issuer.name,
        openIdMetadataUrl: `${baseUrl}/.well-known/openidconfiguration`,
        loginUrl: `${baseUrl}/login`,
        serviceHosts: [new URL(baseUrl).host],
        serviceUrl,
      },
    }),
    async setDirectory(directory) {
      world.setDirectory(directory);
      const arrivals = [
        ...world.channels().flatMap((channel) => {
          if (channel.withoutRond) return [];
          const by = world.people().find((person) => person.tenant === channel.tenant) ?? null;
          return [() => install(`${channel.tenant}/${channel.id}`, installedIn(scene(), channel, by))];
        }),
        ...world
          .people()
          .map((person) => () => install(`${person.tenant}/${person.user}`, installedFor(scene(), person))),
      ];
      while (arrivals.length > 0) await Promise.all(arrivals.splice(0, installedAtOnce).map((arrive) => arrive()));
    },
    personal: world.personal,
    channel: (id, viewer) => world.channel(id, viewer ?? null),
    dialog: () => null,
    closeDialog: () => undefined,
    buttons(user, target) {
      return 'message' in target
        ? actionsOf(messageSeen(user, target.message).card, world.oldClients.has(user)).map(buttonOf)
        : [];
    },
    async press(user, target, wanted, inputs = {}) {
      if (!('message' in target)) throw new Error('Teams shows pages in place, not in dialogs');
      const person = world.person(user);
      const { message, card } = messageSeen(user, target.message);
      const action = actionsOf(card, world.oldClients.has(user)).find(
        (one) =>
          one.verb === wanted.verb &&
          Object.entries(wanted.values ?? {}).every(([key, value]) => buttonOf(one).values[key] === value),
      );
      if (!action) throw new Error(`there is no button ${JSON.stringify(wanted)} on ${message.id}`);
      const values = action.inputs ? filledIn(card, inputs) : {};
      const errors = action.inputs ? mistakes(card, values) : {};
      if (Object.keys(errors).length > 0) return { ok: false, status: 0, notice: null, errors };
      const place = placeOf(message.conversation);
      return resultOf(await attempt(pressed(scene(), person, place, message.id, action, values)), user, message);
    },
    async say(user, text, channel) {
      const person = world.person(user);
      const conversation = channel ?? chatOf(person);
      const message = world.add({ conversation, by: user, text, card: null });
      const place = placeOf(message.conversation);
      const around = place ? world.membersIn(place.channel) : [];
      await attempt(said(scene(), person, place, message.id, text, around));
    },
    switches: switches(world, scene, attempt),
    async give(user, file, text = '', channel) {
      if (channel) throw new Error('Teams hands over files in the personal chat only');
      const person = world.person(user);
      const message = world.add({
        conversation: chatOf(person),
        by: user,
        text: `${file.name} ${text}`.trim(),
        card: null,
      });
      await attempt(given(scene(), person, message.id, text, { name: file.name, url: files.keep(file) }));
    },
    filesLeadTo: files.leadTo,
    created: world.created,
    fault: faults.add,
    faults: troubles,
    deliver,
    async redeliver() {
      if (last === null) throw new Error('nothing has been delivered yet');
      return deliver(last);
    },
    requests: () => requests,
    save: () => ({ issuer: issuer.save(), world: world.save() }),
    load(saved) {
      const parsed = Saved.parse(saved);
      issuer.load(parsed.issuer);
      world.load(parsed.world);
    },
  };
}
