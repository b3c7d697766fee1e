/** The app package that an administrator uploads to Teams: a manifest, its languages and two icons in one zip. */

import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import cardsEn from '../../../cards/languages/en.json' with { type: 'json' };
import cardsFi from '../../../cards/languages/fi.json' with { type: 'json' };
import cardsNb from '../../../cards/languages/nb.json' with { type: 'json' };
import cardsSv from '../../../cards/languages/sv.json' with { type: 'json' };
import en from '../../../manifest/teams/en.json' with { type: 'json' };
import fi from '../../../manifest/teams/fi.json' with { type: 'json' };
import template from '../../../manifest/teams/manifest.json' with { type: 'json' };
import nb from '../../../manifest/teams/nb.json' with { type: 'json' };
import sv from '../../../manifest/teams/sv.json' with { type: 'json' };
import type { Language } from '../../domain/group.ts';

export type TeamsAppOptions = {
  /** Application (client) id of the bot's registration; the app bears the same. */
  appId: string;
  /** Where Rond answers, as "bot.example.org"; a port may follow. */
  domain: string;
  /** Of the app: Teams takes an update only with a higher one. */
  version?: string;
  /** Who runs Rond, as shown in Teams. */
  organisation?: string;
  websiteUrl?: string;
  privacyUrl?: string;
  termsOfUseUrl?: string;
};

export type Localization = Record<string, string>;
export type TeamsApp = { manifest: Record<string, unknown>; languages: Record<Language, Localization> };

type Words = Record<string, string>;
const texts: Record<Language, Words> = { en, sv, nb, fi };
const said: Record<Language, Words> = { en: cardsEn, sv: cardsSv, nb: cardsNb, fi: cardsFi };

/** What Teams suggests while somebody writes to Rond, in this order; the words are those that Rond understands. */
const suggested = ['home', 'surveys', 'status', 'plan', 'help'] as const;
const lists = [['personal'], ['team', 'groupChat']];

/** The parts of the package; nothing is checked yet. */
export function teamsApp(options: TeamsAppOptions): TeamsApp {
  const site = `https://${options.domain}`;
  const { name: developer } = template.developer;
  const manifest = {
    ...template,
    ...(options.version ? { version: options.version } : {}),
    id: options.appId,
    developer: {
      name: options.organisation ?? developer,
      websiteUrl: options.websiteUrl ?? `${site}/about`,
      privacyUrl: options.privacyUrl ?? `${site}/about#privacy`,
      termsOfUseUrl: options.termsOfUseUrl ?? `${site}/about#terms`,
    },
    name: { short: en['name.short'], full: en['name.full'] },
    description: { short: en['description.short'], full: en['description.full'] },
    bots: template.bots.map((bot) => ({
      ...bot,
      botId: options.appId,
      commandLists: lists.map((scopes) => ({ scopes, commands: commandsIn('en') })),
    })),
    validDomains: [options.domain],
    localizationInfo: {
      defaultLanguageTag: 'en',
      defaultLanguageFile: 'en.json',
      additionalLanguages: (['sv', 'nb', 'fi'] as const).map((tag) => ({ languageTag: tag, file: `${tag}.json` })),
    },
  };
  return {
    manifest,
    languages: {
      en: localization('en'),
      sv: localization('sv'),
      nb: localization('nb'),
      fi: localization('fi'),
    },
  };
}

/** The zip, everything at its top. */
export function zipped({ manifest, languages }: TeamsApp): Uint8Array {
  const json = (value: unknown) => strToU8(`${JSON.stringify(value, null, 2)}\n`);
  const icon = (name: string) =>
    new Uint8Array(readFileSync(new URL(`../../../manifest/teams/${name}`, import.meta.url)));
  return zipSync({
    'manifest.json': json(manifest),
    'color.png': icon('color.png'),
    'outline.png': icon('outline.png'),
    ...Object.fromEntries(Object.entries(languages).map(([tag, strings]) => [`${tag}.json`, json(strings)])),
  });
}

function commandsIn(language: Language): { title: string; description: string }[] {
  return suggested.map((command) => ({
    title: said[language][`command.${command}`] ?? '',
    description: texts[language][`command.${command}`] ?? '',
  }));
}

/** Teams names a translated text by its path in the manifest. */
function localization(language: Language): Localization {
  const words = texts[language];
  const commands = lists.flatMap((_scopes, list) =>
    commandsIn(language).flatMap(({ title, description }, index) => {
      const path = `bots[0].commandLists[${list}].commands[${index}]`;
      return [
        [`${path}.title`, title],
        [`${path}.description`, description],
      ];
    }),
  );
  const own = ['name.short', 'name.full', 'description.short', 'description.full'].map((key) => [key, words[key]]);
  return {
    $schema: template.$schema.replace('MicrosoftTeams.schema', 'MicrosoftTeams.Localization.schema'),
    ...Object.fromEntries([...own, ...commands]),
  };
}
