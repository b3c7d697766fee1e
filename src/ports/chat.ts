/**
 * What Rond asks of a chat platform, and what a platform tells Rond.
 * Two adapters implement it (Teams, Slack); one contract suite runs against both.
 */

import type { Express } from 'express';
import type { Identity, Platform } from '../domain/group.ts';

/** An Adaptive Card 1.5 as plain JSON. */
export type Card = {
  type: 'AdaptiveCard';
  version: string;
  [member: string]: unknown;
};

/** A person (personal chat) or a channel, within one tenant of one platform. */
export type Address =
  | { platform: Platform; tenant: string; user: string }
  | { platform: Platform; tenant: string; channel: string };

/** A message that exists. Teams: conversation id + activity id. Slack: channel id + ts. */
export type Reference = {
  platform: Platform;
  tenant: string;
  conversation: string;
  message: string;
};

export type Message = {
  card: Card;
  /** Names the delivery for ever; Slack carries it as message metadata so that it can be read back. */
  key: string;
};

/** Why a message cannot reach somebody; the words for the convenor are in cards/languages under `reason.<code>`. */
export const failureCodes = [
  'blocked',
  'not-installed',
  'disabled-by-admin',
  'not-found',
  'not-in-channel',
  'archived',
  'too-big',
  'not-authorised',
  'refused',
] as const;
export type FailureCode = (typeof failureCodes)[number];

export type Outcome =
  | { is: 'sent'; reference: Reference }
  /** 429, or the connection was never made: nothing was shown, may be repeated after the wait. */
  | { is: 'again'; afterMs: number; why: string }
  /** Permanent until somebody acts. */
  | { is: 'failed'; code: FailureCode; detail: string }
  /** 5xx, reset, timeout: it may have been shown. Never blindly repeated. */
  | { is: 'unknown'; why: string };

/** What came of making ready to write to somebody: as for a message, but nothing is shown, so nothing is in doubt. */
export type Readiness = { is: 'ready' } | Extract<Outcome, { is: 'again' | 'failed' }>;

export type Recall =
  | { is: 'found'; reference: Reference }
  | { is: 'absent' }
  /** For ever: the platform lets nobody read back. */
  | { is: 'cannot-tell' }
  /** The platform does not answer now: to be asked again later. */
  | { is: 'not-now' };

/** A file somebody gave to Rond, as its platform names it. */
export type FileGiven = {
  name: string;
  tenant: string;
  /** Where the platform keeps it; never asked before the platform's own adapter has judged the host. */
  url: string;
  /** In bytes, when the platform says. */
  size: number | null;
};

/** A longer file is no timetable; no more than this is ever read. */
export const mostFileBytes = 20 * 1024 * 1024;

export type Downloaded =
  | { is: 'got'; bytes: Uint8Array }
  /** `forbidden`: not the platform's own host, or it leads elsewhere. `gone`: no longer there. `again`: no answer now. */
  | { is: 'failed'; code: 'too-big' | 'forbidden' | 'gone' | 'not-authorised' | 'again' };

/** A person in a channel. What the platform does not tell is null. */
export type ChannelMember = {
  user: string;
  /** What a mention in a text names them by, where that is not `user`. */
  mention?: string;
  name: string;
  mail: string | null;
  locale: string | null;
  timeZone: string | null;
};

export type Roster =
  /** `name`: the channel's, when the platform tells it. People only, no programs. */
  { is: 'known'; name: string | null; members: ChannelMember[] } | Extract<Outcome, { is: 'again' | 'failed' }>;

/** Whom somebody means: by a mention in a text, or by an e-mail address. */
export type Pointer = { mention: string } | { mail: string };

export type Found =
  | { is: 'found'; person: ChannelMember }
  | { is: 'nobody' }
  | Extract<Outcome, { is: 'again' | 'failed' }>;

/** Token buckets: `perSecond` refill, `burst` capacity. */
export type Pace = { perSecond: number; burst: number };

