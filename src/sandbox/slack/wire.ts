/** Slack's side of the wire: its Web API for the bot, its signed requests, and the hands of the people in it. */

import type { Directory, Wire, WireOptions } from '../wire.ts';
import { apiRouter } from './api.ts';
import { arrive } from './arriving.ts';
import { buttonsIn, intentOf } from './buttons.ts';
import { type Answer, delivery } from './delivery.ts';
import type { Desk } from './desk.ts';
import { described } from './methods-views.ts';
import { close, pressInMessage, pressInView, submit } from './pressing.ts';
import { rates } from './rates.ts';
import { say, slash } from './saying.ts';
import { settling } from './settling.ts';
import { directId, find, findView, load, newState, nextId, type StoredMessage, save, shown } from './state.ts';
import { triggers } from './triggers.ts';

export type SlackCredentials = { botToken: string; signingSecret: string; apiUrl: string };

export type SlackWire = Wire & {
  /** What the bot needs to speak to this workspace; after `load`, those of the saved one. */
  credentials(): SlackCredentials;
  /** `/rond text`; the answer's HTTP status. */
  slash(user: string, text: string, channel?: string): Promise<number>;
  /** What administrators and the weather do. */
  readonly switches: {
    /** 429 with Retry-After above the published rates. */
    rates(on: boolean): void;
    archive(channel: string): Promise<void>;
    /** Rond is in the channel, or is not. */
    membership(channel: string, botIsIn: boolean): void;
    active(user: string, is: boolean): void;
    uninstall(): Promise<void>;
  };
  /** Web API calls so far, oldest first. */
  calls(): readonly { method: string; args: Record<string, unknown> }[];
  /** The last request to the bot once more, byte for byte. */
  redeliver(): Promise<Answer>;
};

export function createSlackWire(options: WireOptions): SlackWire {
  const state = newState();
  const desk: Desk = {
    state,
    options,
    triggers: triggers(),
    rates: rates(),
    settling: settling(),
    delivery: delivery(state, options),
    faults: [],
    calls: [],
    responseUrls: new Map(),
  };
  const visible = (message: StoredMessage) => !message.deleted;
  const top = (user: string) => state.stacks.get(user)?.at(-1) ?? null;
  const event = async (body: object) => void (await desk.delivery.event(body, nextId(state, 'Ev')));

  return {
    platform: 'slack',
    router: apiRouter(desk),
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
      const view = state.stacks.get(user)?.find((open) => open.id === target.dialog);
      if (!view) return [];
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
    slash: (user, text, channel) => slash(desk, user, text, channel),
    created: () => state.messages.filter((one) => one.from === 'bot' && one.onlyFor === null).map(shown),
    fault: (fault) => void desk.faults.push(fault),
    save: () => save(state),
    load: (saved) => load(state, saved),
    switches: {
      rates: (on) => {
        desk.rates.on = on;
      },
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
      uninstall: () => event({ type: 'app_uninstalled' }),
    },
    calls: () => desk.calls,
    redeliver: () => desk.delivery.again(),
  };
}

    filesLeadTo: files.leadTo,
/** What the modal's own submit carries, as the bot noted it for itself. */
function submitValues(metadata: string | undefined): Record<string, string> {
  try {
    return intentOf(JSON.stringify(JSON.parse(metadata ?? '').s)).values;
  } catch {
    return {};
  }
}
