/** Who could not be reached on a round's card: why, and what to do about it, in every language on both platforms. */

import { describe, expect, test } from 'vitest';
import { toMessage } from '../../src/adapters/slack/convert/convert.ts';
import { renderCard } from '../../src/cards/cards.ts';
import { hasWords, say } from '../../src/cards/words.ts';
import { type Language, languages, type Platform, platforms } from '../../src/domain/group.ts';
import { textOf } from '../stories/person.ts';
import { sampleOf } from './samples.ts';

const steps: Record<string, string> = {
  blocked: 'person',
  'not-installed': 'person',
  'disabled-by-admin': 'admin',
  'not-authorised': 'admin',
  'not-found': 'substitute',
  refused: 'wait',
  unknown: 'wait',
};
const codes = Object.keys(steps);

function shown(platform: Platform, language: Language): string {
  const people = codes.map((reason, n) => ({ why: 'unreached' as const, name: `Per Ek ${n}.`, reason }));
  const card = renderCard('live', { ...sampleOf('live'), page: 1, pages: 1, people }, language);
  return textOf(platform === 'teams' ? card : { ...toMessage(card) }).replaceAll('⁠', '');
}

describe.each(platforms)('%s', (platform) => {
  test.each(languages)('%s', (language) => {
    const text = shown(platform, language);
    const heading = text.indexOf(say(language, 'live.unreached'));
    expect(heading).toBeGreaterThan(0);
    const where = codes.map((code, n) => {
      expect(hasWords(`reason.${code}`)).toBe(true);
      const line = say(language, 'live.step', {
        reason: say(language, `reason.${code}`),
        step: say(language, `step.${steps[code]}`),
      });
      const name = text.indexOf(`Per Ek ${n}.`, heading);
      const detail = text.indexOf(line, name);
      expect([code, name > heading, detail > name]).toEqual([code, true, true]);
      return [name, detail];
    });
    // Each one's reason stands by their own name.
    expect(where.flat()).toEqual(where.flat().toSorted((one, other) => one - other));
  });
});

test('the steps are four different sentences in each language', () => {
  for (const language of languages) {
    const said = [...new Set(Object.values(steps))].map((step) => say(language, `step.${step}`));
    expect(new Set(said).size).toBe(4);
  }
});
