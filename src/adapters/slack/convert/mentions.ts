/** `<at>Kim</at>`, as a card for Teams names somebody: the card itself says whom each such text means. */

import { isObject, type Json, list, text, tidy } from './json.ts';
import { type Span, span } from './spans.ts';

/** What stands in the card's text → what is shown instead. */
export type Mentions = ReadonlyMap<string, Span>;

const slackId = /^[UW][A-Z0-9]{4,30}$/;
const most = 100;
const longest = 200;

/** Somebody with an id of Slack's is mentioned; of anybody else the name is shown. */
export function mentionsIn(card: Json): Mentions {
  const found = new Map<string, Span>();
  const entities = isObject(card.msteams) ? list(card.msteams.entities).slice(0, most) : [];
  for (const entity of entities) {
    if (!isObject(entity) || entity.type !== 'mention' || !isObject(entity.mentioned)) continue;
    const written = text(entity.text);
    if (!/^<at>[^<>]+<\/at>$/.test(written) || written.length > longest) continue;
    const name = tidy(text(entity.mentioned.name).trim().slice(0, longest) || written.slice(4, -5));
    const id = text(entity.mentioned.id);
    found.set(written, { ...span(name), user: slackId.test(id) ? id : null });
  }
  return found;
}
