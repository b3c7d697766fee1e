/** The pages behind "Extend …", "Move the date …", "Excuse somebody …" and their like: each ends in the card that asks. */

import type { DateMode, ExtendPageModel, Named, PeopleMode, PeoplePageModel } from '../cards/convenor-models.ts';
import type { CardName, Models } from '../cards/models.ts';
import { hasWords, say } from '../cards/words.ts';
import type { Group } from '../domain/group.ts';
import { lastDay } from '../domain/schedule/reminders.ts';
import { closeFor } from '../domain/schedule/rounds.ts';
import type { Command } from '../domain/steering/command.ts';
import type { Reply, Submission } from '../ports/chat.ts';
import { type Chair, chairCard, refusal, roundNamed, today } from './convenor.ts';
import { effectiveDay } from './models/activity.ts';
import { pageOf } from './models/convenor.ts';
import { byName, listed, matching, memberFor, mostChoices, named } from './steer-choices.ts';
import { askFor, foreseen } from './steer-do.ts';
import { readDay } from './take-status.ts';
import { notice } from './turn.ts';

type At = Chair & { submission: Submission };

/** The page again with what was typed, each error beside its input. */
export function refuse<N extends CardName>(
  chair: Chair,
  name: N,
  model: Models[N],
  errors: Record<string, string>,
): Reply {
  const words = Object.entries(errors).map(([id, code]) => [
    id,
    say(chair.language, hasWords(`error.${code}`) ? `error.${code}` : `refused.${code}`, { convenor: '' }),
  ]);
  return { do: 'refuse', card: chairCard(chair, name, { ...model, errors }), errors: Object.fromEntries(words) };
}

/** The card that asks; what cannot be done is said beside the input it is about. */
async function askOr<N extends CardName>(
  chair: Chair,
  command: Command,
  name: N,
  model: Models[N],
  input: string,
): Promise<Reply> {
  const found = await foreseen(chair, command);
  if (found.is !== 'refused') return askFor(chair, command, 1, 'finish');
  return found.code === 'not-allowed' ? refusal(chair, found) : refuse(chair, name, model, { [input]: found.code });
}

const activityIn = (round: string) => round.slice(0, round.indexOf('/'));
const titleIn = (group: Group, key: string) => group.activities.find((one) => one.key === key)?.title ?? key;

const dateModes: DateMode[] = ['extend', 'reopen', 'move-date'];

export async function takeDate(chair: At): Promise<Reply> {
  const { values, verb } = chair.submission;
  const mode = dateModes.find((one) => one === values.mode);
  const model = mode && (await dateModel(chair, mode, values.key ?? ''));
  if (!model) return notice(chair, 'unknown-card');
  if (verb === 'steer.date') return { do: 'show', card: chairCard(chair, 'extend-page', model) };
  const typed = {
    ...model,
    values: { day: values.day ?? '', member: values.member ?? '', due: values.due || model.values.due },
  };
  const day = readDay(typed.values.day);
  if (day === null || day === 'bad')
    return refuse(chair, 'extend-page', typed, { day: day === null ? 'missing-day' : 'bad-date' });
  return askOr(chair, dateCommand(typed, day, Number(values.version ?? model.version)), 'extend-page', typed, 'day');
}

function dateCommand({ mode, key, values }: ExtendPageModel, day: Temporal.PlainDate, seen: number): Command {
  if (mode === 'move-date')
    return { do: mode, activity: key, ...(values.due ? { due: values.due } : {}), to: day, seen };
  if (mode === 'reopen') return { do: mode, round: key, closes: day, seen };
  const one = values.member !== '' && values.member !== 'all';
  return { do: mode, round: key, closes: day, ...(one ? { member: values.member } : {}), seen };
}

async function dateModel(chair: Chair, mode: DateMode, key: string): Promise<ExtendPageModel | null> {
  const { group, state } = chair.loaded;
  const base = { ref: group.key, mode, key, group: group.name, people: [], points: [], errors: {} };
  if (mode === 'move-date') {
    const activity = group.activities.find((one) => one.key === key);
    if (!activity) return null;
    const points = activity.due.map((due) => ({ key: due.key, day: effectiveDay(state, activity, due).toString() }));
    const first = points[0];
    return {
      ...base,
      title: activity.title,
      version: activity.version ?? 0,
      points,
      values: { day: first?.day ?? '', member: '', due: first?.key ?? '' },
    };
  }
  const round = await roundNamed(chair, key);
  if (!round) return null;
  const open = new Set(
    round.assignments.flatMap(({ member, state: is }) => (is === 'pending' || is === 'draft' ? [member] : [])),
  );
  const last = lastDay(closeFor(round, undefined), group.timeZone);
  const soonest = Temporal.PlainDate.compare(last, today(chair)) < 0 ? today(chair) : last;
  // In a round that keeps to counts, a list of those who have not answered would tell.
  const people = round.terms?.anonymity === 'counts' ? [] : group.members.filter((member) => open.has(member.key));
  return {
    ...base,
    title: titleIn(group, round.activity),
    version: round.version ?? 0,
    people: mode === 'extend' ? people.slice(0, mostChoices).map(named).sort(byName) : [],
    values: { day: soonest.add({ days: 7 }).toString(), member: 'all', due: '' },
  };
}