export type ChatPlatform = {
  readonly name: Platform;
  /** The platform's published numbers, for one tenant and for one conversation. */
  readonly pace: { tenant: Pace; conversation: Pace };
  /**
   * Sees to it that somebody can be written to, without showing them anything: the personal chat is found or made. A channel
   * needs nothing. May be repeated freely. Never throws.
   */
  prepare(to: Address): Promise<Readiness>;
  /** One request, no retries of its own. Never throws. */
  send(to: Address, message: Message): Promise<Outcome>;
  /** Puts the card where the referenced message is; may be repeated freely. Never throws. */
  replace(what: Reference, message: Message): Promise<Outcome>;
  /** After an unknown outcome: was the message with this key shown since then? Never throws. */
  recall(to: Address, key: string, since: Temporal.Instant): Promise<Recall>;
  /** Everybody in a channel, however many. Shows nothing; may be repeated freely. Never throws. */
  roster(channel: Extract<Address, { channel: string }>): Promise<Roster>;
  /**
   * One person whom a channel's people may write to: Slack knows everybody of the workspace, Teams whoever is in the channel's team.
   * Shows nothing; may be repeated freely. Never throws.
   */
  find(channel: Extract<Address, { channel: string }>, who: Pointer): Promise<Found>;
  /** A file's bytes, only from the platform's own hosts, without following it elsewhere. Never throws. */
  download(file: FileGiven): Promise<Downloaded>;
  /** Adds the platform's routes to the one web server. Body parsers stay on these routes. */
  mount(web: Express): void;
  close(): Promise<void>;
};

/** A verified action of a person on a card. */
export type Submission = {
  who: Identity;
  /** What the button is for, e.g. "rate.page". */
  verb: string;
  /** The button's own data and the inputs, flat, every value a string (multi-select joined by ","), as Teams sends them. */
  values: Record<string, string>;
  /** Names this event: a repeated delivery by the platform carries the same. */
  event: string;
  /** The message the card sits in, when the platform says. */
  message: Reference | null;
  where: 'personal' | 'channel';
  /** The client's locale, e.g. "sv-SE", when the platform says. */
  locale: string | null;
  /** Asks the platform for it: only for somebody we do not know, whose language nothing else tells. Never rejects. */
  askLocale?: () => Promise<string | null>;
};

/** A verified text to Rond: in a personal chat, or with a mention in a channel. */
export type Command = {
  who: Identity;
  /** Without the mention, trimmed. */
  text: string;
  /** The same with its lines and tabs, and tables as tab-separated lines; left out where it is one line. */
  lines?: string;
  /** People who are mentioned in it, but for Rond: as each stands in `text`, and what the platform names them by. */
  mentions?: { text: string; id: string }[];
  /** Files that came with it. */
  files?: FileGiven[];
  event: string;
  where: 'personal' | 'channel';
  channel: string | null;
  locale: string | null;
  /** As in a submission. */
  askLocale?: () => Promise<string | null>;
};

/** Something about being there. */
export type Presence = {
  what:
    | 'installed'
    | 'uninstalled'
    | 'channel-renamed'
    | 'channel-moved'
    | 'channel-deleted'
    | 'member-joined'
    | 'member-left';
  /** The person, or null when it is about a channel as a whole. */
  who: Identity | null;
  channel: string | null;
  platform: Platform;
  tenant: string;
  name: string | null;
  event: string;
  /** Why nothing can be written there any more, when the platform says more than `what`. */
  why?: FailureCode;
  /** Of a channel that has another id now: its id until then. */
  was?: string;
};

export type Reply =
  /** Shown in place of what was clicked, or as the answer to a command. A card with inputs becomes a modal in Slack. */
  | { do: 'show'; card: Card }
  /** The page again, with what was typed in it and the errors beside their inputs (keys are input ids). */
  | { do: 'refuse'; card: Card; errors: Record<string, string> }
  /** The dialogue ends: Slack closes the modal and puts the card in the message; Teams replaces the card. */
  | {
      do: 'finish';
      card: Card;
      /** The ledger puts the card into the message as well: an adapter need not spend a request on it. */
      recorded?: true;
    }
  /** Shown to this person only; nothing is replaced. */
  | { do: 'notice'; text: string }
  | { do: 'nothing' };

/**
 * What adapters call after they have verified, parsed and bound the sender's identity. Resolves after the commit.
 * Rejects only when nothing was stored (database away): the adapter then answers so that the person can press again.
 */
export type Inbox = {
  act(submission: Submission): Promise<Reply>;
  command(command: Command): Promise<Reply>;
  presence(presence: Presence): Promise<void>;
};
