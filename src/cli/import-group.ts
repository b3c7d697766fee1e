/** Reads a group file and its plan from disk, and saves the group. */

import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { holidayName } from '../adapters/calendar/holidays.ts';
import { openDocument } from '../adapters/documents/open-document.ts';
import { groupOf, readGroupFile } from '../app/group-file.ts';
import type { Group } from '../domain/group.ts';
import type { Kept } from '../domain/steering/kept-in-chat.ts';
import { UnreadableDocument } from '../ports/documents.ts';
import type { Store } from '../ports/store.ts';
import { Exit } from './exit.ts';

export const exampleFile = fileURLToPath(new URL('../library/example/group.yaml', import.meta.url));

export type ReadGroup = { group: Group; warnings: { code: string; message: string; line: number }[] };

/** Throws Exit 2 with every fault when the file or its plan cannot be used. `now`: when Rond begins to run it. */
export async function readGroup(file: string, now: Temporal.Instant): Promise<ReadGroup> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Exit(
      2,
      error.code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${error.code}).`,
    );
  });
  const read = readGroupFile(text);
  if (!read.ok) {
    const lines = read.faults.map(({ line, where, message }) => `  line ${line}: ${where} ${message}`);
    throw new Exit(2, `${file} is not a group file that can be used:\n${lines.join('\n')}`);
  }
  const plan = resolve(dirname(file), read.file.plan);
  try {
    const imported = groupOf(read.file, await openDocument(plan, process.stdin), now, holidayName);
    if (!imported.ok) throw new Exit(2, `${plan}: ${imported.message}`);
    return imported;
  } catch (error) {
    if (error instanceof UnreadableDocument) throw new Exit(2, error.message);
    throw error;
  }
}

/** Saved groups are looked at by the next tick. What was set in the chat and stays so, although the file says otherwise, is given back. */
export async function saveImported(store: Store, { group }: ReadGroup, now: Temporal.Instant): Promise<Kept[]> {
  const change = {
    at: now,
    kind: 'plan-imported' as const,
    activity: null,
    facts: { activities: String(group.activities.length) },
  };
  return store.groups.save(group, change, now);
}
