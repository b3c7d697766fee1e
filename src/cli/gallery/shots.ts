/** What the gallery shows: each specimen as Teams has it and as Slack has it, with what the conversion lost. */

import { isHarmless, type Loss, toMessage, toModal } from '../../adapters/slack/convert/convert.ts';
import { silent } from '../../adapters/slack/log.ts';
import { message, modal } from '../../adapters/slack/rendering.ts';
import type { Specimen } from '../../app/specimens.ts';
import type { Card } from '../../ports/chat.ts';
import { buttonsIn } from '../../sandbox/slack/buttons.ts';
import type { Block } from '../../sandbox/slack/state.ts';
import { type Piece, slackPieces } from '../../sandbox/slack-pieces.ts';
import { type SlackText, slackText } from '../../sandbox/slack-text.ts';

export type Shot = {
  /** "invitation.sv.teams": its place on the page and the name of its picture. */
  id: string;
  where: 'teams' | 'slack' | 'slack-modal';
  /** Teams: for the official renderer in the browser. */
  card: Card | null;
  /** Slack: rendered here, with live controls between. */
  pieces: Piece[] | null;
  /** A modal's own words. */
  frame: { title: string; submit: string | null; close: string } | null;
  losses: (Loss & { harmless: boolean })[];
};

/** Teams, Slack and, for a card with inputs, Slack's modal. Empty when there is no card. */
export async function shotsOf({ name, language, card }: Specimen): Promise<Shot[]> {
  if (!card) return [];
  const text = await slackText();
  const id = (where: Shot['where']) => `${name}.${language}.${where}`;
  const nothing = { card: null, pieces: null, frame: null, losses: [] };
  const { blocks, hasInputs } = message(card, { log: silent, imagesFrom: () => null });
  const shots: Shot[] = [
    { ...nothing, id: id('teams'), where: 'teams', card },
    {
      ...nothing,
      id: id('slack'),
      where: 'slack',
      pieces: piecesOf(blocks, text),
      losses: told(toMessage(card).losses),
    },
  ];
  if (!hasInputs) return shots;
  const view = modal(card, null, silent);
  const frame = { title: text.plain(view.title), submit: view.submit ? text.plain(view.submit) : null, close: 'Close' };
  const { losses } = toModal(card, { callbackId: name });
  return [
    ...shots,
    {
      ...nothing,
      id: id('slack-modal'),
      where: 'slack-modal',
      pieces: piecesOf(view.blocks, text),
      frame,
      losses: told(losses),
    },
  ];
}

/** Slack names the blocks that come without an id. */
function piecesOf(blocks: readonly object[], text: SlackText): Piece[] {
  const named = blocks.map((block, at) => ({ block_id: `b${at}`, ...block })) as unknown as Block[];
  return slackPieces(named, buttonsIn(named), text);
}

const told = (losses: Loss[]) => losses.map((loss) => ({ ...loss, harmless: isHarmless(loss) }));
