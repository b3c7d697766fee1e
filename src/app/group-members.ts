/** Who is in the group and what they speak for: the list, and the page on which many are placed at once. */

import type { Command } from '../domain/steering/command.ts';
import type { Reply, Submission } from '../ports/chat.ts';
import { again, type Chair, chairCard, refusal } from './convenor.ts';
import { askKept, keep, keptAs } from './kept-command.ts';
import { linesFor, placingsIn } from './member-lines.ts';
import { isUnstated, knownConstituencies } from './models/group.ts';
import { membersCard } from './settings-card.ts';
import { foreseen, notTheirs } from './steer-do.ts';
import { refuse } from './steer-pages.ts';
import { notice, pageIn } from './turn.ts';

type At = Chair & { submission: Submission };

export async function takeMembers(chair: At): Promise<Reply> {
  const { verb, values } = chair.submission;
  if (verb === 'group.members') return { do: 'show', card: membersCard(chair, { page: pageIn(chair.submission) }) };
  if (!chair.may.includes('place-members')) return notTheirs(chair, { do: 'place-members', members: [] });
  switch (verb) {
    case 'group.lines':
      return {
        do: 'show',
        card: chairCard(chair, 'members-page', pageModel(chair, linesFor(chair.loaded.group, isUnstated))),
      };
    case 'group.lined':
      return takeLines(chair, values.lines ?? '');
    case 'lines.ask':
      return askAgain(chair, values.command ?? '');
    case 'lines.do':
      return carryOut(chair, values.command ?? '');
    default:
      return notice(chair, 'unknown-card');
  }
}

function pageModel(chair: Chair, lines: string) {
  const { group } = chair.loaded;
  const known = knownConstituencies(group);
  return { ref: group.key, group: group.name, version: group.version ?? 0, lines, known, errors: {} };
}

async function takeLines(chair: At, text: string): Promise<Reply> {
  const { group } = chair.loaded;
  const model = pageModel(chair, text);
  const { placings, odd } = placingsIn(group, text);
  if (odd.length > 0) return refuse(chair, 'members-page', model, { lines: `unknown-lines|${odd.join('; ')}` });
  if (placings.length === 0) return refuse(chair, 'members-page', model, { lines: 'no-lines' });
  const seen = Number(chair.submission.values.version ?? model.version);
  const command: Command = { do: 'place-members', members: placings, seen };
  const found = await foreseen(chair, command);
  if (found.is === 'refused') return refuse(chair, 'members-page', model, { lines: found.code });
  return askKept(chair, await keep(chair, found.command), found, 'finish', 1);
}

async function askAgain(chair: At, id: string): Promise<Reply> {
  const command = await keptAs(chair, id);
  if (!command) return notice(chair, 'unknown-card');
  const found = await foreseen(chair, command);
  if (found.is === 'refused') return refusal(chair, found);
  return askKept(chair, await keep(chair, found.command, id), found, 'show', pageIn(chair.submission));
}

async function carryOut(chair: At, id: string): Promise<Reply> {
  const command = await keptAs(chair, id);
  if (!command) return notice(chair, 'unknown-card');
  const outcome = await chair.steering.carryOut(chair.by, chair.loaded.group.key, command);
  if (outcome.is === 'refused') return refusal(chair, outcome);
  if (outcome.is === 'stale') {
    const found = await foreseen(chair, command);
    if (found.is === 'refused') return refusal(chair, found);
    return askKept(chair, await keep(chair, found.command, id), found, 'finish', 1);
  }
  return { do: 'finish', card: membersCard(await again(chair), { said: outcome.is === 'done' ? command.do : '' }) };
}
