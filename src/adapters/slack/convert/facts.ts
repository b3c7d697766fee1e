/** FactSet → fields of sections, ten to a section. */

import type { KnownBlock, SectionBlock, TextObject } from '@slack/types';
import { isObject, type Json, text } from './json.ts';
import { limits } from './limits.ts';
import { parseMarkdown } from './markdown.ts';
import { bold, isBlank, pieces, plain, type Span, span } from './spans.ts';
import { textBlocks } from './text-elements.ts';
import { mrkdwn, plainLoss, plainOf } from './texts.ts';
import { bounded, listed, lose, say, spend, type Walk } from './walk.ts';

export function factSet(element: Json, path: string, walk: Walk): KnownBlock[] {
  const facts: { spans: Span[]; path: string }[] = [];
  for (const [index, fact] of listed(element.facts, `${path}.facts`, walk).entries()) {
    const at = `${path}.facts[${index}]`;
    if (!spend(walk, at)) break;
    if (!isObject(fact)) {
      lose(walk, at, 'dropped', 'a fact that is not an object');
      continue;
    }
    const lost = (what: string) => lose(walk, at, 'dropped', what);
    const title = parseMarkdown(bounded(text(fact.title), at, walk).trim(), walk, lost);
    const value = parseMarkdown(bounded(text(fact.value), at, walk).trim(), walk, lost);
    if (isBlank(title) && isBlank(value)) continue;
    say(
      walk,
      [title, value]
        .filter((part) => !isBlank(part))
        .map(plain)
        .join(': '),
    );
    const between = isBlank(title) || isBlank(value) ? [] : [span('\n')];
    facts.push({ spans: [...bold(title), ...between, ...value], path: at });
  }
  return fieldBlocks(facts, path, walk);
}

/** Texts two a row; one that no field can hold becomes sections of its own between them. */
export function fieldBlocks(texts: { spans: Span[]; path: string }[], path: string, walk: Walk): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let fields: TextObject[] = [];
  const flush = () => {
    for (let at = 0; at < fields.length; at += limits.section.fields) {
      const section: SectionBlock = { type: 'section', fields: fields.slice(at, at + limits.section.fields) };
      blocks.push(section);
    }
    fields = [];
  };
  for (const each of texts) {
    if (pieces(each.spans, limits.section.field).length > 1 || linkInPlain(each.spans)) {
      lose(walk, each.path, 'flattened', 'a text that no field can hold');
      flush();
      blocks.push(...textBlocks(each.spans, each.path, walk));
    } else fields.push(field(each.spans));
  }
  if (fields.length > limits.section.fields) lose(walk, path, 'chunked', `${fields.length} fields`);
  flush();
  return blocks;
}

function linkInPlain(spans: readonly Span[]): boolean {
  return mrkdwn(spans) === null && plainLoss(spans) === 'link';
}

/** Plain where mrkdwn would read the words as markup: the words matter more than a bold title. */
function field(spans: readonly Span[]): TextObject {
  return mrkdwn(spans) ?? plainOf(spans, limits.section.field);
}
