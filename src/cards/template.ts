/** The templates in `cards/`: compiled once, expanded with data, refused when a value is missing. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Card } from '../ports/chat.ts';
import { CardFault } from './card-fault.ts';
import type { CardName } from './models.ts';

/** What is used of the library; its own types lead into sources that do not pass the project's compiler settings. */
type Library = {
  Template: new (source: unknown) => { expand(context: { $root: unknown }): unknown };
  GlobalSettings: { getUndefinedFieldValueSubstitutionString: (path: string) => string | undefined };
};
const require = createRequire(import.meta.url);
const { GlobalSettings, Template } = require('adaptivecards-templating') as Library;

export type CompiledTemplate = {
  /** Names of the words the template uses as `t.<name>`. */
  words: string[];
  /** Throws CardFault naming every path that the data lacks. */
  expand(data: Record<string, unknown>): Card;
};

// The library tells of a missing path only through this global hook; expanding is synchronous, so one list serves all.
let missing: string[] = [];
GlobalSettings.getUndefinedFieldValueSubstitutionString = (path: string) => {
  missing.push(path);
  return undefined;
};

const compiled = new Map<CardName, CompiledTemplate>();

/** Compiling costs about a hundred expansions: it is done once. */
export function templateOf(name: CardName): CompiledTemplate {
  const known = compiled.get(name);
  if (known) return known;
  const source = readFileSync(new URL(`../../cards/${name}.json`, import.meta.url), 'utf8');
  const template = new Template(JSON.parse(source));
  const made: CompiledTemplate = {
    words: [...new Set([...source.matchAll(/\bt\.([A-Za-z0-9]+)/g)].map((match) => match[1] as string))],
    expand(data) {
      missing = [];
      const card = template.expand({ $root: data }) as Card;
      if (missing.length > 0) throw new CardFault(name, [...new Set(missing)]);
      return card;
    },
  };
  compiled.set(name, made);
  return made;
}
