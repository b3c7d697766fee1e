/** The pages behind "Extend …", "Move the date …", "Excuse somebody …" and their like: each ends in the card that asks. */

import type { DateMode, ExtendPageModel, PeopleMode, PeoplePageModel } from '../cards/convenor-models.ts';
import { faultWords } from '../cards/fault-words.ts';
import type { CardName, Models } from '../cards/models.ts';
import { voiceIn } from '../cards/voice.ts';
import { type Group, roles } from '../domain/group.ts';
import { lastDay } from '../domain/schedule/reminders.ts';
import { closeFor } from '../domain/schedule/rounds.ts';
import { keepsToCounts } from '../domain/state.ts';
import type { Command, RefusalCode } from '../domain/steering/command.ts';
import type { Reply, Submission } from '../ports/chat.ts';
import { type Chair, chairCard, refusal, roundNamed, today } from './convenor.ts';
import { effectiveDay } from './models/activity.ts';
import { isUnstated, knownConstituencies } from './models/group.ts';
import { pageOf } from './models/pages.ts';
import { readDay } from './read-day.ts';
import { byName, choicesOf, listed, matching, mostChoices, named, notOne, people } from './steer-choices.ts';
import { askFor, foreseen } from './steer-do.ts';
import { notice } from './turn.ts';

type At = Chair & { submission: Submission };

type Seen = Pick<Chair, 'language' | 'people' | 'loaded'>;

/** The page again with what was typed, each error beside its input. */
export function refuse<N extends CardName>(
  chair: Seen,
  name: N,
  model: Models[N],
  errors: Record<string, string>,
): Reply {
  const voice = voiceIn(chair.language);
  const words = Object.entries(errors).map(([id, fault]) => [id, faultWords(fault, voice)]);
  return { do: 'refuse', card: chairCard(chair, name, { ...model, errors }), errors: Object.fromEntries(words) };
}

