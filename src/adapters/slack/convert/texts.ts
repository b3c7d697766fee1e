/** Spans in Slack's three ways of writing: mrkdwn, plain text, rich text. */

import type { MrkdwnElement, PlainTextElement, RichTextBlock, RichTextElement } from '@slack/types';
import { tidy } from './json.ts';
import { cut, plain, type Span } from './spans.ts';

const emojiName = /:[\w+'-]+:/;
/** What mrkdwn would read as markup; it has no escape for these, so such text is written in another way. */
const markup = /[*_~`]|:[\w+'-]+:|(?:^|\n)[ \t]{0,8}>/;
/**
 * What Slack makes links and mentions of by itself in mrkdwn. `verbatim` would stop it, but renderers that are not
 * Slack's then show marks as they stand; rich text has no such reading at all.
 */
const linked = /[@#]|:\/\/|www\.|[\p{L}\d]\.\p{L}{2}/u;
const edge = /[\s.,;:!?()[\]{}"'–—/-]/;

/** The only three characters mrkdwn has an escape for; without them no mention, link or date can be made. */
export function escaped(text: string): string {
  return /[&<>]/.test(text) ? text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;') : text;
}

/** Names of emoji stay names: a word between colons in somebody's text is not a picture. */
export function plainText(text: string, limit: number): PlainTextElement {
  return { type: 'plain_text', text: cut(tidy(text), limit) || '–', emoji: !emojiName.test(text) };
}

/** mrkdwn that shows exactly these spans, or null when mrkdwn cannot. */
export function mrkdwn(spans: readonly Span[]): MrkdwnElement | null {
  let text = '';
  for (const [index, each] of spans.entries()) {
    const next = spans[index + 1];
    const written = oneSpan(each, text, next);
    if (written === null) return null;
    text += written;
  }
  return text.trim() === '' ? null : { type: 'mrkdwn', text };
}

function oneSpan(each: Span, before: string, next: Span | undefined): string | null {
  const marked = each.bold || each.italic || each.strike;
  if (each.user !== null) return marked || each.underline ? null : `<@${each.user}>`;
  if (markup.test(each.text) || linked.test(each.text) || each.underline) return null;
  if (!marked && each.url === null && each.stamp === null) return escaped(each.text);
  const core = each.text.trim();
  if (core === '') return escaped(each.text);
  if (core.includes('\n')) return null;
  const lead = each.text.slice(0, each.text.indexOf(core));
  const tail = each.text.slice(lead.length + core.length);
  let written = escaped(core);
  if (each.stamp !== null) {
    written = `<!date^${each.stamp.seconds}^${each.stamp.format}|${written.replaceAll('|', '/')}>`;
  } else if (each.url !== null) {
    written = `<${escaped(each.url)}|${written.replaceAll('|', '/')}>`;
  }
  if (marked) {
    const left = lead === '' ? before.slice(-1) : lead.slice(-1);
    const right = tail === '' ? (next?.text.slice(0, 1) ?? '') : tail.slice(0, 1);
    const free = (neighbour: string) => neighbour === '' || edge.test(neighbour);
    if (!free(left) || !free(right)) return null;
    if (each.strike) written = `~${written}~`;
    if (each.italic) written = `_${written}_`;
    if (each.bold) written = `*${written}*`;
  }
  return escaped(lead) + written + escaped(tail);
}

export function richText(spans: readonly Span[]): RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: spans.map(richElement) }] };
}

function richElement(each: Span): RichTextElement {
  const style = {
    ...(each.bold && { bold: true }),
    ...(each.italic && { italic: true }),
    ...(each.strike && { strike: true }),
    ...(each.underline && { underline: true }),
  };
  const styled = Object.keys(style).length > 0 ? { style } : {};
  if (each.stamp !== null) {
    const { seconds, format } = each.stamp;
    return { type: 'date', timestamp: seconds, format, fallback: each.text, ...styled };
  }
  if (each.user !== null) return { type: 'user', user_id: each.user, ...styled };
  if (each.url !== null) return { type: 'link', url: each.url, text: each.text, ...styled };
  return { type: 'text', text: each.text, ...styled };
}

/** Words in columns of one width; nothing in them is read as markup. */
export function monospace(text: string): RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }] };
}

/** What is lost when spans are written as plain text; "link" is also a date in the reader's own zone, and a mention. */
export function plainLoss(spans: readonly Span[]): 'none' | 'style' | 'link' {
  if (spans.some(({ url, stamp, user }) => url !== null || stamp !== null || user !== null)) return 'link';
  return spans.some((each) => each.bold || each.italic || each.strike || each.underline) ? 'style' : 'none';
}

export function plainOf(spans: readonly Span[], limit: number): PlainTextElement {
  return plainText(plain(spans), limit);
}
