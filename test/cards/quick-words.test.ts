/** Sentences are put together without the formatter where they may be: what comes out must be the formatter's. */

import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import { CardFault } from '../../src/cards/card-fault.ts';
import { localeOf, makeWords, say } from '../../src/cards/words.ts';
import { languages } from '../../src/domain/group.ts';

const values = new Proxy({} as Record<string, string>, {
  get: (_, name) => `«${String(name)}» {x} <b>it's</b> '{n}' #`,
  has: () => true,
  ownKeys: () => [],
});
const namesIn = (text: string) => [...text.matchAll(/\{\s*(\w+)\s*[,}]/g)].map(([, name]) => name as string);

test.each([...languages])('%s: every sentence without plurals and choices', (language) => {
  const table = JSON.parse(readFileSync(new URL(`../../cards/languages/${language}.json`, import.meta.url), 'utf8'));
  let quick = 0;
  for (const [key, text] of Object.entries(table as Record<string, string>)) {
    if (/\{\s*\w+\s*,/.test(text)) continue;
    quick += 1;
    const given = Object.fromEntries(namesIn(text).map((name) => [name, values[name]]));
    const formatted = new IntlMessageFormat(text, localeOf[language], undefined, { ignoreTag: true }).format(given);
    expect(say(language, key, given), key).toBe(formatted);
  }
  expect(quick).toBeGreaterThan(100);
});

const table = { odd: "it''s {who}: '{'literally'}' {n}" };
const words = makeWords({ sv: table, nb: table, en: table, fi: table });

test('quotes, numbers and what is missing are as the formatter has them', () => {
  expect(words.say('sv', 'odd', { who: '{n}', n: 7 })).toBe("it's {n}: {literally} 7");
  expect(words.say('sv', 'odd', { who: '', n: '0' })).toBe("it's : {literally} 0");
  expect(() => words.say('sv', 'odd', { who: 'x' })).toThrow(CardFault);
});
