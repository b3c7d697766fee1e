/** Four languages that say the same, no key too many and none too few. */

import { readdirSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { cardNames } from '../../src/cards/cards.ts';
import { shownName } from '../../src/cards/names.ts';
import { noticeCodes, noticeFor } from '../../src/cards/notices.ts';
import { templateOf } from '../../src/cards/template.ts';
import { makeWords, say, type Table } from '../../src/cards/words.ts';
import { activityKinds, type Language, languages } from '../../src/domain/group.ts';
import { levels, ratingChoices } from '../../src/domain/levels.ts';
import { statuses } from '../../src/domain/state.ts';
import { refusals } from '../../src/domain/steering/command.ts';
import { failureCodes } from '../../src/ports/chat.ts';

const root = new URL('../../', import.meta.url);
const tables = Object.fromEntries(
  languages.map((language) => [
    language,
    JSON.parse(readFileSync(new URL(`cards/languages/${language}.json`, root), 'utf8')),
  ]),
) as Record<Language, Table>;
const keys = Object.keys(tables.en).toSorted();

type Part = ReturnType<IntlMessageFormat['getAst']>[number];

/** Names of the values that a message takes, however deep they stand. */
function argumentsOf(parts: Part[]): string[] {
  return parts.flatMap((part) => [
    ...('value' in part && part.type !== 0 ? [`${part.value}`] : []),
    ...('options' in part ? Object.values(part.options).flatMap((option) => argumentsOf(option.value)) : []),
  ]);
}
const placeholders = (text: string) =>
  [...new Set(argumentsOf(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst()))].toSorted();

function sources(): string {
  const files = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts') && !file.includes('generated'))
    .map((file) => readFileSync(new URL(`src/${file}`, root), 'utf8'))
    .join('\n');
}

describe.each(languages)('%s', (language) => {
  it('has exactly the keys of the others, and no empty words', () => {
    expect(Object.keys(tables[language]).toSorted()).toEqual(keys);
    for (const key of keys) expect(tables[language][key]?.trim(), key).toBeTruthy();
  });

  it.each(keys)('%s takes the same values as in English', (key) => {
    expect(placeholders(tables[language][key] as string)).toEqual(placeholders(tables.en[key] as string));
  });
});

it('says no sentence twice: words that were left in another language are found', () => {
  const sentences = keys.filter(
    (key) => (tables.en[key]?.replace(/\{[^}]*\}|\u00ad/g, '').match(/\p{L}{2,}/gu) ?? []).length > 2,
  );
  expect(sentences.length).toBeGreaterThan(80);
  for (const key of sentences) expect(new Set(languages.map((language) => tables[language][key])).size, key).toBe(4);
});

describe('every key is used', () => {
  const source = sources();
  const quoted = new Set(
    [...source.matchAll(/['"`]([a-z][A-Za-z-]*(?:\.[A-Za-z0-9-]+)+)['"`]/g)].map((match) => match[1]),
  );
  // `reminder.heading.${step}` stands for every key of that shape.
  const families = [...source.matchAll(/`((?:[a-z][A-Za-z-]*\.)[^`\s/]*\$\{[^`\s/]*)`/g)].map(
    (match) => new RegExp(`^${(match[1] as string).replace(/[.]/g, '\\.').replace(/\$\{[^}]+\}/g, '[A-Za-z0-9-]+')}$`),
  );
  const inTemplates = new Set(
    cardNames.flatMap((name) =>
      templateOf(name).words.map((word) => (keys.includes(`${name}.${word}`) ? `${name}.${word}` : `common.${word}`)),
    ),
  );

  it.each(keys)('%s', (key) => {
    const used = quoted.has(key) || inTemplates.has(key) || families.some((family) => family.test(key));
    expect(used || key === 'lang.name').toBe(true);
  });

  it('and every key used exists', () => {
    const asked = [...source.matchAll(/\bsay\((?:[\w.]+, )?'([a-z-]+\.[\w.-]+)'/g)].map((match) => match[1] as string);
    expect(asked.length).toBeGreaterThan(30);
    expect(asked.filter((key) => !keys.includes(key))).toEqual([]);
    expect([...inTemplates].filter((key) => !keys.includes(key))).toEqual([]);
  });
});

it.each([
  ['level', ratingChoices],
  ['status', statuses],
  ['kind', activityKinds],
  ['reason', [...failureCodes, 'unknown']],
])('has words for each %s, and for nothing else', (family, codes) => {
  // `status` is a card too: its words stand in the same family.
  const own = keys.filter((key) => key.startsWith(`${family}.`) && !/^status\.(heading|ask|spoken)$/.test(key));
  expect(own).toEqual(codes.map((code) => `${family}.${code}`).toSorted());
});

it.each(refusals)('a command that is refused (%s) has words, and in every language', (code) => {
  const own = [`refused.${code}`, `error.${code}`].filter((key) => keys.includes(key));
  expect(own.length).toBeGreaterThan(0);
});

it('breaks the words of a level in a table, and changes nothing else of them', () => {
  for (const language of languages) {
    for (const level of levels) {
      expect(tables[language][`summary.cell.${level}`]?.replaceAll('\u00ad', '')).toBe(
        tables[language][`level.${level}`],
      );
    }
  }
});

describe('the rules of the result', () => {
  it('have words', async () => {
    const { defaultRule } = await import('../../src/domain/rating/critical.ts');
    expect(keys).toContain(`summary.rule.${defaultRule.code}`);
  });
});

describe('notices', () => {
  it.each(noticeCodes)('%s stands by itself in every language', (code) => {
    for (const language of languages) {
      const { title, text } = noticeFor(code, language);
      expect(text).toMatch(/\p{L}.*[.!]$/u);
      expect(title).not.toMatch(/[.{}]/);
      expect(text).not.toMatch(/[{}]|undefined/);
    }
  });
});

describe('a word that is missing', () => {
  const partial = {
    sv: { 'a.b': 'Hej', 'lang.marker': 'på svenska' },
    nb: {},
    en: { 'a.b': 'Hello', 'a.c': 'Bye', 'lang.marker': 'in English' },
    fi: {},
  };
  const words = makeWords(partial);

  it('is taken from the group’s language, then from English, and says so', () => {
    expect(words.say('fi', 'a.b', {}, 'sv')).toBe('Hej (på svenska)');
    expect(words.say('fi', 'a.c', {}, 'sv')).toBe('Bye (in English)');
    expect(words.say('sv', 'a.b')).toBe('Hej');
  });

  it('in every language is a fault, and so is a value that is missing', () => {
    expect(() => words.say('sv', 'a.d')).toThrow('a.d: missing words in sv');
    expect(() => say('sv', 'common.contact', {})).toThrow('common.contact: missing');
  });
});

it('shows that a name is in another language', () => {
  expect(shownName({ name: 'Sjuksköterska', language: 'sv' }, 'fi')).toBe('Sjuksköterska (på svenska)');
  expect(shownName({ name: 'Sjuksköterska', language: 'sv' }, 'sv')).toBe('Sjuksköterska');
});
