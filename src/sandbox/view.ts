/** One conversation as data ready to show: what a member sees in Teams or Slack, and what can be pressed in it. */

import type { Language, Platform } from '../domain/group.ts';
import type { Card } from '../ports/chat.ts';
import { idOf } from './directory.ts';
import { type Piece, slackPieces } from './slack-pieces.ts';
import { slackText } from './slack-text.ts';
import { membersOf, type Stage, type StageWire, shownTo } from './stage.ts';
import type { SandboxChannel, SandboxPerson, Shown, ShownDialog } from './wire.ts';

export type MessageView = {
  id: string;
  at: string;
  replaced: number;
  from: 'bot' | 'person';
  /** The writer's name, when a person wrote it and is known. */
  by: string | null;
  inThread: boolean;
  onlyYou: boolean;
  text: string;
  /** Teams: shown by the official renderer in the browser. */
  card: Card | null;
  /** Slack: rendered here, with live controls between. */
  pieces: Piece[] | null;
};
export type DialogView = {
  id: string;
  title: string;
  submit: string | null;
  close: string;
  pieces: Piece[];
};
export type View = {
  id: string;
  kind: 'person' | 'channel';
  name: string;
  platform: Platform;
  language: Language;
  /** Who acts on this page: the person, or whoever was chosen in a channel. Null in a channel nobody is in. */
  as: { id: string; name: string } | null;
  members: { id: string; name: string }[];
  /** False in a channel to which nobody has added Rond. */
  added: boolean;
  /** Whether files can be handed over here. */
  takesFiles: boolean;
  messages: MessageView[];
  dialog: DialogView | null;
  /** Slack's home tab, when it is what is looked at; null while it is empty. */
  home: DialogView | null;
};

export async function viewOf(
  stage: Stage,
  where: SandboxPerson | SandboxChannel,
  as: SandboxPerson | null,
  isHome = false,
): Promise<View> {
  const wire = stage.wires[where.platform];
  const personal = 'user' in where;
  const dialog = as ? wire.dialog(as.user) : null;
  const home = (isHome && as && wire.home?.(as.user)) || null;
  const nameOf = (user: string | null | undefined) =>
    stage.directory.people.find((one) => one.platform === where.platform && one.user === user)?.name ?? null;
  return {
    id: idOf(where),
    kind: personal ? 'person' : 'channel',
    name: where.name,
    platform: where.platform,
    language: as?.language ?? 'en',
    as: as && { id: idOf(as), name: as.name },
    members: personal
      ? []
      : membersOf(stage, where).map((one) => ({
          id: idOf(one),
          name: one.name,
        })),
    added: personal || !where.withoutRond,
    takesFiles: wire.give !== undefined && (personal || where.platform === 'slack'),
    messages: isHome
      ? []
      : await Promise.all(
          shownTo(stage, where, as).map(async (shown) => ({
            ...(await messageOf(shown, wire, as)),
            by: nameOf(shown.by),
          })),
        ),
    dialog: dialog && as ? await dialogOf(dialog, wire, as) : null,
    home: home && as ? await dialogOf(home, wire, as) : null,
  };
}

/** A page asks again at every change: what has been rendered once is kept as long as the wire keeps those blocks. */
const rendered = new WeakMap<object, Piece[]>();

async function messageOf(shown: Shown, wire: StageWire, as: SandboxPerson | null): Promise<Omit<MessageView, 'by'>> {
  const { id, at, replaced, from, text, card } = shown;
  const pieces = wire.platform === 'slack' && from === 'bot' ? await piecesOf(shown, wire, as) : null;
  const { onlyFor, inThread = false } = shown;
  return { id, at, replaced, from, inThread, onlyYou: onlyFor !== null, text, card, pieces };
}

async function piecesOf({ id, text, blocks }: Shown, wire: StageWire, as: SandboxPerson | null): Promise<Piece[]> {
  const slack = await slackText();
  if (!blocks?.length) return slackPieces([{ type: 'section', text: { type: 'mrkdwn', text } }], [], slack);
  // Nobody is there to press.
  if (!as) return slackPieces(blocks, [], slack);
  const known = rendered.get(blocks);
  if (known) return known;
  const pieces = slackPieces(blocks, wire.buttons(as.user, { message: id }), slack);
  rendered.set(blocks, pieces);
  return pieces;
}

async function dialogOf(dialog: ShownDialog, wire: StageWire, as: SandboxPerson): Promise<DialogView> {
  const text = await slackText();
  const { title, submit, close, blocks, state } = dialog.view;
  const typed = typeof state === 'object' && state !== null && 'values' in state ? state.values : {};
  const buttons = wire.buttons(as.user, { dialog: dialog.id }).filter((button) => button.verb !== 'submit');
  return {
    id: dialog.id,
    title: text.plain(title),
    submit: submit ? text.plain(submit) : null,
    close: text.plain(close) || 'Close',
    pieces: slackPieces(Array.isArray(blocks) ? blocks : [], buttons, text, typed),
  };
}
