import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { languages } from '../domain/group.ts';
import type { Catalogue, Instrument } from '../domain/instrument.ts';

// Keys travel in input ids ("now:<key>"), SQL and JSON: ASCII slugs need no escaping anywhere.
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be a slug of a–z, 0–9 and single hyphens');
const version = z.int().min(1);
const words = z
  .partialRecord(z.enum(languages), z.string().trim().min(1))
  .refine((given) => Object.keys(given).length > 0, 'needs a name in at least one language');

const catalogueSchema: z.ZodType<Catalogue> = z.strictObject({
  key: slug,
  version,
  title: words,
  source: z.string().min(1),
  usualIn: z.string().length(2).optional(),
  items: z
    .array(
      z.strictObject({
        key: slug,
        names: words,
        status: z.enum(['existing', 'emerging']),
      }),
    )
    .min(1)
    .refine((items) => new Set(items.map((item) => item.key)).size === items.length, 'an item key stands twice'),
});

const instrumentSchema: z.ZodType<Instrument> = z.strictObject({
  key: slug,
  version,
  title: words,
  catalogue: slug,
  commentRequired: z.enum(['never', 'shortage-or-differs']),
  // Slack's text input ends at 3000 characters.
  commentMax: z.int().min(1).max(3000),
  // More than eight items do not fit in one card on either platform.
  pageSize: z.int().min(1).max(8),
});

export type Library = {
  instruments: Map<string, Instrument>;
  catalogues: Map<string, Catalogue>;
};

/**
 * Reads `instruments/*.json` and `catalogues/*.json` under a folder. Each file is named after its key.
 * Throws an Error that names the file and every fault in it.
 */
export function loadLibrary(folder: URL): Library {
  const catalogues = readAll(new URL('catalogues/', folder), catalogueSchema);
  const instruments = readAll(new URL('instruments/', folder), instrumentSchema);
  for (const { key, catalogue } of instruments.values()) {
    if (!catalogues.has(catalogue)) {
      throw new Error(
        `instruments/${key}.json: catalogue "${catalogue}" is not among ${[...catalogues.keys()].join(', ')}`,
      );
    }
  }
  return { instruments, catalogues };
}

function readAll<T extends { key: string }>(folder: URL, schema: z.ZodType<T>): Map<string, T> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return new Map(
    files.sort().map((file) => {
      const entry = readOne(new URL(file, folder), file, schema);
      return [entry.key, entry];
    }),
  );
}

function readOne<T extends { key: string }>(path: URL, file: string, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`${file}: not readable as JSON`, { cause });
  }
  const checked = schema.safeParse(json);
  if (!checked.success) throw new Error(`${file}:\n${z.prettifyError(checked.error)}`);
  if (file !== `${checked.data.key}.json`)
    throw new Error(`${file}: its key is "${checked.data.key}"; name the file after it`);
  return checked.data;
}
