/** What is wrong with something that was typed, in words. */

import type { Voice } from './voice.ts';
import { hasWords } from './words.ts';

/**
 * The words of `error.<code>` or `refused.<code>`.
 * @param fault the code; behind a "|" the names it is about, with "; " between them, and "…" as the last where there are more
 */
export function faultWords(fault: string, voice: Voice): string {
  const [code = '', ...about] = fault.split('|');
  const names = about.join('|').split('; ');
  const isMore = names.at(-1) === '…';
  return voice.say(hasWords(`error.${code}`) ? `error.${code}` : `refused.${code}`, {
    convenor: '',
    names: voice.list(isMore ? names.slice(0, -1) : names),
    more: isMore ? 'yes' : 'no',
  });
}

/** The same where it stands on a page; '' when all is well. */
export const faultLine = (fault: string | undefined, voice: Voice): string =>
  fault ? `⚠ ${faultWords(fault, voice)}` : '';

/** `faultNote` and so on: the sentence beside each input, '' when it is well. */
export function faults(errors: Record<string, string>, inputs: string[], voice: Voice): Record<string, string> {
  return Object.fromEntries(
    inputs.map((input) => {
      const name = `fault${input.charAt(0).toUpperCase()}${input.slice(1)}`;
      return [name, faultLine(errors[input], voice)];
    }),
  );
}
