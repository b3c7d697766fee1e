/** What is said back to an invoke: always by ourselves, since the library may show one person's card to everybody. */

import type { TurnContext } from 'botbuilder';
import type { Card, Reply } from '../../ports/chat.ts';

export type InvokeBody = { statusCode: number; type: string; value: unknown };

export const privately = (text: string): InvokeBody => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value: text,
});

/** Shown by the client under the card as an error; the card and what was typed stay. */
export const sorry = (statusCode: number, code: string, message: string): InvokeBody => ({
  statusCode,
  type: 'application/vnd.microsoft.error',
  value: { code, message },
});

const inPlace = (card: Card): InvokeBody => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.card.adaptive',
  value: card,
});

/** Errors of a refused page stand in the card itself: Teams has no other place for them. */
export function invokeBody(reply: Reply): InvokeBody {
  switch (reply.do) {
    case 'show':
    case 'refuse':
    case 'finish':
      return inPlace(reply.card);
    case 'notice':
      return privately(reply.text);
    case 'nothing':
      return privately('');
  }
}

/** The invoke itself has always succeeded; how it went stands in the body. */
export async function answerInvoke(context: TurnContext, body: InvokeBody): Promise<void> {
  await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
}
