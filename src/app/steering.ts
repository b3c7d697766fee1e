/**
 * The convenor's seat: one door for everything a person does to a plan or a round. Each command is checked against the person's role,
 * done once for each event, in one transaction with its entry in the audit, and wakes the group. `foresee` says beforehand what it would change.
 */

import type { Holidays } from '../domain/calendar.ts';
import type { Group, Identity, Member } from '../domain/group.ts';
import type { GroupState } from '../domain/state.ts';
import { keepsToCounts } from '../domain/steering/blind.ts';
import type { Command, RefusalCode } from '../domain/steering/command.ts';
import { commands } from '../domain/steering/command.ts';
import { type Deed, sceneFor } from '../domain/steering/deed.ts';
import { isAllowed, may } from '../domain/steering/may.ts';
import { plannedRounds } from '../domain/steering/run-round.ts';
import { steer } from '../domain/steering/steer.ts';
import type { Clock } from '../ports/clock.ts';
import type { AuditEntry, Steered, SteeringStore } from '../ports/steering.ts';
import type { Loaded, Store } from '../ports/store.ts';
import { foreseenOf } from './steering/foresee.ts';
import { knows } from './steering/known.ts';
import { isSteering, liveOf } from './steering/live.ts';
import { entriesOf, identityName, refusedEntry, type Seat, seatIn } from './steering/seat.ts';
import type { By, Foreseen, LiveStatus, Outcome, Refused } from './steering/types.ts';

export type {
  By,
  Done,
  Foreseen,
  ForeseenMessage,
  LiveStatus,
  Outcome,
  Refused,
} from './steering/types.ts';

export type Steering = {
  /** Does it, once. Never throws for what a person may have got wrong. */
  carryOut(by: By, group: string, command: Command): Promise<Outcome>;
  /** What it would change; writes nothing. The same checks, so what it refuses `carryOut` refuses. */
  foresee(by: By, group: string, command: Command): Promise<Foreseen>;
  /** How a round stands, as far as whoever asks may know. */
  live(by: By, group: string, round: string): Promise<LiveStatus | Refused>;
  /** All rounds of a group, newest first: those that are coming by the plan, too. */
  rounds(by: By, group: string): Promise<LiveStatus[] | Refused>;
  /** The audit, newest first; for convenor, deputy, owner, client and administrators. `before`: the last id of the page before. */
  log(
    by: By,
    group: string,
    page?: { before?: string; limit?: number },
  ): Promise<{ is: 'log'; entries: AuditEntry[] } | Refused>;
  /** Whether this identity is an administrator of the installation (ROND_ADMINS). */
  administers(who: Identity): boolean;
  /** An administrator appoints a convenor or a deputy in any group, member of it or not; others as their role allows. Other commands are refused. */
  appoint(by: By, group: string, command: Command): Promise<Outcome>;
  /** What an appointment would change; the same checks. */
  foreseeAppointment(by: By, group: string, command: Command): Promise<Foreseen>;
  /** Somebody tried what is not theirs to do, outside of a command: it is kept in the group's audit. */
  turnedAway(by: By, group: string, what: string): Promise<void>;
  /** The memberships of an identity with what each may do: one person in several groups. */
  seats(who: Identity): Promise<{ group: string; name: string; member: Member; may: Command['do'][] }[]>;
};

export type SteeringOptions = {
  store: Pick<Store, 'groups' | 'people'> & { steering: SteeringStore };
  clock: Clock;
  holidays: Holidays;
  /** "teams:<tenant>:<user>" or "slack:<team>:<user>". */
  admins: ReadonlySet<string>;
  /** Something may be due now. */
  wake: () => void;
};

const pageLength = 50;

