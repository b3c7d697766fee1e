/** The sandbox's memory on disk: one JSON file, written a moment after a change, whole or not at all. */

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { DirectoryBody } from './directory.ts';

const SavedSandbox = z.object({
  version: z.literal(1),
  now: z.string(),
  directory: DirectoryBody,
  seen: z.record(z.string(), z.number()),
  teams: z.unknown(),
  slack: z.unknown(),
});
export type SavedSandbox = z.infer<typeof SavedSandbox>;

/** What was saved, or null when there is nothing (or nothing usable: the sandbox then starts empty). */
export async function readSaved(path: string): Promise<SavedSandbox | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return SavedSandbox.parse(JSON.parse(text));
  } catch {
    // The old file stays beside the new one, in case somebody wants to know what was in it.
    await rename(path, `${path}.unreadable`).catch(() => undefined);
    return null;
  }
}

export type Saver = { soon(): void; flush(): Promise<void> };

/** Saves what `take` returns: at most once per `afterMs`, one write at a time, by rename so that a crash leaves the old file. */
export function saver(path: string, take: () => SavedSandbox, afterMs = 500): Saver {
  let timer: NodeJS.Timeout | null = null;
  let writing = Promise.resolve();

  const write = async () => {
    const draft = `${path}.${process.pid}.tmp`;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(draft, JSON.stringify(take()));
    await rename(draft, path);
  };
  const next = () => {
    timer = null;
    writing = writing.then(write).catch((error: unknown) => {
      process.stderr.write(`sandbox: could not save ${path}: ${String(error)}\n`);
    });
    return writing;
  };
  return {
    soon: () => {
      timer ??= setTimeout(next, afterMs);
    },
    flush: async () => {
      if (timer) {
        clearTimeout(timer);
        await next();
      }
      await writing;
    },
  };
}
