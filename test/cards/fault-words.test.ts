/** A name that fits several people is answered with who they are, as a sentence that reads well. */

import { expect, test } from 'vitest';
import { faultWords } from '../../src/cards/fault-words.ts';
import { voiceIn } from '../../src/cards/voice.ts';

test.each([
  ['sv', 'Flera personer passar: A och B. ', 'Flera personer passar, bland andra A och B. '],
  ['nb', 'Flere personer passer: A og B. ', 'Flere personer passer, blant andre A og B. '],
  ['en', 'Several people fit: A and B. ', 'Several people fit, among them A and B. '],
  ['fi', 'Useampi henkilö sopii: A ja B. ', 'Useampi henkilö sopii, muun muassa A ja B. '],
] as const)('%s: all of them, or some', (language, all, some) => {
  const said = (fault: string) => faultWords(fault, voiceIn(language));
  expect(said('several-people|A; B').startsWith(all)).toBe(true);
  expect(said('several-people|A; B; …').startsWith(some)).toBe(true);
  expect(said('unknown-name|X; Y')).not.toContain(';');
});
