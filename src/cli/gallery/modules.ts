/** Browser modules put into one page: each as a data URL, found by name through an import map. */

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const imported = /(from\s+|import\s+)'(\.[^']+\.js)'/g;

export type Inlined = { entry: string; importMap: string };

/** @param entry a module; what it imports by relative path comes along. File names must differ. */
export function inlineModules(entry: URL): Inlined {
  const found = new Map<string, string>();
  const take = (file: URL): string => {
    const name = `page/${basename(file.pathname)}`;
    if (found.has(name)) return name;
    found.set(name, '');
    const source = readFileSync(file, 'utf8').replaceAll(
      imported,
      (_whole, words: string, path: string) => `${words}'${take(new URL(path, file))}'`,
    );
    found.set(name, `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`);
    return name;
  };
  return { entry: take(entry), importMap: JSON.stringify({ imports: Object.fromEntries(found) }) };
}
