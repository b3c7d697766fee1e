/** A command that is too long for a button, or that nobody but Rond may have written: kept until it is confirmed, and named in the button. */

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Command } from '../domain/steering/command.ts';
import type { Reply } from '../ports/chat.ts';
import { type Chair, chairCard } from './convenor.ts';
import { confirmModel } from './models/convenor-sends.ts';
import { readCommand } from './steer-command.ts';
import type { ForeseenNow } from './steer-do.ts';

export function askKept(
  chair: Chair,
  kept: string,
  found: ForeseenNow,
  how: 'show' | 'finish',
  page: number,
): Extract<Reply, { do: 'show' | 'finish' }> {
  const { group } = chair.loaded;
  return { do: how, card: chairCard(chair, 'confirm', confirmModel({ group, page, kept, ...found })) };
}

/** What is too long for a button lies in the database until it is confirmed, the last few of each person. */
const Kept = z.array(z.object({ id: z.string(), command: z.string() }));
const mostKept = 3;
const keyOf = ({ loaded, member }: Chair) => `member-lines:${loaded.group.key}:${member.key}`;

const allKept = async (chair: Chair) => Kept.catch([]).parse(await chair.store.settings.get(keyOf(chair)));

export async function keptAs(chair: Chair, id: string): Promise<Command | null> {
  const found = (await allKept(chair)).find((one) => one.id === id);
  return found ? readCommand(found.command) : null;
}

export async function keep(chair: Chair, command: Command, id: string = randomUUID().slice(0, 8)): Promise<string> {
  const others = (await allKept(chair)).filter((one) => one.id !== id);
  const all = [{ id, command: JSON.stringify(command) }, ...others].slice(0, mostKept);
  await chair.store.settings.set(keyOf(chair), all);
  return id;
}
