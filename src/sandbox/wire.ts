/**
 * The sandbox is the other end of both wires, on loopback. A wire plays one platform: it serves the platform's own HTTP
 * API to the bot, keeps what people would see, and turns what a person does into the signed request the platform would send.
 * The neutral half (press, say, personal, channel) is what the page, the tests and `rond play` drive.
 */

import type { Router } from 'express';
import type { Language, Platform } from '../domain/group.ts';
import type { Card } from '../ports/chat.ts';

export type SandboxPerson = {
  key: string;
  name: string;
  platform: Platform;
  tenant: string;
  user: string;
  language: Language;
  timeZone: string;
};
export type SandboxChannel = {
  platform: Platform;
  tenant: string;
  id: string;
  name: string;
  /** User ids of who is in it; everybody of the tenant when left out. */
  members?: string[] | undefined;
  /** Nobody has added Rond to it yet. */
  withoutRond?: boolean | undefined;
  /** Teams: the id of its team's General channel, which names the team; its own when left out. */
  team?: string | undefined;
};
export type Directory = { people: SandboxPerson[]; channels: SandboxChannel[] };

export type Shown = {
  /** Activity id or ts. */
  id: string;
  /** Teams conversation id, Slack channel id. */
  conversation: string;
  from: 'bot' | 'person';
  /** Which person wrote it, by user id; nobody's when the bot did. */
  by?: string | null;
  /** It stands under another message of a channel, as an answer to it. */
  inThread?: boolean;
  /** When it was first shown, sandbox time, ISO instant. */
  at: string;
  /** How often it has been replaced since. */
  replaced: number;
  text: string;
  /** Teams: the card as received. */
  card: Card | null;
  /** Slack: the blocks as received. */
  blocks: unknown[] | null;
  /** Only this user sees it (Slack ephemeral). */
  onlyFor: string | null;
};

/** Slack's open modal of a person; Teams has none here (pages are replaced in place). */
export type ShownDialog = { id: string; view: Record<string, unknown> };

/** A button a person can press. `verb` "submit" is a modal's own submit. */
export type Button = {
  label: string;
  verb: string;
  values: Record<string, string>;
};

export type SandboxFile = { name: string; bytes: Uint8Array };

export type Target = { message: string } | { dialog: string };

export type PressResult = {
  /** What the platform showed privately in answer, when it did. */
  notice: string | null;
  /** Errors beside inputs (Slack response_action errors). Teams shows them in the replaced card. */
  errors: Record<string, string>;
  /** False when the bot did not answer with success (the person would see the platform's own error). */
  ok: boolean;
  /** HTTP status of the bot's answer. */
  status: number;
};

export type Wire = {
  readonly platform: Platform;
  /** The platform's HTTP API, to be mounted under a base path. */
  readonly router: Router;
  /** Everybody known; people and channels that are new are "installed": the platform's events go to the bot. */
  setDirectory(directory: Directory): Promise<void>;
  personal(user: string): Shown[];
  channel(id: string): Shown[];
  dialog(user: string): ShownDialog | null;
  buttons(user: string, target: Target): Button[];
  /**
   * The person presses the first button whose verb matches (and whose values include `values`, when given), with the inputs
   * filled in (input id → value, flat). Inputs not given keep what the card shows.
   */
  press(
    user: string,
    target: Target,
    button: { verb: string; values?: Record<string, string> },
    inputs?: Record<string, string>,
  ): Promise<PressResult>;
  closeDialog(user: string): void;
  /** Writes to the bot: in the personal chat, or mentions it in a channel. The answer shows up as messages. */
  say(user: string, text: string, channel?: string): Promise<void>;
  /** Everything bot messages ever created, in order, for the "seen once" oracle (replacements do not add). */
  created(): Shown[];
  /** The next requests of the bot meet these faults, first in first out. `after`: the message is stored first. */
  fault(fault: WireFault): void;
  /** JSON of everything shown, for surviving a restart of the sandbox. */
  save(): unknown;
  load(saved: unknown): void;
};

/** A wire over which people can give files as well. */
export type FileWire = Wire & {
  /** Gives the bot a file, with a text beside it: in the personal chat, or (Slack) with a mention in a channel. */
  give(user: string, file: SandboxFile, text?: string, channel?: string): Promise<void>;
  /** From now on whoever asks for a file is sent on to this address; null: gets it again. */
  filesLeadTo(address: string | null): void;
};

export type WireFault =
  | {
      on: 'send' | 'replace';
      how: 'status';
      status: number;
      after: boolean;
      headers?: Record<string, string>;
      body?: unknown;
    }
  | { on: 'send' | 'replace'; how: 'reset' | 'hang'; after: boolean };

export type WireOptions = {
  /** Base URL at which `router` is reachable, e.g. "http://127.0.0.1:3979/teams". */
  baseUrl: string;
  /** The bot's base URL, e.g. "http://127.0.0.1:3978". */
  botUrl: () => string;
  /** Sandbox time. */
  now: () => Temporal.Instant;
  /** Called whenever something that a person sees has changed. */
  changed: () => void;
};
