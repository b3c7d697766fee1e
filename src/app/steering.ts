/**
 * The convenor's seat: one door for everything a person does to a plan or a round. Each command is checked against the person's role,
 * done once for each event, in one transaction with its entry in the audit, and wakes the group. `foresee` says beforehand what it would change.
 */

import type { Holidays } from '../domain/calendar.ts';
import type { Group, Identity, Member } from '../domain/group.ts';
import type { Command, RefusalCode } from '../domain/steering/command.ts';
import { commands } from '../domain/steering/command.ts';
import { type Deed, homeOf, sceneFor } from '../domain/steering/deed.ts';
import { isAllowed, may } from '../domain/steering/may.ts';
import { plannedRounds } from '../domain/steering/run-round.ts';
import { steer } from '../domain/steering/steer.ts';
import type { Clock } from '../ports/clock.ts';
import type { AuditEntry, Steered, SteeringStore } from '../ports/steering.ts';
import type { Glance, Loaded, Store } from '../ports/store.ts';
import { foreseenOf, scopeOf } from './steering/foresee.ts';
import { knows } from './steering/known.ts';
import { isSteering, liveOf, statusOf } from './steering/live.ts';
import { entriesOf, identityName, refusedEntry, type Seat, seatIn } from './steering/seat.ts';
import type { By, Foreseen, LiveStatus, Outcome, Refused, RoundStatus } from './steering/types.ts';

export type {
  By,
  Done,
  Foreseen,
  ForeseenMessage,
  LiveStatus,
  Outcome,
  Refused,
  RoundStatus,
} from './steering/types.ts';

/** A group by its key, or as it has just been looked at for the same person: it is not read twice for one press. */
export type Named = string | Glance;

export type Steering = {
  /** Does it, once. Never throws for what a person may have got wrong. */
  carryOut(by: By, group: string, command: Command): Promise<Outcome>;
  /** What it would change; writes nothing. The same checks, so what it refuses `carryOut` refuses. */
  foresee(by: By, group: Named, command: Command): Promise<Foreseen>;
  /** How a round stands, as far as whoever asks may know. */
  live(by: By, group: Named, round: string): Promise<LiveStatus | Refused>;
  /** All rounds of a group, newest first: those that are coming by the plan, too. */
  rounds(by: By, group: Named): Promise<RoundStatus[] | Refused>;
  /** The audit, newest first; for convenor, deputy, owner, client and administrators. `before`: the last id of the page before. */
  log(
    by: By,
    group: Named,
    page?: { before?: string; limit?: number },
  ): Promise<{ is: 'log'; entries: AuditEntry[] } | Refused>;
  /** Whether this identity is an administrator of the installation (ROND_ADMINS). */
  administers(who: Identity): boolean;
  /** An administrator appoints a convenor or a deputy in any group, member of it or not; others as their role allows. Other commands are refused. */
  appoint(by: By, group: string, command: Command): Promise<Outcome>;
  /** What an appointment would change; the same checks. */
  foreseeAppointment(by: By, group: Named, command: Command): Promise<Foreseen>;
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
  async function entered(by: By, named: Named): Promise<{ glance: Glance; seat: Seat } | Refused> {
    const glance = typeof named === 'string' ? await store.groups.glance(named) : named;
    if (!glance) return refused('unknown-group');
    const seat = seatIn(glance.group, by.who, admins);
    return seat.member || seat.isAdmin ? { glance, seat } : refused('not-member');
  }

  async function withKeys(
    { id, group, state }: Glance,
    now: Temporal.Instant,
    activity?: string,
    alone = false,
  ): Promise<Loaded> {
    const of = { ...(activity === undefined ? {} : { activity }), alone };
    const cap = group.sending?.weeklyCap;
    const [done, unasked] = await Promise.all([
      store.groups.told(id, of),
      cap ? store.steering.unasked(group.key, cap, now) : null,
    ]);
    return { id, group, state: { ...state, done, ...(unasked ? { unasked } : {}) } };
  }

  async function foresee(by: By, named: Named, command: Command, asAdmin: boolean): Promise<Foreseen> {
    const found = await entered(by, named);
    if ('is' in found) return found;
    const now = clock.now();
    const { key } = found.glance.group;
    const about = activityIn(command);
    const alone = about !== undefined && !found.glance.group.sending?.weeklyCap;
    let loaded = await withKeys(found.glance, now, about, alone);
    let deed = judge(loaded, found.seat, command, now, asAdmin);
    // What reaches further than was thought is judged by the whole ledger.
    if (alone && deed.ok === true && scopeOf(loaded, deed) !== about) {
      loaded = await withKeys(found.glance, now, about);
      deed = judge(loaded, found.seat, command, now, asAdmin);
    }
    if (deed.ok === 'stale') return stale(key, deed, command);
    if (!deed.ok) return refused(deed.code);
    const cap = command.do === 'set-sending' ? deed.group.sending?.weeklyCap : null;
    const state = cap ? { ...deed.state, unasked: await store.steering.unasked(key, cap, now) } : deed.state;
    return foreseenOf(loaded, { ...deed, state }, command, now, holidays);
  }

  const roundsIn = ({ group, state }: Glance) => plannedRounds({ group, state, home: homeOf(group, holidays) });

  const administers = (who: Identity) => admins.has(identityName(who));

  return {
    carryOut: (by, group, command) => carryOut(by, group, command, false),
    foresee: (by, group, command) => foresee(by, group, command, false),
    async live(by, named, round) {
      const found = await entered(by, named);
      if ('is' in found) return found;
      const { group } = found.glance;
      const now = clock.now();
      const asked = roundsIn(found.glance).find((one) => one.key === round);
      if (!asked) return refused('unknown-round');
      const [{ state }, unreached] = await Promise.all([
        withKeys(found.glance, now, asked.activity, true),
        isSteering(found.seat, group) ? store.steering.unreached(group.key, [round]) : [],
      ]);
      return liveOf({ group, state, now, holidays, seat: found.seat }, asked, unreached);
    },
    async rounds(by, named) {
      const found = await entered(by, named);
      if ('is' in found) return found;
      const { group } = found.glance;
      const now = clock.now();
      const rounds = roundsIn(found.glance).sort((one, other) => Temporal.Instant.compare(other.opensAt, one.opensAt));
      const opened = rounds.filter(({ openedAt }) => openedAt).map(({ key }) => key);
      const unreached = isSteering(found.seat, group) ? await store.steering.unreached(group.key, opened) : [];
      return rounds.map((round) => statusOf({ group, now, holidays, seat: found.seat }, round, unreached));
    },
    async log(by, named, { before, limit = pageLength } = {}) {
      const found = await entered(by, named);
      if ('is' in found) return found;
      const { member, isAdmin } = found.seat;
      const { group } = found.glance;
      if (!isAdmin && !(member && may(member, 'see-log', group) === 'all')) return refused('not-allowed');
      return { is: 'log', entries: await store.steering.log(group.key, { ...(before ? { before } : {}), limit }) };
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

/** Where it is one alone that a command is about. */
function activityIn(command: Command): string | undefined {
  if ('round' in command) return command.round.slice(0, command.round.indexOf('/'));
  return 'activity' in command ? command.activity : undefined;
}

function subjectOf(command: Command): string {
  if ('round' in command) return `round:${command.round}`;
  return 'activity' in command ? `activity:${command.activity}` : 'group';
}

function told({ subject, subjectName, edits, version }: Extract<Deed, { ok: true }>) {
  return { subject, subjectName, edits, version: version === 0 ? null : version };
}