/** The card that asks; what cannot be done is said beside the input it is about. */
export async function askOr<N extends CardName>(
  chair: Chair,
  command: Command,
  name: N,
  model: Models[N],
  input: string | ((code: RefusalCode) => string),
): Promise<Reply> {
  const found = await foreseen(chair, command);
  if (found.is !== 'refused') return askFor(chair, command, 1, 'finish');
  if (found.code === 'not-allowed') return refusal(chair, found);
  const beside = typeof input === 'string' ? input : input(found.code);
  return refuse(chair, name, model, { [beside]: found.code });
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
  const whose = typed.values.member.trim();
  const meant = mode === 'extend' && whose !== '' && whose !== 'all' ? people(chair.loaded.group)(whose) : null;
  if (meant && meant.is !== 'one') return refuse(chair, 'extend-page', typed, { member: notOne(meant) });
  if (meant) typed.values.member = meant.member.key;
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
  const base = { ref: group.key, mode, key, group: group.name, people: [], many: false, points: [], errors: {} };
  if (mode === 'move-date') {
    const activity = group.activities.find((one) => one.key === key);
    if (!activity) return null;
    const points = activity.due.map((due) => ({
      key: due.key,
      day: effectiveDay(group, state, activity, due).toString(),
    }));
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
  const isCounted = round.terms?.anonymity === 'counts';
  const waiting = isCounted || mode !== 'extend' ? [] : group.members.filter((member) => open.has(member.key));
  return {
    ...base,
    title: titleIn(group, round.activity),
    version: round.version ?? 0,
    people: choicesOf(waiting),
    many: waiting.length > mostChoices,
    values: { day: soonest.add({ days: 7 }).toString(), member: 'all', due: '' },
  };
}

const peopleModes: PeopleMode[] = [
  ...(['excuse', 'substitute', 'assign', 'hand-over'] as const),
  ...(['chair', 'role', 'away', 'place', 'remove'] as const),
];

export async function takePerson(chair: At): Promise<Reply> {
  const { values, verb } = chair.submission;
  const mode = peopleModes.find((one) => one === values.mode);
  const model = mode && peopleModel(chair, mode, values);
  if (!model) return notice(chair, 'unknown-card');
  const round = chair.loaded.state.rounds.find(({ key }) => key === model.key);
  if (round && keepsToCounts(round)) return refusal(chair, { code: 'counts-only' });
  if (verb !== 'steer.chosen') return { do: 'show', card: chairCard(chair, 'people-page', model) };
  const chosen = listed(values.member);
  if (chosen.length === 0) {
    const errors = { member: 'missing-person' };
    // Whoever wrote a part of a name and handed it in, instead of looking for it, is shown whom it fits.
    return model.many && model.values.find !== ''
      ? { do: 'show', card: chairCard(chair, 'people-page', { ...model, errors }) }
      : refuse(chair, 'people-page', model, errors);
  }
  const seen = Number(values.version ?? model.version);
  if (mode === 'role') return takeRole(chair, model, chosen[0] ?? '', seen);
  if (mode === 'place') return takePlace(chair, model, chosen[0] ?? '', seen);
  const written = (values.by ?? '').trim();
  const meant =
    mode === 'substitute' || (mode === 'away' && written !== '') ? people(chair.loaded.group)(written) : null;
  if (meant && meant.is !== 'one')
    return refuse(chair, 'people-page', model, { by: written ? notOne(meant) : 'missing-person' });
  const by = meant?.member.key ?? '';
  if (mode === 'away') return takeAway(chair, model, chosen[0] ?? '', by);
  const command = personCommand(model, chosen, by, seen);
  return askOr(chair, command, 'people-page', model, mode === 'substitute' ? 'by' : 'member');
}

async function takeRole(chair: At, model: PeoplePageModel, member: string, seen: number): Promise<Reply> {
  const role = roles.find((one) => one === model.values.role);
  if (!role || role === 'convenor') return refuse(chair, 'people-page', model, { role: 'missing-role' });
  return askOr(chair, { do: 'set-role', member, role, seen }, 'people-page', model, 'member');
}

/** What is left empty stays as it is. */
async function takePlace(chair: At, model: PeoplePageModel, member: string, seen: number): Promise<Reply> {
  const { organisation = '', constituency = '' } = model.values;
  const placing = {
    member,
    ...(organisation.trim() === '' ? {} : { organisation }),
    ...(constituency.trim() === '' ? {} : { constituency }),
  };
  const command: Command = { do: 'place-members', members: [placing], seen };
  return askOr(chair, command, 'people-page', model, (code) => (code === 'too-long' ? 'constituency' : 'member'));
}

async function takeAway(chair: At, model: PeoplePageModel, member: string, by: string): Promise<Reply> {
  const until = readDay(model.values.day ?? '');
  if (until === null || until === 'bad')
    return refuse(chair, 'people-page', model, { day: until === null ? 'missing-day' : 'bad-date' });
  const command: Command = { do: 'away', member, until, ...(by ? { substitute: by } : {}) };
  return askOr(chair, command, 'people-page', model, (code) => (code === 'same-person' ? 'by' : 'day'));
}

export function personCommand({ mode, key }: PeoplePageModel, chosen: string[], by: string, seen: number): Command {
  const member = chosen[0] ?? '';
  switch (mode) {
    case 'excuse':
      return { do: 'excuse', round: key, member, seen };
    case 'substitute':
      return { do: 'substitute', round: key, member, by, seen };
    case 'assign':
      return { do: 'assign', activity: key, owners: chosen.includes('all') ? 'all' : chosen, seen };
    case 'hand-over':
      return { do: 'hand-over', activity: key, to: member, seen };
    case 'chair':
      return { do: 'hand-over-chair', to: member, seen };
    case 'remove':
      return { do: 'remove-member', member, seen };
    default:
      return { do: 'set-role', member, role: 'deputy', seen };
  }
}

const anybody: ReadonlySet<PeopleMode> = new Set(['assign', 'hand-over', 'away', 'place']);

export function peopleModel(
  { loaded: { group, state } }: Pick<Chair, 'loaded'>,
  mode: PeopleMode,
  values: Record<string, string>,
): PeoplePageModel | null {
  const key = values.key ?? '';
  const round = state.rounds.find((one) => one.key === key);
  const activity = group.activities.find((one) => one.key === key);
  const onRound = mode === 'excuse' || mode === 'substitute';
  if (onRound && !round) return null;
  if ((mode === 'assign' || mode === 'hand-over') && !activity) return null;
  const open = new Set(
    round?.assignments.flatMap(({ member, state: is }) => (is === 'pending' || is === 'draft' ? [member] : [])),
  );
  const asked = new Set(round?.assignments.map(({ member }) => member));
  const fits = group.members.filter((member) => {
    if (onRound) return open.has(member.key);
    return anybody.has(mode) || member.role !== 'convenor';
  });
  const all = fits.map(named).sort(byName);
  const found = matching(all, values.find ?? '');
  const { rows, ...paged } = pageOf(found, Number(values.page ?? '1') || 1, mostChoices);
  const owners = activity?.owners === 'all' ? 'all' : (activity?.owners.join(',') ?? '');
  const member = values.member ?? (mode === 'assign' ? owners : '');
  // Who is chosen on another page stays chosen.
  const chosen = new Set(listed(member));
  const kept = all.filter((one) => chosen.has(one.key) && !rows.includes(one));
  const others = group.members
    .filter((member) => !asked.has(member.key))
    .map(named)
    .sort(byName);
  // In a small group where everybody is asked, everybody.
  const bys =
    mode !== 'substitute' && mode !== 'away' ? [] : others.length > 0 ? others : group.members.map(named).sort(byName);
  return {
    ref: group.key,
    mode,
    key,
    version: round?.version ?? activity?.version ?? group.version ?? 0,
    group: group.name,
    title: round ? titleIn(group, activityIn(round.key)) : (activity?.title ?? ''),
    values: {
      member,
      by: values.by ?? '',
      find: values.find ?? '',
      role: values.role ?? '',
      day: values.day ?? '',
      ...(mode === 'place' ? placeOf(group, values) : {}),
    },
    ...(mode === 'place' ? { known: knownConstituencies(group) } : {}),
    people: [...kept, ...rows],
    others: bys.length > mostChoices ? [] : bys,
    writesBy: bys.length > mostChoices,
    many: all.length > mostChoices,
    ...paged,
    errors: {},
  };
}

/** As it was typed; before that, as it stands for whoever the button named. */
function placeOf({ members }: Group, values: Record<string, string>) {
  const member = members.find(({ key }) => key === values.member);
  const standing = (text = '') => (isUnstated(text) ? '' : text);
  return {
    organisation: values.organisation ?? standing(member?.organisation),
    constituency: values.constituency ?? standing(member?.constituency),
  };
}
