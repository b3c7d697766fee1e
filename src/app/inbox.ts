/** What comes in from the platforms, verified: the one door to everything a person can do. */

import { type CommandName, parseCommand } from '../cards/commands.ts';
import type { Step } from '../delivery/steps.ts';
import type { Inbox, Reply, Submission } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { takeAdding } from './add-members.ts';
import type { ImportWorld } from './drafts.ts';
import { takeDraft } from './drafts-review.ts';
import type { Feeds } from './feeds.ts';
import { takeImport } from './import-plan.ts';
import { type Newcomers, newcomersIn } from './newcomers.ts';
import type { PlanPictures } from './plan-pictures.ts';
import { takePresence } from './presence.ts';
import { takePlace } from './start-group.ts';
import { isRehearsal, type SendRehearsal, takeRehearsal } from './steer-rehearse.ts';
import { isSeat, takeSeat } from './steer-seat.ts';
import { takeSeatWord } from './steer-words.ts';
import type { Steering } from './steering.ts';
import { takeAdmin } from './take-admin.ts';
import { type AnswerRequest, takeAnswer } from './take-answer.ts';
import { takeCalendar } from './take-calendar.ts';
import { answer, takeCommand } from './take-command.ts';
import { takeDigest } from './take-digest.ts';
import { takeFix } from './take-fix.ts';
import { takeStatus } from './take-status.ts';
import { takeSummary } from './take-summary.ts';
import { languageFor, notice, pageIn, type Turn } from './turn.ts';

export type InboxOptions = {
  store: Store;
  clock: Clock;
  step: (step: Step) => void;
  /** Something was stored that may have something to send now. */
  wake: () => void;
} & Pick<ImportWorld, 'platforms' | 'readDocument' | 'holidays'> &
  Seating;

type Seating = { steering: Steering; rehearse: SendRehearsal; feeds: Feeds; pictures: PlanPictures };
type Seats = Seating & Pick<ImportWorld, 'holidays'> & { newcomers: Newcomers };

const commandVerbs: Record<string, CommandName> = {
  'help.show': 'help',
  'plan.show': 'plan',
  'status.show': 'status',
  'surveys.show': 'surveys',
  'home.show': 'home',
};

export function createInbox({
  store,
  clock,
  step,
  wake,
  steering,
  rehearse,
  feeds,
  pictures,
  ...plans
}: InboxOptions): Inbox {
  const world = (): ImportWorld => ({ store, now: clock.now(), ...plans });
  const newcomers = newcomersIn({ store, platforms: plans.platforms, clock });
  return {
    async act(submission) {
      step('action-received');
      const reply = await route({ store, now: clock.now(), submission }, world, {
        steering,
        rehearse,
        feeds,
        pictures,
        newcomers,
        holidays: plans.holidays,
      });
      step('action-committed');
      wake();
      return reply;
    },
    async command(command) {
      step('command-received');
      const people = await store.people.find(command.who);
      const language = await languageFor(people, command);
      const { who, where, channel, event } = command;
      const name = parseCommand(command.text);
      const asked = { store, steering, pictures, now: clock.now(), language, people, who, event };
      const reply =
        (await takeAdding({ ...asked, newcomers, rehearse }, command)) ??
        (await takeImport(world(), { who, people, language }, command)) ??
        (name === 'calendar' ? await takeCalendar({ ...asked, feeds, where }, 'calendar.show', {}) : null) ??
        (await takeSeatWord(asked, name, where)) ??
        (await takeCommand({ ...asked, where, channel }, command.text));
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

async function route(request: AnswerRequest, world: () => ImportWorld, seating: Seats): Promise<Reply> {
  const { store, submission } = request;
  const { verb, who, where } = submission;
  const area = verb.slice(0, verb.indexOf('.'));
  // The way that hundreds take at the same time: it knows the person from the assignment.
  const rehearsal = (area === 'rate' || area === 'summary') && isRehearsal(submission.values.ref ?? '');
  if (area === 'rate' && !rehearsal) return takeAnswer(request);
  const people = await store.people.find(who);
  const turn: Turn = { ...request, people, language: await languageFor(people, submission) };
  if (rehearsal) return takeRehearsal({ ...turn, ...seating });
  if (area === 'calendar') return takeCalendar({ ...turn, ...seating, ...submission }, verb, submission.values);
  if (area === 'admin') return takeAdmin({ ...turn, ...seating });
  if (isSeat(verb)) return takeSeat({ ...turn, ...seating });
  const command = commandVerbs[verb];
  const { pictures } = seating;
  if (command) {
    const { group } = submission.values;
    const asked = { ...turn, pictures, who, where, channel: channelOf(submission), page: pageIn(submission), group };
    return answer(asked, command);
  }
  if (area === 'digest') return takeDigest({ ...turn, ...seating, channel: channelOf(submission) });
  if (area === 'summary') return takeSummary({ ...turn, ...seating, channel: channelOf(submission) });
  if (area === 'status') return takeStatus({ ...turn, ...seating });
  if (area === 'fix') return takeFix({ ...turn, ...seating });
  if (area === 'draft') return takeDraft(world(), turn);
  return notice(turn, 'unknown-card');
}

function channelOf({ where, message }: Submission): string | null {
  // In Teams a thread is named behind its channel.
  return where === 'channel' ? (message?.conversation.split(';')[0] ?? null) : null;
}
