/** What the sandbox's Slack workspace holds: people, channels, messages and open modals. */

import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { homes } from '../newcomers.ts';
import type { SandboxChannel, SandboxPerson, Shown } from '../wire.ts';

export type Block = { type: string; block_id?: string; [member: string]: unknown };

export type StoredMessage = {
  channel: string;
  ts: string;
  from: 'bot' | 'person';
  author: string;
  at: string;
  text: string;
  blocks: Block[] | null;
  metadata: unknown;
  thread: string | null;
  onlyFor: string | null;
  replaced: number;
  deleted: boolean;
};

export type ViewArguments = {
  type: string;
  callback_id?: string;
  private_metadata?: string;
  title?: { text: string };
  submit?: { text: string } | undefined;
  blocks: Block[];
  [member: string]: unknown;
};

/** What was typed: block id → action id → the element's state. */
export type Values = Record<string, Record<string, { type: string; [member: string]: unknown }>>;

export type OpenView = {
  id: string;
  user: string;
  hash: string;
  root: string;
  previous: string | null;
  content: ViewArguments;
  /** What the person has typed in so far; an input that keeps its block and action id keeps it over an update. */
  typed: Values;
  /** The message whose button opened the modal: only for knowing what a press leads to. */
  from: { channel: string; ts: string } | null;
};

export type Channel = SandboxChannel & { archived: boolean; botIsIn: boolean };

export type State = {
  team: string;
  bot: { user: string; bot: string; app: string };
  botToken: string;
  signingSecret: string;
  people: Map<string, SandboxPerson & { active: boolean }>;
  channels: Map<string, Channel>;
  messages: StoredMessage[];
  /** Open modals of a person, lowest first. */
  stacks: Map<string, OpenView[]>;
  home: Map<string, OpenView>;
  /** The app was taken out of the workspace: its token is good for nothing. */
  revoked: boolean;
  lastTs: bigint;
  serial: number;
};

export function newState(): State {
  return {
    team: homes.slack,
    bot: { user: 'U0RONDBOT', bot: 'B0RONDBOT', app: 'A0RONDAPP' },
    botToken: `xoxb-sandbox-${randomBytes(12).toString('hex')}`,
    signingSecret: randomBytes(16).toString('hex'),
    people: new Map(),
    channels: new Map(),
    messages: [],
    stacks: new Map(),
    home: new Map(),
    revoked: false,
    lastTs: 0n,
    serial: 0,
  };
}

/** A person's direct conversation with Rond has one id for ever. */
export const directId = (user: string): string => `D${user}`;
export const directUser = (channel: string): string | null => (channel.startsWith('D') ? channel.slice(1) : null);

/** Slack's message stamp: seconds and microseconds, unique and growing even when the clock stands still or goes back. */
export function nextTs(state: State, now: Temporal.Instant): string {
  const micros = now.epochNanoseconds / 1000n;
  state.lastTs = micros > state.lastTs ? micros : state.lastTs + 1n;
  return `${state.lastTs / 1_000_000n}.${String(state.lastTs % 1_000_000n).padStart(6, '0')}`;
}

/** Never the same twice, also when the sandbox was killed before it could save how far it had counted. */
export function nextId(state: State, prefix: string): string {
  state.serial += 1;
  return `${prefix}${state.serial.toString(36).padStart(5, '0')}${randomBytes(4).toString('hex')}`.toUpperCase();
}

export function find(state: State, ts: string, channel?: string): StoredMessage | undefined {
  return state.messages.find(
    (message) => message.ts === ts && !message.deleted && (channel === undefined || message.channel === channel),
  );
}

export function findView(state: State, id: string): OpenView | undefined {
  for (const stack of state.stacks.values()) {
    const view = stack.find((open) => open.id === id);
    if (view) return view;
  }
  return [...state.home.values()].find((view) => view.id === id);
}

export function shown(message: StoredMessage): Shown {
  return {
    id: message.ts,
    conversation: message.channel,
    from: message.from,
    by: message.from === 'person' ? message.author : null,
    inThread: message.thread !== null,
    at: message.at,
    replaced: message.replaced,
    text: message.text,
    card: null,
    blocks: message.blocks,
    onlyFor: message.onlyFor,
  };
}

const saved = z.looseObject({
  version: z.literal(1),
  team: z.string(),
  botToken: z.string(),
  signingSecret: z.string(),
  people: z.array(z.any()),
  channels: z.array(z.any()),
  messages: z.array(z.any()),
  stacks: z.array(z.any()),
  lastTs: z.string(),
  serial: z.number(),
});

export function save(state: State): unknown {
  return {
    version: 1,
    team: state.team,
    botToken: state.botToken,
    signingSecret: state.signingSecret,
    people: [...state.people.values()],
    channels: [...state.channels.values()],
    messages: state.messages,
    stacks: [...state.stacks.values()],
    lastTs: String(state.lastTs),
    serial: state.serial,
  };
}

/** Takes what `save` gave; anything else leaves the state as it is. */
export function load(state: State, from: unknown): void {
  const read = saved.safeParse(from).data;
  if (!read) return;
  Object.assign(state, {
    team: read.team,
    botToken: read.botToken,
    signingSecret: read.signingSecret,
    people: new Map(read.people.map((person) => [person.user, person])),
    channels: new Map(read.channels.map((channel) => [channel.id, channel])),
    messages: read.messages,
    stacks: new Map(read.stacks.filter((stack) => stack.length > 0).map((stack) => [stack[0].user, stack])),
    lastTs: BigInt(read.lastTs),
    serial: read.serial,
  });
}
