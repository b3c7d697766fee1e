/** What `rond play --answers` reads: who answers, how long after the message, and what. */

import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { ratingChoices } from '../../domain/levels.ts';
import { statuses } from '../../domain/state.ts';
import { Exit } from '../exit.ts';

const rating = z.strictObject({
  now: z.enum(ratingChoices),
  coming: z.enum(ratingChoices),
  comment: z.string().default(''),
});

export const Answers = z.strictObject({
  /** By member key. A member who is not named does not answer. */
  members: z.record(
    z.string(),
    z.strictObject({
      /** Hours after the invitation; left out: this member does not rate. */
      ratesAfterHours: z.number().min(0).optional(),
      /** Item key → rating; items that are not named get an example. */
      ratings: z.record(z.string(), rating).default({}),
      /** Hours after a status card; left out: no word is given. */
      statusAfterHours: z.number().min(0).optional(),
      status: z.enum(statuses).default('done'),
    }),
  ),
});
export type Answers = z.infer<typeof Answers>;

export async function readAnswers(file: string): Promise<Answers> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Exit(
      2,
      error.code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${error.code}).`,
    );
  });
  try {
    return Answers.parse(parse(text));
  } catch (error) {
    if (!(error instanceof z.ZodError))
      throw new Exit(2, `${file} is neither YAML nor JSON: ${(error as Error).message.split('\n')[0]}`);
    const faults = error.issues.map((issue) => `  ${issue.path.join('.') || 'file'}: ${issue.message}`);
    throw new Exit(2, `${file} is not an answers file:\n${faults.join('\n')}`);
  }
}
