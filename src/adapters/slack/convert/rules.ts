/** What a card asks of an input and Slack cannot hold: carried in the modal, checked when the page is handed in. */

import { words, wordsFor } from '../words.ts';
import { type Json, text, tidy } from './json.ts';
import { cut } from './spans.ts';

/** `say`: the sentence beside the input. Dates and times compare as they are written. */
export type Rule = {
  regex?: string | undefined;
  min?: string | undefined;
  max?: string | undefined;
  most?: number | undefined;
  say: string;
};
export type Rules = Record<string, Rule>;

const longest = 300;

/** `names`: those of the element's properties that Slack does not hold; null when it has none of them, or none that can be held. */
export function ruleOf(element: Json, names: readonly string[], lang: unknown): Rule | null {
  const rule: Rule = { say: '' };
  for (const name of names) {
    const value = text(element[name]).trim();
    if (value === '' || value.length > longest) continue;
    if (name === 'regex' && isRegex(value)) rule.regex = value;
    if (name === 'min' || name === 'max') rule[name] = value;
    if (name === 'maxLength' && Number(value) >= 1) rule.most = Math.floor(Number(value));
  }
  if (Object.keys(rule).length === 1) return null;
  rule.say = cut(tidy(text(element.errorMessage)).trim() || wordsFor(lang, words.en).invalid, longest);
  return rule;
}

function isRegex(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}

/** The sentences for what was typed and does not keep to the rules, by input. What is empty is for `isRequired` to judge. */
export function broken(rules: Rules, values: Record<string, string>): Record<string, string> {
  const said = Object.entries(rules).flatMap(([id, rule]) => {
    const value = Object.getOwnPropertyDescriptor(values, id)?.value ?? '';
    return value === '' || keeps(value, rule) ? [] : [[id, rule.say] as const];
  });
  return Object.fromEntries(said);
}

function keeps(value: string, { regex, min, max, most }: Rule): boolean {
  if (regex !== undefined && isRegex(regex) && !new RegExp(regex).test(value)) return false;
  if ((min !== undefined && value < min) || (max !== undefined && value > max)) return false;
  return most === undefined || value.length <= most;
}
