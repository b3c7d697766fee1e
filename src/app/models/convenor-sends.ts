/** Messages foreseen, those that leave together as one line; and what a command is about, for the card that asks. */

import type { ConfirmModel, SendLine } from '../../cards/convenor-models.ts';
import { hourText } from '../../domain/calendar.ts';
import { type Group, usualSending } from '../../domain/group.ts';
import type { Command } from '../../domain/steering/command.ts';
import type { AuditEntry } from '../../ports/steering.ts';
import type { Foreseen, ForeseenMessage } from '../steering.ts';
import { auditLine, whenIn } from './convenor.ts';
import { isUnstated } from './group.ts';

export type Seen = Extract<Foreseen, { is: 'foreseen' }>;

/** In order of time. What one person gets two of at once is said once: people are counted. */
export function sendLines(messages: ForeseenMessage[], zone: string): SendLine[] {
  const lines = new Map<string, Omit<SendLine, 'count'> & { ms: number; people: Set<string> }>();
  for (const { at, kind, step, to, name, unknown = false } of messages) {
    const key = `${at.epochMilliseconds} ${kind} ${step ?? ''} ${unknown}`;
    const line = lines.get(key) ?? {
      at: whenIn(at, zone),
      kind,
      step,
      people: new Set<string>(),
      to: unknown ? '' : name,
      unknown,
      ms: at.epochMilliseconds,
    };
    for (const one of to) line.people.add(one);
    lines.set(key, line);
  }
  return [...lines.values()]
    .sort((one, other) => one.ms - other.ms)
    .map(({ ms, people, ...line }) => ({ ...line, count: people.size }));
}

const linesOnAPage = 20;

/** The page asked for, as near as there is one: so many messages, and so many warnings and changes above them. */
export function turnTo<S, W, P = never>(
  sends: readonly S[],
  warnings: readonly W[],
  asked: number,
  placed: readonly P[] = [],
) {
  const pages = Math.max(1, ...[sends, warnings, placed].map(({ length }) => Math.ceil(length / linesOnAPage)));
  const page = Math.min(Math.max(1, asked), pages);
  const here = <T>(all: readonly T[]): T[] => all.slice((page - 1) * linesOnAPage, page * linesOnAPage);
  return { page, pages, sends: here(sends), warnings: here(warnings), placed: here(placed) };
}

export type Asking = {
  group: Group;
  command: Command;
  seen: Seen;
  since: AuditEntry[];
  page: number;
  /** What is too long for a button is kept, and named in it. */
  kept?: string;
};

export function confirmModel({ group, command, seen, since, page, kept }: Asking): ConfirmModel {
  const zone = group.timeZone;
  const all: ConfirmModel['sends'] = [
    ...sendLines(seen.stops, zone).map((line) => ({ ...line, what: 'stops' as const })),
    ...sendLines(seen.starts, zone).map((line) => ({ ...line, what: 'starts' as const })),
  ];
  return {
    ref: group.key,
    group: group.name,
    title: subjectOf(group, command),
    ask: askOf(command),
    facts: factsOf(group, command),
    command: kept ?? JSON.stringify(command),
    ...(kept === undefined ? {} : { area: 'lines' as const }),
    ...turnTo(all, seen.warnings, page, placedBy(group, command)),
    since: since.map(auditLine(zone)),
    back: backFrom(group, command),
  };
}

function askOf(command: Command): string {
  if (command.do === 'extend' && command.member) return 'extend-one';
  if (command.do === 'away' && command.substitute) return 'away-with';
  return command.do === 'set-council' && !command.council ? 'leave-council' : command.do;
}

const activityIn = (round: string) => round.slice(0, round.indexOf('/'));
const titleOf = (group: Group, key: string) => group.activities.find((one) => one.key === key)?.title ?? key;

function subjectOf(group: Group, command: Command): string {
  if ('round' in command) return titleOf(group, activityIn(command.round));
  return 'activity' in command ? titleOf(group, command.activity) : '';
}

function factsOf(group: Group, command: Command): ConfirmModel['facts'] {
  const nameOf = (key: string | undefined) => group.members.find((member) => member.key === key)?.name ?? key ?? '';
  const facts: ConfirmModel['facts'] = { name: '', by: '', day: null, role: null };
  switch (command.do) {
    case 'extend':
      return { ...facts, name: nameOf(command.member), day: command.closes.toString() };
    case 'reopen':
      return { ...facts, day: command.closes.toString() };
    case 'excuse':
      return { ...facts, name: nameOf(command.member) };
    case 'substitute':
      return { ...facts, name: nameOf(command.member), by: nameOf(command.by) };
    case 'assign':
      return { ...facts, name: command.owners === 'all' ? 'all' : command.owners.map(nameOf).join(', ') };
    case 'move-date':
      return { ...facts, day: command.to.toString() };
    case 'hand-over':
      return { ...facts, name: nameOf(command.to) };
    case 'hand-over-chair':
      return { ...facts, name: nameOf(command.to), by: group.members.find(isConvenor)?.name ?? '' };
    case 'set-role':
      return { ...facts, name: nameOf(command.member), role: command.role };
    case 'add-members':
      return { ...facts, name: command.members[0]?.name ?? '', count: command.members.length };
    case 'place-members':
      return { ...facts, count: command.members.length };
    case 'remove-member':
      return { ...facts, name: nameOf(command.member) };
    case 'set-sending':
      return { ...facts, sending: sendingOf(group, command) };
    case 'set-council':
      return { ...facts, name: command.council?.name ?? '', by: command.council?.channel.name ?? '' };
    case 'away':
      return { ...facts, name: nameOf(command.member), by: nameOf(command.substitute), day: command.until.toString() };
    case 'back':
      return { ...facts, name: nameOf(command.member) };
    default:
      return facts;
  }
}

/** Who speaks for what now, and who will: what stays as it is stands there as well. */
function placedBy({ members }: Group, command: Command): NonNullable<ConfirmModel['placed']> {
  const said = (...parts: string[]) => parts.filter((part) => !isUnstated(part)).join(', ');
  if (command.do === 'add-members')
    return command.members.map(({ name, constituency, organisation }) => ({
      name,
      from: null,
      to: said(constituency, organisation),
    }));
  if (command.do !== 'place-members') return [];
  const byKey = new Map(members.map((member) => [member.key, member]));
  return command.members.flatMap(({ member, organisation, constituency }) => {
    const before = byKey.get(member);
    if (!before) return [];
    const from = said(before.constituency, before.organisation);
    return [
      { name: before.name, from, to: said(constituency ?? before.constituency, organisation ?? before.organisation) },
    ];
  });
}

const isConvenor = ({ role }: Group['members'][number]) => role === 'convenor';

function sendingOf(group: Group, command: Extract<Command, { do: 'set-sending' }>) {
  const before = group.sending ?? usualSending;
  return {
    hour: hourText(command.hour ?? group.hour),
    quietFrom: hourText(command.quietFrom ?? before.quietFrom),
    weeklyCap: command.weeklyCap === undefined ? before.weeklyCap : command.weeklyCap,
  };
}

function backFrom(group: Group, command: Command): ConfirmModel['back'] {
  if ('round' in command) return { verb: 'seat.live', values: { group: group.key, round: command.round } };
  if ('activity' in command) return { verb: 'seat.activity', values: { group: group.key, activity: command.activity } };
  const ofMembers = command.do === 'add-members' || command.do === 'place-members' || command.do === 'remove-member';
  const verb = ofMembers ? 'group.members' : 'group.show';
  return { verb, values: { group: group.key } };
}
