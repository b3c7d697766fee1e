/** Nothing is done unseen: first what would be sent and what no longer, then the deed, then how it stands. */

import type { Command } from '../domain/steering/command.ts';
import type { Reply } from '../ports/chat.ts';
import type { AuditEntry } from '../ports/steering.ts';
import { activityCard, again, type Chair, chairCard, liveCard, refusal, shown } from './convenor.ts';
import { confirmModel, type Seen } from './models/convenor-sends.ts';
import { membersCard, settingsCard } from './settings-card.ts';
import { readCommand } from './steer-command.ts';
import type { Outcome, Refused } from './steering.ts';
import { notice } from './turn.ts';

/** `command`: with the version that it was judged by. */
export type ForeseenNow = { is: 'foreseen'; command: Command; seen: Seen; since: AuditEntry[] };

/** What a command would do now; what somebody else did meanwhile comes with it instead of standing in its way. */
export async function foreseen(chair: Chair, command: Command): Promise<ForeseenNow | Refused> {
  const { steering, by, loaded } = chair;
  const first = await steering.foresee(by, loaded, command);
  if (first.is === 'foreseen') return { is: 'foreseen', command, seen: first, since: [] };
  if (first.is === 'refused') {
    // An attempt is kept, and only what is tried for good is kept.
    if (first.code === 'not-allowed') await steering.carryOut(by, loaded.group.key, command);
    return first;
  }
  const current = { ...command, seen: first.current } as Command;
  const second = await steering.foresee(by, loaded, current);
  if (second.is === 'foreseen') return { is: 'foreseen', command: current, seen: second, since: first.since };
  return second.is === 'refused' ? second : { is: 'refused', code: 'nothing-changes' };
}

/** Not theirs to do: said politely, and kept. */
export async function notTheirs(chair: Chair, command: Command): Promise<Reply> {
  const outcome = await foreseen(chair, command);
  return refusal(chair, outcome.is === 'refused' ? outcome : { code: 'not-allowed' });
}

/** The card that says what stops and what starts. `how`: a page ends in it. */
export async function askFor(
  chair: Chair,
  command: Command,
  page = 1,
  how: 'show' | 'finish' = 'show',
): Promise<Reply> {
  const found = await foreseen(chair, command);
  if (found.is === 'refused') return refusal(chair, found);
  const { group } = chair.loaded;
  return { do: how, card: chairCard(chair, 'confirm', confirmModel({ group, page, ...found })) };
}

export async function ask(chair: Chair, text: string, page: number): Promise<Reply> {
  const command = readCommand(text);
  return command ? askFor(chair, command, page) : notice(chair, 'unknown-card');
}

export async function carryOut(chair: Chair, text: string): Promise<Reply> {
  const command = readCommand(text);
  if (!command) return notice(chair, 'unknown-card');
  const outcome = await chair.steering.carryOut(chair.by, chair.loaded.group.key, command);
  if (outcome.is === 'refused') return refusal(chair, outcome);
  if (outcome.is === 'stale') return askFor(chair, command, 1, 'finish');
  return after(chair, command, outcome);
}

/** How it stands now. */
export async function after(chair: Chair, command: Command, outcome: Outcome): Promise<Reply> {
  const next = await again(chair);
  const said = outcome.is === 'done' ? saidOf(command) : '';
  const round =
    'round' in command
      ? command.round
      : outcome.is === 'done' && command.do === 'schedule-round'
        ? outcome.round
        : undefined;
  if (round) return shown(next, await liveCard(next, round, { said }), 'finish');
  if ('activity' in command) return shown(next, activityCard(next, command.activity, { said }), 'finish');
  const isOfMembers = command.do === 'place-members' || command.do === 'remove-member' || command.do === 'add-members';
  return { do: 'finish', card: isOfMembers ? membersCard(next, { said }) : settingsCard(next, { said }) };
}

const saidOf = (command: Command): string =>
  command.do === 'set-council' && !command.council ? 'leave-council' : command.do;