const peopleModes: PeopleMode[] = ['excuse', 'substitute', 'assign', 'chair', 'deputy', 'observer'];

export async function takePerson(chair: At): Promise<Reply> {
  const { values, verb } = chair.submission;
  const mode = peopleModes.find((one) => one === values.mode);
  const model = mode && peopleModel(chair, mode, values);
  if (!model) return notice(chair, 'unknown-card');
  if (verb !== 'steer.chosen') return { do: 'show', card: chairCard(chair, 'people-page', model) };
  const chosen = listed(values.member);
  if (chosen.length === 0) return refuse(chair, 'people-page', model, { member: 'missing-person' });
  const by = mode === 'substitute' ? memberFor(chair.loaded.group, values.by ?? '') : null;
  if (mode === 'substitute' && !by) return refuse(chair, 'people-page', model, { by: 'missing-person' });
  const command = personCommand(model, chosen, by?.key ?? '', Number(values.version ?? model.version));
  return askOr(chair, command, 'people-page', model, mode === 'substitute' ? 'by' : 'member');
}

function personCommand({ mode, key }: PeoplePageModel, chosen: string[], by: string, seen: number): Command {
  const member = chosen[0] ?? '';
  switch (mode) {
    case 'excuse':
      return { do: 'excuse', round: key, member, seen };
    case 'substitute':
      return { do: 'substitute', round: key, member, by, seen };
    case 'assign':
      return { do: 'assign', activity: key, owners: chosen.includes('all') ? 'all' : chosen, seen };
    case 'chair':
      return { do: 'hand-over-chair', to: member, seen };
    default:
      return { do: 'set-role', member, role: mode, seen };
  }
}

function peopleModel(chair: Chair, mode: PeopleMode, values: Record<string, string>): PeoplePageModel | null {
  const { group, state } = chair.loaded;
  const key = values.key ?? '';
  const round = state.rounds.find((one) => one.key === key);
  const activity = group.activities.find((one) => one.key === key);
  const onRound = mode === 'excuse' || mode === 'substitute';
  if (onRound && !round) return null;
  if (mode === 'assign' && !activity) return null;
  const open = new Set(
    round?.assignments.flatMap(({ member, state: is }) => (is === 'pending' || is === 'draft' ? [member] : [])),
  );
  const asked = new Set(round?.assignments.map(({ member }) => member));
  const secret = round?.terms?.anonymity === 'counts';
  const fits = group.members.filter((member) => {
    if (onRound) return secret ? asked.has(member.key) : open.has(member.key);
    return mode === 'assign' || member.role !== 'convenor';
  });
  const all = fits.map(named).sort(byName);
  const found = matching(all, values.find ?? '');
  const { rows, ...paged } = pageOf(found, Number(values.page ?? '1') || 1, mostChoices);
  const others = group.members
    .filter((member) => !asked.has(member.key))
    .map(named)
    .sort(byName);
  const owners =
    activity && activity.owners !== 'all' ? activity.owners.join(',') : activity?.owners === 'all' ? 'all' : '';
  return {
    ref: group.key,
    mode,
    key,
    version: round?.version ?? activity?.version ?? group.version ?? 0,
    group: group.name,
    title: round ? titleIn(group, activityIn(round.key)) : (activity?.title ?? ''),
    values: {
      member: values.member ?? (mode === 'assign' ? owners : ''),
      by: values.by ?? '',
      find: values.find ?? '',
    },
    people: rows,
    others: mode === 'substitute' ? substitutes(others, group) : [],
    many: all.length > mostChoices,
    ...paged,
    errors: {},
  };
}

/** Whoever is not asked already; in a small group where everybody is asked, everybody. */
function substitutes(others: Named[], group: Group): Named[] {
  const people = others.length > 0 ? others : group.members.map(named).sort(byName);
  return people.slice(0, mostChoices);
}
