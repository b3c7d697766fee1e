/**
 * The words people read, from `cards/languages/*.json`: flat keys, ICU messages.
 * A key that a language lacks falls back to the group's language and then to English, and says so.
 */

import { IntlMessageFormat } from 'intl-messageformat';
import en from '../../cards/languages/en.json' with { type: 'json' };
import fi from '../../cards/languages/fi.json' with { type: 'json' };
import nb from '../../cards/languages/nb.json' with { type: 'json' };
import sv from '../../cards/languages/sv.json' with { type: 'json' };
import type { Language } from '../domain/group.ts';
import { CardFault } from './card-fault.ts';

export type Table = Record<string, string>;
/** Arguments of a message: strings and numbers; anything else is ignored. */
export type Values = Record<string, unknown>;

export type Words = {
  /**
   * The sentence `key` in `language`. Throws CardFault when no language has the key or a value is missing.
   * @param group tried before English when `language` lacks the key
   */
  say(language: Language, key: string, values?: Values, group?: Language): string;
  has(key: string): boolean;
  /** Keys of this family ("invitation" for "invitation.heading") that some language has and this one lacks. */
  lacking(language: Language, family: string): string[];
};

/** The BCP 47 tag used for dates, numbers and plurals: English here is written the European way. */
export const localeOf: Record<Language, string> = { sv: 'sv', nb: 'nb', en: 'en-GB', fi: 'fi' };

type Sentence = (values: Values) => string;

/** Words from any tables, e.g. incomplete ones in a test. Formatters are made once for each key. */
export function makeWords(tables: Record<Language, Table>): Words {
  const sentences = new Map<string, Sentence>();

  function sentence(language: Language, key: string, group: Language): Sentence {
    const name = `${language} ${group} ${key}`;
    const known = sentences.get(name);
    if (known) return known;
    const spoken = [language, group, 'en' as const].find((candidate) => tables[candidate][key] !== undefined);
    if (!spoken) throw new CardFault(key, [`words in ${language}`]);
    const made = compile(key, tables[spoken][key] as string, spoken);
    const marked: Sentence =
      spoken === language ? made : (values) => `${made(values)} (${tables[spoken]['lang.marker'] ?? spoken})`;
    sentences.set(name, marked);
    return marked;
  }

  /** The words one writes to Rond can stand in any sentence. */
  function commandWords(language: Language): Values {
    return {
      helpCommand: tables[language]['command.help'],
      planCommand: tables[language]['command.plan'],
      statusCommand: tables[language]['command.status'],
      surveysCommand: tables[language]['command.surveys'],
      importCommand: tables[language]['command.import'],
      addCommand: tables[language]['command.add'],
    };
  }
  const commands = { sv: commandWords('sv'), nb: commandWords('nb'), en: commandWords('en'), fi: commandWords('fi') };

  return {
    say: (language, key, values = {}, group = 'en') =>
      sentence(language, key, group)({ ...commands[language], ...values }),
    has: (key) => Object.values(tables).some((table) => table[key] !== undefined),
    lacking(language, family) {
      const all = new Set(Object.values(tables).flatMap((table) => Object.keys(table)));
      return [...all].filter((key) => key.startsWith(`${family}.`) && tables[language][key] === undefined);
    },
  };
}

function compile(key: string, text: string, language: Language): Sentence {
  const format = new IntlMessageFormat(text, localeOf[language], undefined, { ignoreTag: true });
  const ast = format.getAst();
  // Nothing but letters: no need to format it each time.
  if (!text.includes('{')) {
    const fixed = String(format.format());
    return () => fixed;
  }
  const parts = ast.map((part): Part | null =>
    part.type === literal ? { text: part.value } : part.type === argument ? { name: part.value } : null,
  );
  return (values) => {
    const quick = filledIn(parts, values);
    if (quick !== null) return quick;
    try {
      return String(format.format(values as Record<string, string>));
    } catch (error) {
      throw new CardFault(key, [`a value (${ast.length} parts)`], error);
    }
  };
}

// Kinds of parts of an ICU message that need no plural, choice or number format.
const literal = 0;
const argument = 1;
type Part = { text: string } | { name: string };

/** Most sentences only have texts put in: that takes a twentieth of a formatter's time. Null when there is more to it. */
function filledIn(parts: readonly (Part | null)[], values: Values): string | null {
  let text = '';
  for (const part of parts) {
    if (part === null) return null;
    const value = 'text' in part ? part.text : values[part.name];
    if (typeof value !== 'string') return null;
    text += value;
  }
  return text;
}

const shipped = makeWords({ sv, nb, en, fi });

/** The shipped words; see {@link Words}. */
export const say: Words['say'] = shipped.say;
export const hasWords: Words['has'] = shipped.has;
export const lacking: Words['lacking'] = shipped.lacking;