export function createSteering({ store, clock, holidays, admins, wake }: SteeringOptions): Steering {
  const refused = (code: RefusalCode): Refused => ({ is: 'refused', code });

  const judge = (
    { group, state }: Loaded,
    seat: Seat,
    command: Command,
    now: Temporal.Instant,
    asAdmin: boolean,
  ): Deed => {
    const { member } = seat;
    if (!asAdmin) {
      if (!member) return { ok: false, code: 'not-member' };
      if (!isAllowed(member, command, group, state)) return { ok: false, code: 'not-allowed' };
    }
    return steer(sceneFor(group, state, now, member, holidays, knows), command);
  };

  const stale = async (group: string, { subject, current }: Extract<Deed, { ok: 'stale' }>, command: Command) => ({
    is: 'stale' as const,
    current,
    since: await store.steering.since(group, subject, ('seen' in command ? command.seen : undefined) ?? 0),
  });

  async function carryOut(by: By, key: string, command: Command, asAdmin: boolean): Promise<Outcome> {
    const now = clock.now();
    const result = await store.steering.carryOut(key, by.event, now, (loaded): Steered & { deed: Deed } => {
      const seat = seatIn(loaded.group, by.who, admins);
      const deed = judge(loaded, seat, command, now, asAdmin);
      if (deed.ok === true)
        return {
          deed,
          next: { group: deed.group, state: deed.state },
          entries: deed.unsaid ? [] : entriesOf(seat, command.do, told(deed), now),
        };
      const isOverreach = deed.ok === false && (deed.code === 'not-allowed' || deed.code === 'not-member');
      return {
        deed,
        next: null,
        entries: isOverreach ? [refusedEntry(seat, command.do, subjectOf(command), deed.code, now)] : [],
      };
    });
    if (!result) return refused('unknown-group');
    if (result.is === 'repeated') return result;
    const { deed } = result.steered;
    if (deed.ok === 'stale') return stale(key, deed, command);
    if (!deed.ok) return refused(deed.code);
    wake();
    const { round, activity, version } = deed;
    return {
      is: 'done',
      version,
      entries: result.entries,
      ...(round === undefined ? {} : { round }),
      ...(activity === undefined ? {} : { activity }),
    };
  }

  /** A group as somebody in it may see it. */
  async function entered(by: By, key: string): Promise<{ loaded: Loaded; seat: Seat } | Refused> {
    const loaded = await store.groups.load(key);
    if (!loaded) return refused('unknown-group');
    const seat = seatIn(loaded.group, by.who, admins);
    return seat.member || seat.isAdmin ? { loaded, seat } : refused('not-member');
  }

  async function foresee(by: By, key: string, command: Command, asAdmin: boolean): Promise<Foreseen> {
    const found = await entered(by, key);
    if ('is' in found) return found;
    const now = clock.now();
    const deed = judge(found.loaded, found.seat, command, now, asAdmin);
    if (deed.ok === 'stale') return stale(key, deed, command);
    if (!deed.ok) return refused(deed.code);
    // Reminders of a round that keeps to counts would tell, through the cap, who has not answered.
    const blindly = deed.state.rounds.some(keepsToCounts);
    const capped = async (state: GroupState, cap: number | null | undefined) =>
      cap && (blindly || command.do === 'set-sending')
        ? { ...state, unasked: await store.steering.unasked(key, cap, blindly) }
        : state;
    const { group } = found.loaded;
    const before = {
      group,
      state: blindly ? await capped(found.loaded.state, group.sending?.weeklyCap) : found.loaded.state,
    };
    const state = await capped(deed.state, deed.group.sending?.weeklyCap);
    return foreseenOf(before, { ...deed, state }, command, now, holidays);
  }

  const administers = (who: Identity) => admins.has(identityName(who));

  return {
    carryOut: (by, group, command) => carryOut(by, group, command, false),
    foresee: (by, group, command) => foresee(by, group, command, false),
    async live(by, key, round) {
      const found = await entered(by, key);
      if ('is' in found) return found;
      const { group, state } = found.loaded;
      const now = clock.now();
      const scene = sceneFor(group, state, now, found.seat.member, holidays, knows);
      const asked = plannedRounds(scene).find((one) => one.key === round);
      if (!asked) return refused('unknown-round');
      const unreached = isSteering(found.seat, group) ? await store.steering.unreached(key, round) : [];
      return liveOf({ group, state, now, holidays, seat: found.seat }, asked, unreached);
    },
    async rounds(by, key) {
      const found = await entered(by, key);
      if ('is' in found) return found;
      const { group, state } = found.loaded;
      const now = clock.now();
      const scene = sceneFor(group, state, now, found.seat.member, holidays, knows);
      const rounds = plannedRounds(scene).sort((one, other) => Temporal.Instant.compare(other.opensAt, one.opensAt));
      const full = isSteering(found.seat, group);
      return Promise.all(
        rounds.map(async (round) => {
          const unreached = full && round.openedAt ? await store.steering.unreached(key, round.key) : [];
          return liveOf({ group, state, now, holidays, seat: found.seat }, round, unreached);
        }),
      );
    },
    async log(by, key, { before, limit = pageLength } = {}) {
      const found = await entered(by, key);
      if ('is' in found) return found;
      const { member, isAdmin } = found.seat;
      if (!isAdmin && !(member && may(member, 'see-log', found.loaded.group) === 'all')) return refused('not-allowed');
      return { is: 'log', entries: await store.steering.log(key, { ...(before ? { before } : {}), limit }) };
    },
    administers,
    async appoint(by, group, command) {
      return isAppointment(command) ? carryOut(by, group, command, administers(by.who)) : refused('not-allowed');
    },
    async foreseeAppointment(by, group, command) {
      return isAppointment(command) ? foresee(by, group, command, administers(by.who)) : refused('not-allowed');
    },
    async turnedAway(by, key, what) {
      const now = clock.now();
      await store.steering.carryOut(key, by.event, now, ({ group }): Steered => {
        const entry = refusedEntry(seatIn(group, by.who, admins), what, 'group', 'not-allowed', now);
        return { next: null, entries: [entry] };
      });
    },
    async seats(who) {
      const people = await store.people.find(who);
      return people.map(({ groupKey, groupName, member }) => {
        const group: Pick<Group, 'members'> = { members: [member] };
        const allowed = commands.filter((command) => may(member, command, group) !== 'none');
        return { group: groupKey, name: groupName, member, may: allowed };
      });
    },
  };
}

const isAppointment = (command: Command): boolean =>
  command.do === 'hand-over-chair' || (command.do === 'set-role' && command.role === 'deputy');

function subjectOf(command: Command): string {
  if ('round' in command) return `round:${command.round}`;
  return 'activity' in command ? `activity:${command.activity}` : 'group';
}

function told({ subject, subjectName, edits, version }: Extract<Deed, { ok: true }>) {
  return { subject, subjectName, edits, version: version === 0 ? null : version };
}
