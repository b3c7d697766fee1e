/** What Teams would refuse, by Microsoft's own schema of the manifest's version, without asking anybody. */

import localizationSchema from '@microsoft/app-manifest/build/json-schemas/teams/v1.25/MicrosoftTeams.Localization.schema.json' with {
  type: 'json',
};
import manifestSchema from '@microsoft/app-manifest/build/json-schemas/teams/v1.25/MicrosoftTeams.schema.json' with {
  type: 'json',
};
import ajv, { type ErrorObject } from 'ajv-draft-04';
import formats from 'ajv-formats';
import type { TeamsApp } from './teams-package.ts';

export type Fault = { file: string; where: string; problem: string };

const domain = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+(:\d+)?$/i;

/** Every fault, none when Teams would take the package. */
export function teamsFaults({ manifest, languages }: TeamsApp): Fault[] {
  // Microsoft's patterns are not written for the `u` flag.
  const judge = new ajv.default({ allErrors: true, strict: false, unicodeRegExp: false });
  formats.default(judge);
  const check = (file: string, schema: object, data: unknown): Fault[] => {
    const validate = judge.compile(schema);
    return validate(data) ? [] : (validate.errors ?? []).map((error) => ({ file, ...worded(error) }));
  };
  return [
    ...check('manifest.json', manifestSchema, manifest),
    ...Object.entries(languages).flatMap(([tag, strings]) => check(`${tag}.json`, localizationSchema, strings)),
    ...domainsOf(manifest)
      .filter((name) => !domain.test(name))
      .map((name) => ({
        file: 'manifest.json',
        where: 'validDomains',
        problem: `"${name}" is not a domain: give it as bot.example.org, without https:// and path`,
      })),
  ];
}

function worded({ instancePath, message, params }: ErrorObject): Pick<Fault, 'where' | 'problem'> {
  const where = instancePath.slice(1).replaceAll('/', '.') || 'the whole';
  const extra = 'additionalProperty' in params ? ` (${String(params.additionalProperty)})` : '';
  const allowed = 'allowedValues' in params ? `: ${(params.allowedValues as unknown[]).join(', ')}` : '';
  return { where, problem: `${message ?? 'is not as it must be'}${extra}${allowed}` };
}

function domainsOf(manifest: Record<string, unknown>): string[] {
  return Array.isArray(manifest.validDomains) ? manifest.validDomains.map(String) : [];
}
