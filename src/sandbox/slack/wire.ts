/** Slack's side of the wire: its Web API for the bot, its signed requests, and the hands of the people in it. */

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FaultBoard } from '../faults.ts';
import { openFiles } from '../files.ts';
import type { Directory, FileWire, ShownDialog, WireFault, WireOptions } from '../wire.ts';
import { type Access, access } from './access.ts';
import { allowing } from './allowing.ts';
import { apiRouter } from './api.ts';
import { arrive } from './arriving.ts';
import { buttonsIn, intentOf } from './buttons.ts';
import { bySocket } from './by-socket.ts';
import { type Answer, delivery } from './delivery.ts';
import type { Desk } from './desk.ts';
import { eventBody } from './event-body.ts';
import { described } from './methods-views.ts';
import { close, pressInMessage, pressInView, submit } from './pressing.ts';
import { rates } from './rates.ts';
import { makeResponseUrl } from './response-urls.ts';
import { openHome, shortcut } from './roaming.ts';
import { say, slash } from './saying.ts';
import { settling } from './settling.ts';
import { type Sockets, sockets } from './sockets.ts';
import { directId, find, findView, load, newState, nextId, type StoredMessage, save, shown } from './state.ts';
import { triggers } from './triggers.ts';
import { slackTroubles } from './troubles.ts';

export type SlackCredentials = { botToken: string; signingSecret: string; apiUrl: string };

export type SlackWire = FileWire & {
  /** What the bot needs to speak to this workspace; after `load`, those of the saved one. */
  credentials(): SlackCredentials;
  /** `/rond text`; the answer's HTTP status. */
  slash(user: string, text: string, channel?: string): Promise<number>;
  /** A shortcut of the app, by the id in its manifest; the answer's HTTP status. */
  shortcut(user: string, id: string): Promise<number>;
  /** The person looks at Rond's home; resolves when it has been published, or after a while. */
  openHome(user: string): Promise<void>;
  /** What the home shows; its id is a dialog to press in. */
  home(user: string): ShownDialog | null;
  /** What can go wrong, each with its switch. */
  readonly faults: FaultBoard;
  /** What administrators and the weather do. */
  readonly switches: {
    /** 429 with Retry-After above the published rates. */
    rates(on: boolean): void;
    archive(channel: string): Promise<void>;
    /** Rond is in the channel, or is not. */
    membership(channel: string, botIsIn: boolean): void;
    active(user: string, is: boolean): void;
    /** A new name, told as Slack tells it. */
    rename(channel: string, name: string): Promise<void>;
    /** The channel is shared with another workspace, or made public: it has another id from then on. */
    changeId(channel: string, to: string): Promise<void>;
    unarchive(channel: string): Promise<void>;
    /** Rond is thrown out of the channel, or invited again. */
    kick(channel: string): Promise<void>;
    invite(channel: string): Promise<void>;
    join(user: string, channel: string): Promise<void>;
    leave(user: string, channel: string): Promise<void>;
    /** The app leaves the workspace: its token ends. */
    uninstall(): Promise<void>;
    /** The bot's token is taken away and the app stays. */
    revoke(): Promise<void>;
    /** The same token is good again. */
    reinstall(): void;
  };
  /** Tokens, scopes, OAuth, and whether the app is let in by a whole organisation. */
  readonly access: Access;
  /** Socket Mode's connections. */
  readonly sockets: Pick<Sockets, 'open' | 'made' | 'refresh' | 'drop'>;
  /** Takes a WebSocket handshake over; false when it is not for this wire. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close(): void;
  /** Web API calls so far, oldest first. */
  calls(): readonly { method: string; args: Record<string, unknown> }[];
  /** The last request to the bot once more, byte for byte. */
  redeliver(): Promise<Answer>;
  /** What only holds at the moment of a press: its trigger and its response URL. */
  moment(user: string, channel: string, ts: string | null): { trigger_id: string; response_url: string };
};

