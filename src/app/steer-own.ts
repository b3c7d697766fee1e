/** What people say about themselves: remind me later, I am away, somebody stands in for me, I am back. */

import type { SnoozePageModel } from '../cards/convenor-models.ts';
import { longDay } from '../cards/dates.ts';
import { say } from '../cards/words.ts';
import type { Group, Language } from '../domain/group.ts';
import type { OwnCommand } from '../domain/steering/command.ts';
import type { Reply } from '../ports/chat.ts';
import { cardBehind, openedOn } from './card-behind.ts';
import { type Chair, chairCard, chairOf, refusal } from './convenor.ts';
import { readRef } from './models/activity.ts';
import { readDay } from './read-day.ts';
import { choicesOf, memberFor } from './steer-choices.ts';
import { refuse } from './steer-pages.ts';
import { isRehearsal } from './steer-rehearse.ts';
import type { SeatTurn } from './steer-seat.ts';
import { notice } from './turn.ts';

type About = Extract<OwnCommand, { do: 'snooze' }>['about'];
type Own = { chair: Chair; about: About | null; title: string };

export async function takeOwn(turn: SeatTurn): Promise<Reply> {
  const { values, verb } = turn.submission;
  if (isRehearsal(values.ref ?? '')) return { do: 'notice', text: say(turn.language, 'rehearsal.over') };
  const own = await ownOf(turn);
  if ('do' in own) return own;
  if (verb === 'me.later') {
    await noteOpened(turn, own);
    return { do: 'show', card: chairCard(own.chair, 'snooze-page', snoozeModel(own, values)) };
  }
  if (verb === 'me.back') return back(turn, own);
  return verb === 'me.snooze' ? save(turn, own) : notice(turn, 'unknown-card');
}

async function noteOpened({ store, submission }: SeatTurn, { chair, about }: Own): Promise<void> {
  if (!submission.message || !about || !('due' in about)) return;
  await store.ledger.pageOpened(chair.loaded.id, chair.member.key, submission.message, chair.now);
}

/** Of a survey that was answered meanwhile there is nothing to go back to. */
async function back(turn: SeatTurn, { chair, about }: Own): Promise<Reply> {
  const card = about && (await cardBehind(turn, chair.loaded, chair.member, about, turn.submission.values));
  if (card) return { do: 'show', card };
  return notice(turn, about && 'round' in about ? 'answered' : 'unknown-card');
}

/** The page that "away" in words leads to. */
export function awayReply(chair: Chair): Reply {
  const own: Own = { chair, about: null, title: '' };
  return { do: 'show', card: chairCard(chair, 'snooze-page', snoozeModel(own, { what: 'away' })) };
}

async function ownOf(turn: SeatTurn): Promise<Own | Reply> {
  const { submission, people } = turn;
  const { who, event, values } = submission;
  const ref = values.ref ?? '';
  const point = readRef(ref);
  const part = ref !== '' && !point ? await turn.store.answers.assignment(ref) : null;
  const group = point?.group ?? part?.groupKey ?? values.group;
  if (ref !== '' && !point && !part) return notice(turn, 'unknown-card');
  if (people.length > 0 && !people.some(({ groupKey }) => groupKey === group)) return notice(turn, 'not-yours');
  const chair = await chairOf({ ...turn, who, event }, group);
  if ('do' in chair) return chair;
  if (part && part.member.key !== chair.member.key) return notice(turn, 'not-yours');
  if (part) return { chair, about: { round: part.round.key }, title: part.round.title };
  if (!point) return { chair, about: null, title: '' };
  const title = chair.loaded.group.activities.find(({ key }) => key === point.activity)?.title ?? '';
  return { chair, about: { activity: point.activity, due: point.due }, title };
}

function snoozeModel({ chair, about, title }: Own, values: Record<string, string>): SnoozePageModel {
  const { group } = chair.loaded;
  return {
    ref: values.ref ?? '',
    from: openedOn(values),
    groupKey: group.key,
    group: group.name,
    title,
    isAway: about === null,
    values: { what: values.what ?? '1', until: values.until ?? '', substitute: values.substitute ?? '' },
    people: choicesOf(group.members.filter(({ key }) => key !== chair.member.key)),
    errors: {},
  };
}

async function save(turn: SeatTurn, own: Own): Promise<Reply> {
  const { chair } = own;
  const { values } = turn.submission;
  const model = snoozeModel(own, values);
  const command = commandOf(own, values, turn.now);
  if ('errors' in command) return refuse(chair, 'snooze-page', model, command.errors);
  // One is away from all groups at once.
  const rest =
    command.do === 'snooze' ? [] : chair.people.filter(({ groupKey }) => groupKey !== chair.loaded.group.key);
  const outcome = await chair.steering.carryOut(chair.by, chair.loaded.group.key, command);
  if (outcome.is === 'refused') {
    const input =
      command.do === 'back'
        ? 'what'
        : outcome.code === 'same-person' || outcome.code === 'unknown-member'
          ? 'substitute'
          : 'until';
    return outcome.code === 'not-allowed'
      ? refusal(chair, outcome)
      : refuse(chair, 'snooze-page', model, { [input]: outcome.code });
  }
  for (const { groupKey } of rest) {
    const there = { ...chair.by, event: `${chair.by.event}:${groupKey}` };
    await chair.steering.carryOut(there, groupKey, withoutSubstitute(command));
  }
  const text = told(chair.loaded.group, chair.language, command);
  const title = say(turn.language, 'notice.saved.title');
  return { do: 'finish', card: chairCard(chair, 'notice', { title, text }) };
}

/** Who stands in for one in this group need not be in another. */
function withoutSubstitute(command: OwnCommand): OwnCommand {
  return command.do === 'away' ? { do: 'away', until: command.until } : command;
}

function commandOf(
  { chair, about }: Own,
  values: Record<string, string>,
  now: Temporal.Instant,
): OwnCommand | { errors: Record<string, string> } {
  const what = values.what ?? '';
  if (what === 'back') return { do: 'back' };
  const here = now.toZonedDateTimeISO(chair.member.timeZone).toPlainDate();
  if (about && (what === '1' || what === '3')) return { do: 'snooze', about, until: here.add({ days: Number(what) }) };
  const until = readDay(values.until ?? '');
  if (until === null || until === 'bad') return { errors: { until: until === null ? 'missing-day' : 'bad-date' } };
  if (about && what === 'until') return { do: 'snooze', about, until };
  if (what !== 'away') return { errors: { what: 'missing-day' } };
  const written = (values.substitute ?? '').trim();
  const substitute = written === '' ? null : memberFor(chair.loaded.group, written);
  if (written !== '' && !substitute) return { errors: { substitute: 'unknown-person' } };
  return { do: 'away', until, ...(substitute ? { substitute: substitute.key } : {}) };
}

function told(group: Group, language: Language, command: OwnCommand): string {
  if (command.do === 'back') return say(language, 'snooze-page.returned');
  const day = longDay(command.until.toString(), language);
  if (command.do === 'snooze') return say(language, 'snooze-page.snoozed', { day });
  const name = group.members.find(({ key }) => key === command.substitute)?.name;
  return name ? say(language, 'snooze-page.goneWith', { day, name }) : say(language, 'snooze-page.gone', { day });
}
