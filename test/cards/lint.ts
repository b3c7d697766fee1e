/** What every card must be to everybody, and to both platforms' limits: each fault as a sentence. */

import { toMessage, toModal } from '../../src/adapters/slack/convert/convert.ts';
import type { Card } from '../../src/ports/chat.ts';
import { messageFaults, viewFaults } from '../../src/sandbox/slack/block-limits.ts';
import { actionsOf, type Node, nodesOf, ofType } from './samples.ts';

/** Slack's, the narrower of the two platforms'. */
export const limits = {
  button: 75,
  modalTitle: 24,
  modalSubmit: 24,
  label: 2000,
  placeholder: 150,
  heading: 150,
  choice: 75,
} as const;

const hasWord = (text: unknown): boolean => typeof text === 'string' && /\p{L}{2}/u.test(text);
const own = /[⚠◆●▲■○◐✔✖]/u;

/** Strings that a platform would cut or refuse. A page is what holds inputs: in Slack a modal. */
export function tooLong(card: Card): string[] {
  const faults: string[] = [];
  const check = (what: keyof typeof limits, text: unknown) => {
    if (typeof text === 'string' && text.length > limits[what]) {
      faults.push(`${what} of ${text.length} characters: ${text.slice(0, 60)}…`);
    }
  };
  const headings = ofType(card, /^TextBlock$/).filter(({ style }) => style === 'heading');
  const inputs = ofType(card, /^Input\./);
  for (const { text } of headings) check('heading', text);
  if (inputs.length > 0) check('modalTitle', headings[0]?.text);
  for (const { title, style } of actionsOf(card)) {
    check('button', title);
    if (style === 'positive' && inputs.length > 0) check('modalSubmit', title);
  }
  for (const { label, placeholder, choices } of inputs) {
    check('label', label);
    check('placeholder', placeholder);
    for (const choice of Array.isArray(choices) ? (choices as Node[]) : []) check('choice', choice.title);
  }
  return faults;
}

/** The same card as Slack gets it, judged by the sandbox's own table of Slack's limits. */
export function refusedBySlack(card: Card): string[] {
  const told = (faults: { pointer: string; message: string }[]) =>
    faults.map(({ pointer, message }) => `${pointer} ${message}`);
  if (ofType(card, /^Input\./).length === 0) return told(messageFaults(toMessage(card).blocks));
  return told(viewFaults(toModal(card, { callbackId: 'lint' }).view));
}

/** What somebody would miss who does not see, does not see colours, or has another client. */
export function barriers(card: Card, language: string): string[] {
  const faults: string[] = [];
  const want = (holds: boolean, fault: string) => {
    if (!holds) faults.push(fault);
  };
  want(card.lang === language, `lang is ${String(card.lang)}`);
  want(hasWord(card.fallbackText), 'no fallbackText');
  want(card.speak === card.fallbackText, 'speak says something else');
  for (const { id, label, isRequired, errorMessage } of ofType(card, /^Input\./)) {
    want(hasWord(label), `${id} has no label`);
    want(isRequired !== true || hasWord(errorMessage), `${id} is required and has no error text`);
  }
  for (const { altText, url } of ofType(card, /^Image$/))
    want(hasWord(altText), `no alt text: ${String(url).slice(0, 60)}`);
  for (const { title } of actionsOf(card)) want(hasWord(title), `a button without words: ${String(title)}`);
  for (const { text } of ofType(card, /^TextBlock$/)) {
    // Markdown makes a list of it, and "12. oktober" becomes "1. oktober".
    want(!/^\s*\d+[.)]\s/.test(String(text)), `reads as a numbered list: ${String(text)}`);
    want(String(text).trim() !== '', 'an empty text');
  }
  const coloured = nodesOf(card).filter(
    ({ color, style }) => color || ['attention', 'warning', 'good'].includes(String(style)),
  );
  for (const node of coloured) {
    const texts = ofType(node, /^Text/).map(({ text }) => String(text));
    want(texts.length > 0 && texts.every((text) => own.test(text)), `says by colour alone: ${texts.join(' ')}`);
  }
  return faults;
}

/** Errors that do not stand right before the input they are about. `errors`: the ids of the inputs that have one. */
export function strayErrors(card: Card, errors: string[]): string[] {
  const sequence = nodesOf(card).filter(({ type }) => type === 'TextBlock' || String(type).startsWith('Input.'));
  const wrong = errors.filter((id) => {
    const before = sequence[sequence.findIndex((node) => node.id === id) - 1];
    return before?.color !== 'Attention' || !/^⚠ .*\p{L}{2}/u.test(String(before.text));
  });
  const told = sequence.filter(({ text }) => /^⚠/.test(String(text))).length;
  // One sentence above the page, and one beside each input.
  const expected = errors.length === 0 ? 0 : errors.length + 1;
  return [...wrong, ...(told === expected ? [] : [`${told} errors told, ${expected} expected`])];
}