/** `app`: what several workspaces have in common when the same app is in them. */
export function createSlackWire(
  options: WireOptions,
  app: { signingSecret?: string; clientSecret?: string } = {},
): SlackWire {
  const state = newState();
  if (app.signingSecret) state.signingSecret = app.signingSecret;
  const line = sockets(options.baseUrl, state.bot.app);
  const gate = access(state, line, app.clientSecret);
  const wrapped = (event: object, id: string) => eventBody(state, options, gate.organisation, event, id);
  const repeats = () => troubles.is('repeated-events');
  const faults: WireFault[] = [];
  const limits = rates();
  const troubles = slackTroubles(faults, limits, options.changed);
  const desk: Desk = {
    state,
    options,
    triggers: triggers(),
    rates: limits,
    settling: settling(),
    delivery: bySocket(line, delivery(state, options, wrapped, repeats), wrapped, repeats),
    access: gate,
    faults,
    troubles,
    calls: [],
    responseUrls: new Map(),
  };
  const files = openFiles(`${options.baseUrl}/files`, () => state.botToken);
  const router = apiRouter(desk);
  router.get('/files/:id', files.serve);
  router.use(allowing(desk));
  const visible = (message: StoredMessage) => !message.deleted;
  const top = (user: string) => state.stacks.get(user)?.at(-1) ?? null;
  const membership = (type: string, user: string, channel: string) => ({
    type,
    user,
    channel,
    channel_type: 'C',
    team: state.team,
    event_ts: '1.000100',
  });
  const event = async (body: object) => void (await desk.delivery.event(body, nextId(state, 'Ev')));

  return {
    platform: 'slack',
    router,
    credentials: () => ({
      botToken: state.botToken,
      signingSecret: state.signingSecret,
      apiUrl: `${options.baseUrl}/api/`,
    }),
    setDirectory: (directory: Directory) => arrive(desk, directory),
    personal: (user) => state.messages.filter((one) => visible(one) && one.channel === directId(user)).map(shown),
    channel: (id) => state.messages.filter((one) => visible(one) && one.channel === id).map(shown),
    dialog(user) {
      const view = top(user);
      return view ? { id: view.id, view: described(desk, view) } : null;
    },
    buttons(user, target) {
      if ('message' in target) {
        const found = buttonsIn(find(state, target.message)?.blocks ?? null);
        return found.map(({ label, verb, values }) => ({ label, verb, values }));
      }
      const view = findView(state, target.dialog);
      if (view?.user !== user) return [];
      const inside = buttonsIn(view.content.blocks).map(({ label, verb, values }) => ({ label, verb, values }));
      const { submit: own } = view.content;
      return own
        ? [...inside, { label: own.text, verb: 'submit', values: submitValues(view.content.private_metadata) }]
        : inside;
    },
    async press(user, target, button, inputs = {}) {
      if ('message' in target) {
        const message = find(state, target.message);
        if (!message || (message.onlyFor !== null && message.onlyFor !== user)) {
          throw new Error(`${user} sees no message ${target.message}`);
        }
        return pressInMessage(desk, user, message, button, inputs);
      }
      const view = findView(state, target.dialog);
      if (!view || view.user !== user) throw new Error(`${user} has no open view ${target.dialog}`);
      if (button.verb === 'submit') return submit(desk, user, view, inputs);
      return pressInView(desk, user, view, button, inputs);
    },
    closeDialog: (user) => close(desk, user, null, false),
    say: (user, text, channel) => say(desk, user, text, channel),
    give: (user, file, text = '', channel) =>
      say(desk, user, text, channel, { name: file.name, url: files.keep(file), size: file.bytes.length }),
    filesLeadTo: files.leadTo,
    slash: (user, text, channel) => slash(desk, user, text, channel),
    shortcut: (user, id) => shortcut(desk, user, id),
    openHome: (user) => openHome(desk, user),
    home(user) {
      const view = state.home.get(user);
      return view ? { id: view.id, view: described(desk, view) } : null;
    },
    created: () => state.messages.filter((one) => one.from === 'bot' && one.onlyFor === null).map(shown),
    fault: (fault) => void desk.faults.push(fault),
    faults: troubles,
    save: () => save(state),
    load: (saved) => load(state, saved),
    switches: {
      rates: (on) => void troubles.set('rates', on),
      async archive(id) {
        const channel = state.channels.get(id);
        if (channel) channel.archived = true;
        const [somebody] = state.people.keys();
        await event({ type: 'channel_archive', channel: id, user: somebody, event_ts: '1.000100' });
      },
      membership(id, botIsIn) {
        const channel = state.channels.get(id);
        if (channel) channel.botIsIn = botIsIn;
      },
      active(user, is) {
        const person = state.people.get(user);
        if (person) person.active = is;
      },
      async rename(id, name) {
        const channel = state.channels.get(id);
        if (channel) channel.name = name;
        await event({ type: 'channel_rename', channel: { id, name, created: 1 }, event_ts: '1.000100' });
      },
      async changeId(id, to) {
        const channel = state.channels.get(id);
        if (!channel) throw new Error(`no channel of this Slack is ${id}`);
        state.channels.delete(id);
        state.channels.set(to, { ...channel, id: to });
        for (const message of state.messages) if (message.channel === id) message.channel = to;
        await event({
          type: 'channel_id_changed',
          old_channel_id: id,
          new_channel_id: to,
          event_ts: '1.000100',
        });
      },
      async unarchive(id) {
        const channel = state.channels.get(id);
        if (channel) channel.archived = false;
        const [somebody] = state.people.keys();
        await event({ type: 'channel_unarchive', channel: id, user: somebody, event_ts: '1.000100' });
      },
      async kick(id) {
        const channel = state.channels.get(id);
        if (channel) channel.botIsIn = false;
        await event({ type: 'channel_left', channel: id, event_ts: '1.000100' });
      },
      async invite(id) {
        const channel = state.channels.get(id);
        if (channel) channel.botIsIn = true;
        await event(membership('member_joined_channel', state.bot.user, id));
      },
      join: (user, id) => event(membership('member_joined_channel', user, id)),
      leave: (user, id) => event(membership('member_left_channel', user, id)),
      async uninstall() {
        state.revoked = true;
        await event({ type: 'tokens_revoked', tokens: { oauth: [], bot: [state.bot.user] } });
        await event({ type: 'app_uninstalled' });
      },
      async revoke() {
        state.revoked = true;
        await event({ type: 'tokens_revoked', tokens: { oauth: [], bot: [state.bot.user] } });
      },
      reinstall() {
        state.revoked = false;
      },
    },
    access: gate,
    sockets: line,
    upgrade: line.upgrade,
    close: line.close,
    calls: () => desk.calls,
    redeliver: () => desk.delivery.again(),
    moment: (user, channel, ts) => ({
      trigger_id: desk.triggers.make({ user, from: ts ? { channel, ts } : null, view: null }),
      response_url: makeResponseUrl(desk, user, channel, ts).url,
    }),
  };
}

/** What the modal's own submit carries, as the bot noted it for itself. */
function submitValues(metadata: string | undefined): Record<string, string> {
  try {
    return intentOf(JSON.stringify(JSON.parse(metadata ?? '').s)).values;
  } catch {
    return {};
  }
}
