/** One thing a convenor asks of a group of thousands, from the door of the inbox to the card, in a process that has done it before for a few. */

import { writeFileSync } from 'node:fs';
import { holidayName } from '../../../src/adapters/calendar/holidays.ts';
import { readDocument } from '../../../src/adapters/documents/read-document.ts';
import { drawPicture } from '../../../src/adapters/picture/draw.ts';
import { createFeeds } from '../../../src/app/feeds.ts';
import { createInbox } from '../../../src/app/inbox.ts';
import { planPictures } from '../../../src/app/plan-pictures.ts';
import { previewOf } from '../../../src/app/preview.ts';
import { createSteering } from '../../../src/app/steering.ts';
import { everythingDue } from '../../../src/app/tick.ts';
import { openStore } from '../../../src/compose.ts';
import type { Group } from '../../../src/domain/group.ts';
import { evolveAll } from '../../../src/domain/schedule/evolve.ts';
import { preview } from '../../../src/domain/schedule/preview.ts';
import type { GroupState } from '../../../src/domain/state.ts';
import type { Reply } from '../../../src/ports/chat.ts';
import { bigPlan, changedPlan, midway, openRound, opensNext, rosterOf } from '../big-plan.ts';
import { residentMemory } from '../processes.ts';
import { given, ready } from './part.ts';

const { databaseUrl } = given<{ databaseUrl: string }>();
const { store } = await openStore({ databaseUrl, data: '' });
let now = midway;
const clock = { now: () => now };
const holidays = holidayName;
const wake = () => {};
const steering = createSteering({ store, clock, holidays, admins: new Set(), wake });
let roster: ReturnType<typeof rosterOf> = [];
const teams = {
  roster: async () => ({ is: 'known' as const, name: null, members: roster.map((one) => ({ ...one, locale: null })) }),
  find: async () => ({ is: 'nobody' as const }),
  download: async () => ({ is: 'failed' as const, code: 'gone' as const }),
  send: async () => ({ is: 'unknown' as const, why: 'nothing is sent here' }),
};
const rehearse = () => {};
const address = () => null;
const feeds = createFeeds({ store, clock, holidays, address });
const pictures = planPictures({ store, clock, address, draw: drawPicture });
const inbox = createInbox({
  store,
  clock,
  step: () => {},
  wake,
  platforms: { teams },
  readDocument,
  holidays,
  steering,
  rehearse,
  feeds,
  pictures,
});

let events = 0;
function nextEvent(): string {
  events += 1;
  return `size:${process.pid}:${events}`;
}
const convenorOf = (group: Group) => group.members[0]?.identities[0] ?? { platform: 'teams', tenant: '', user: '' };

function press(group: Group, verb: string, values: Record<string, string>): Promise<Reply> {
  const who = convenorOf(group);
  const rest = { event: nextEvent(), message: null, where: 'personal' as const, locale: null };
  return inbox.act({ who, verb, values: { group: group.key, ...values }, ...rest });
}

const ask = (group: Group, command: object) => press(group, 'steer.ask', { command: JSON.stringify(command) });

type Ask = (group: Group) => Promise<unknown>;
const asks: Record<string, Ask> = {
  async preview({ key }) {
    const loaded = await store.groups.load(key, now);
    return loaded && previewOf(loaded.group, loaded.state, now, now.add({ hours: 24 * 365 }), holidays).length;
  },
  difference: (group) =>
    inbox.command({
      who: convenorOf(group),
      text: 'Aktivitet',
      lines: changedPlan(group),
      event: nextEvent(),
      where: 'channel',
      channel: group.channels[0]?.id ?? '',
      locale: null,
    }),
  live: (group) => press(group, 'seat.live', { round: openRound }),
  seat: (group) => press(group, 'seat.show', {}),
  'deed on a round': (group) => ask(group, { do: 'extend', round: openRound, closes: '2025-04-25' }),
  async tick() {
    return running && everythingDue(running.group, running.state, opensNext, holidays).happenings.length;
  },
  'deed on the group': (group) => ask(group, { do: 'set-role', member: 'member-0040', role: 'observer' }),
  'deed on everybody': (group) => ask(group, { do: 'set-sending', hour: '10:00' }),
};

/** The group as it would be just before its next round. */
let running: { group: Group; state: GroupState } | null = null;

async function runUntilOpening(key: string): Promise<void> {
  const loaded = await store.groups.load(key);
  if (!loaded) return;
  const { group, state } = loaded;
  const happenings = preview(group, state, now, opensNext.subtract({ minutes: 1 }), holidays);
  running = { group, state: evolveAll(group, state, happenings) };
}

/** What stands on the card that answers: one that says no is no measurement. */
const proofs: Record<string, string> = {
  difference: 'draft.apply',
  live: 'seat.show',
  seat: 'seat.live',
  'deed on a round': 'steer.do',
  'deed on the group': 'steer.do',
  'deed on everybody': 'steer.do',
};

function mustAnswer(name: string, answer: unknown): void {
  const told = JSON.stringify(answer) ?? '';
  if (typeof answer === 'number' ? answer < 40 : !told.includes(proofs[name] ?? ''))
    throw new Error(`"${name}" was not answered: ${told.slice(0, 300)}`);
}

/** Linux forgets the most there ever was; elsewhere the figure stays unknown. */
function forgetTheMost(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {}
}

ready(
  {},
  {
    /** Milliseconds, those of its own processor time, and megabytes more than before at most. */
    async measure(name: string, key: string, people: number, at: string) {
      now = Temporal.Instant.from(at);
      const group = bigPlan(key, people);
      roster = rosterOf(group);
      if (name === 'tick') await runUntilOpening(key);
      const { now: before } = residentMemory(process.pid);
      forgetTheMost();
      const [from, used] = [performance.now(), process.cpuUsage()];
      const answer = await asks[name]?.(group);
      const ms = performance.now() - from;
      const { user, system } = process.cpuUsage(used);
      const { most } = residentMemory(process.pid);
      mustAnswer(name, answer);
      return {
        ms,
        cpu: (user + system) / 1_000,
        megabytes: most === null || before === null ? null : Math.max(0, most - before),
      };
    },
  },
);
