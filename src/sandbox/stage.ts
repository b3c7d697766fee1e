/** What the sandbox shows and knows: both wires, who is there, what the page has seen. */

import type { Platform } from '../domain/group.ts';
import { channelIn, idOf, personIn } from './directory.ts';
import type { FaultBoard } from './faults.ts';
import { Refusal } from './guard.ts';
import type { Directory, FileWire, SandboxChannel, SandboxPerson, Shown, ShownDialog, Wire } from './wire.ts';

/** Teams shows each person the answers to their own presses in a channel. */
export type StageWire = Omit<Wire, 'channel'> & {
  channel(id: string, viewer?: string): Shown[];
  /** What can go wrong, each with its switch; left out where nothing can. */
  readonly faults?: FaultBoard;
  /** Files, where the platform lets people hand them over. */
  give?: FileWire['give'];
  /** Slack's home of the app, and its slash command. */
  home?(user: string): ShownDialog | null;
  openHome?(user: string): Promise<void>;
  slash?(user: string, text: string, channel?: string): Promise<number>;
};

export type Stage = {
  readonly wires: Record<Platform, StageWire>;
  directory: Directory;
  /** Page id of a conversation → how many of the bot's messages in it have been looked at. */
  readonly seen: Map<string, number>;
};

export function personOf(stage: Stage, id: string): SandboxPerson {
  const person = personIn(stage.directory, id);
  if (!person) throw new Refusal(404, 'no-person', `Nobody here is called ${id}.`);
  return person;
}

export function channelOf(stage: Stage, id: string): SandboxChannel {
  const channel = channelIn(stage.directory, id);
  if (!channel) throw new Refusal(404, 'no-channel', `There is no channel ${id}.`);
  return channel;
}

/** Who can write in a channel: whoever is in it, or everybody of its platform and tenant. */
export function membersOf(stage: Stage, { platform, tenant, members }: SandboxChannel): SandboxPerson[] {
  return stage.directory.people.filter(
    (one) => one.platform === platform && one.tenant === tenant && (members?.includes(one.user) ?? true),
  );
}

/** The personal chat, or the channel as everybody (or as one person, with what only they see). */
export function shownTo(stage: Stage, where: SandboxPerson | SandboxChannel, as: SandboxPerson | null = null): Shown[] {
  const wire = stage.wires[where.platform];
  if ('user' in where) return wire.personal(where.user);
  return wire.channel(where.id, as?.user).filter((shown) => shown.onlyFor === null || shown.onlyFor === as?.user);
}

const fromBot = (shown: Shown[]) => shown.filter((one) => one.from === 'bot').length;

export function unread(stage: Stage, where: SandboxPerson | SandboxChannel): number {
  return Math.max(0, fromBot(shownTo(stage, where)) - (stage.seen.get(idOf(where)) ?? 0));
}

export function markRead(stage: Stage, where: SandboxPerson | SandboxChannel): void {
  stage.seen.set(idOf(where), fromBot(shownTo(stage, where)));
}
