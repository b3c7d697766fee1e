/** TextBlock and RichTextBlock. */

import type { KnownBlock } from '@slack/types';
import { isObject, type Json, text, word } from './json.ts';
import { limits } from './limits.ts';
import { withMacros } from './macros.ts';
import { parseMarkdown, safeUrl } from './markdown.ts';
import { bold, cut, isBlank, pieces, plain, type Span, span } from './spans.ts';
import { mrkdwn, plainLoss, plainOf, plainText, richText } from './texts.ts';
import { bounded, listed, lose, say, spend, type Walk } from './walk.ts';

const signs = new Map([
  ['good', '🟢'],
  ['warning', '🟡'],
  ['attention', '🔴'],
]);
/** A text that begins with a symbol has its own sign beside the colour. */
const ownSign = /^\s*[\p{Extended_Pictographic}\p{S}]/u;

/** Colour never shows in Slack; good, warning and attention mean something and become a sign. */
export function signed(spans: Span[], colour: unknown): Span[] {
  const sign = signs.get(word(colour));
  return sign === undefined || isBlank(spans) || ownSign.test(plain(spans)) ? spans : [span(`${sign} `), ...spans];
}

export function isHeading(element: Json): boolean {
  return word(element.style) === 'heading' || ['large', 'extralarge'].includes(word(element.size));
}

export function isQuiet(element: Json): boolean {
  return element.isSubtle === true || word(element.size) === 'small';
}

/** The text of a TextBlock or RichTextBlock, styled; blank spans for one that says nothing. */
export function spansOf(element: Json, path: string, walk: Walk): Span[] {
  if (word(element.type) === 'richtextblock') return runs(element, path, walk);
  const source = bounded(text(element.text), `${path}.text`, walk);
  const spans = parseMarkdown(source, walk, (what) => lose(walk, `${path}.text`, 'dropped', what));
  if (word(element.size) === 'medium') walk.looks.add('size');
  const strong = word(element.weight) === 'bolder' && !isHeading(element);
  return signed(strong ? bold(spans) : spans, element.color);
}

function runs(element: Json, path: string, walk: Walk): Span[] {
  const spans: Span[] = [];
  for (const [index, inline] of listed(element.inlines, `${path}.inlines`, walk).entries()) {
    const at = `${path}.inlines[${index}]`;
    if (!spend(walk, at)) break;
    if (typeof inline === 'string') spans.push(...withMacros(bounded(inline, at, walk), walk.words));
    else if (isObject(inline) && ['textrun', ''].includes(word(inline.type))) spans.push(...run(inline, at, walk));
    else lose(walk, at, 'dropped', 'an inline element that is not a text run');
  }
  return spans;
}

function run(inline: Json, path: string, walk: Walk): Span[] {
  if (inline.isVisible === false) {
    lose(walk, path, 'hidden', 'a text run');
    return [];
  }
  for (const name of ['highlight', 'size', 'isSubtle', 'fontType'])
    if (inline[name] !== undefined) walk.looks.add(name);
  let url: string | null = null;
  if (isObject(inline.selectAction)) {
    url = word(inline.selectAction.type) === 'action.openurl' ? safeUrl(text(inline.selectAction.url)) : null;
    if (url === null) lose(walk, `${path}.selectAction`, 'dropped', 'an action on a text run');
  }
  const styled = withMacros(bounded(text(inline.text), path, walk), walk.words).map((each) => ({
    ...each,
    bold: word(inline.weight) === 'bolder',
    italic: inline.italic === true,
    strike: inline.strikethrough === true,
    underline: inline.underline === true,
    url: each.stamp === null ? url : null,
  }));
  return signed(styled, inline.color);
}

export function textElement(element: Json, path: string, walk: Walk): KnownBlock[] {
  const spans = spansOf(element, path, walk);
  if (isBlank(spans)) return [];
  say(walk, plain(spans));
  if (word(element.type) === 'richtextblock') return richBlocks(spans, path, walk);
  if (isHeading(element)) return heading(spans, path, walk);
  return isQuiet(element) ? quietBlocks(spans, path, walk) : textBlocks(spans, path, walk);
}

/** Running text: sections, or rich text where mrkdwn would read it as markup. */
export function textBlocks(spans: readonly Span[], path: string, walk: Walk): KnownBlock[] {
  const parts = pieces(spans, limits.section.text).filter((part) => !isBlank(part));
  if (parts.length > 1) lose(walk, path, 'chunked', `a text in ${parts.length} sections`);
  return parts.map((part) => {
    const written = mrkdwn(part);
    return written === null ? richText(part) : { type: 'section', text: written };
  });
}

function richBlocks(spans: readonly Span[], path: string, walk: Walk): KnownBlock[] {
  const parts = pieces(spans, limits.richText).filter((part) => !isBlank(part));
  if (parts.length > 1) lose(walk, path, 'chunked', `a text in ${parts.length} blocks`);
  return parts.map(richText);
}

function quietBlocks(spans: readonly Span[], path: string, walk: Walk): KnownBlock[] {
  // Rich text has no quiet form: what only it can write loses the quietness, not the link.
  if (mrkdwn(spans) === null && plainLoss(spans) === 'link') {
    lose(walk, path, 'style', 'subtle text');
    return textBlocks(spans, path, walk);
  }
  const parts = pieces(spans, limits.section.field).filter((part) => !isBlank(part));
  if (parts.length > 1) lose(walk, path, 'chunked', `a text in ${parts.length} pieces`);
  return parts.map((part) => {
    const written = mrkdwn(part);
    if (written === null && plainLoss(part) === 'style') lose(walk, path, 'style', 'bold or italic in subtle text');
    return { type: 'context', elements: [written ?? plainOf(part, limits.section.field)] };
  });
}

function heading(spans: readonly Span[], path: string, walk: Walk): KnownBlock[] {
  const words = plain(spans).replace(/\s+/g, ' ').trim();
  if (walk.surface === 'modal' && walk.title === null) {
    walk.title = words;
    if (words.length <= limits.modal.title && walk.said.length === 1 && plainLoss(spans) !== 'link') return [];
  }
  if (words.length > limits.header || plainLoss(spans) === 'link') {
    lose(walk, path, 'style', 'a heading that is too long or holds a link');
    return textBlocks(bold(spans), path, walk);
  }
  if (plainLoss(spans) === 'style') lose(walk, path, 'style', 'bold or italic in a heading');
  return [{ type: 'header', text: plainText(cut(words, limits.header), limits.header) }];
}
