/** What comes in from the platforms, verified: the one door to everything a person can do. */

import { type CommandName, parseCommand } from '../cards/commands.ts';
import type { Step } from '../delivery/steps.ts';
import type { Inbox, Reply, Submission } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { ImportWorld } from './drafts.ts';
import { takeDraft } from './drafts-review.ts';
import { takeImport } from './import-plan.ts';
import { takePresence } from './presence.ts';
import { takePlace } from './start-group.ts';
import { isRehearsal, type SendRehearsal, takeRehearsal } from './steer-rehearse.ts';
import { isSeat, takeSeat } from './steer-seat.ts';
import { takeSeatWord } from './steer-words.ts';
import type { Steering } from './steering.ts';
import { type AnswerRequest, takeAnswer } from './take-answer.ts';
import { answer, takeCommand } from './take-command.ts';
import { takeFix } from './take-fix.ts';
import { takeStatus } from './take-status.ts';
import { languageFor, notice, type Turn } from './turn.ts';

export type InboxOptions = {
  store: Store;
  clock: Clock;
  step: (step: Step) => void;
  /** Something was stored that may have something to send now. */
  wake: () => void;
} & Pick<ImportWorld, 'platforms' | 'readDocument' | 'holidays'> &
  Seating;

type Seating = { steering: Steering; rehearse: SendRehearsal };

const commandVerbs: Record<string, CommandName> = {
  'help.show': 'help',
  'plan.show': 'plan',
  'status.show': 'status',
  'surveys.show': 'surveys',
  'home.show': 'home',
};

export function createInbox({ store, clock, step, wake, steering, rehearse, ...plans }: InboxOptions): Inbox {
  const world = (): ImportWorld => ({ store, now: clock.now(), ...plans });
  return {
    async act(submission) {
      step('action-received');
      const reply = await route({ store, now: clock.now(), submission }, world, { steering, rehearse });
      step('action-committed');
      wake();
      return reply;
    },
    async command(command) {
      step('command-received');
      const people = await store.people.find(command.who);
      const language = await languageFor(people, command);
      const { who, where, channel } = command;
      const reply =
        (await takeImport(world(), { who, people, language }, command)) ??
        (await takeSeatWord(
          { store, steering, now: clock.now(), language, people, who, event: command.event },
          parseCommand(command.text),
          where,
        )) ??
        (await takeCommand({ store, now: clock.now(), people, language, who, where, channel }, command.text));
      // Whoever writes can be reached: what waited for them may go.
      wake();
      return reply;
    },
    async presence(presence) {
      await takePresence({ store, now: clock.now() }, presence);
      await takePlace(world(), presence);
      wake();
    },
  };
}

async function route(request: AnswerRequest, world: () => ImportWorld, seating: Seating): Promise<Reply> {
  const { store, submission } = request;
  const { verb, who, where } = submission;
  const area = verb.slice(0, verb.indexOf('.'));
  // The way that hundreds take at the same time: it knows the person from the assignment.
  const rehearsal = area === 'rate' && isRehearsal(submission.values.ref ?? '');
  if (area === 'rate' && !rehearsal) return takeAnswer(request);
  const people = await store.people.find(who);
  const turn: Turn = { ...request, people, language: await languageFor(people, submission) };
  if (rehearsal) return takeRehearsal({ ...turn, ...seating });
  if (isSeat(verb)) return takeSeat({ ...turn, ...seating });
  const command = commandVerbs[verb];
  if (command) return answer({ ...turn, who, where, channel: channelOf(submission) }, command);
  if (area === 'status') return takeStatus(turn);
  if (area === 'fix') return takeFix(turn);
  if (area === 'draft') return takeDraft(world(), turn);
  return notice(turn, 'unknown-card');
}

function channelOf({ where, message }: Submission): string | null {
  // In Teams a thread is named behind its channel.
  return where === 'channel' ? (message?.conversation.split(';')[0] ?? null) : null;
}
