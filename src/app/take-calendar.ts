/** The calendar card: a person's own feed, and for convenor and deputy the group's. Each address is shown once, to whoever made it. */

import type { CalendarModel } from '../cards/convenor-models.ts';
import { say } from '../cards/words.ts';
import { toSecond } from '../domain/calendar.ts';
import { type Identity, identitiesOf, type Member } from '../domain/group.ts';
import { may } from '../domain/steering/may.ts';
import type { InLog } from '../ports/calendar-links.ts';
import type { Reply, Submission } from '../ports/chat.ts';
import type { Store } from '../ports/store.ts';
import { refusal } from './convenor.ts';
import { type Feeds, hashOf, newSecret } from './feeds.ts';
import { whenIn } from './models/convenor.ts';
import { pageOf, rowsOnAPage } from './models/pages.ts';
import type { Steering } from './steering.ts';
import { cardFor, notice, type Turn } from './turn.ts';

export type CalendarTurn = Pick<Turn, 'store' | 'now' | 'people' | 'language'> & {
  who: Identity;
  event: string;
  where: Submission['where'];
  steering: Steering;
  feeds: Feeds;
};

/** What a button says: whose address (a group's key, or '' for one's own), what becomes of it, and which one its card knew of. */
type Press = { whose: string; what: string; instead: string };

export async function takeCalendar(turn: CalendarTurn, verb: string, values: Record<string, string>): Promise<Reply> {
  if (turn.where === 'channel') return notice(turn, 'personal-only');
  if (turn.people.length === 0) return notice(turn, 'not-member');
  const press: Press = { whose: values.whose ?? '', what: values.what ?? '', instead: values.instead ?? '' };
  if (verb === 'calendar.show') return show(turn, { page: Number(values.page) });
  if (press.what !== 'renew' && press.what !== 'revoke') return notice(turn, 'unknown-card');
  if (verb === 'calendar.ask') return show(turn, { whose: press.whose, ask: { whose: press.whose, what: press.what } });
  if (verb !== 'calendar.do') return notice(turn, 'unknown-card');
  return press.whose === '' ? changeOwn(turn, press) : changeGroups(turn, press);
}

/** `whose`: the group it is about, whose page is shown. */
type Shown = {
  page?: number;
  said?: string;
  secret?: string;
  whose?: string;
  ask?: { whose: string; what: 'renew' | 'revoke' };
};

async function show(turn: CalendarTurn, { page = 1, said = '', secret, whose = '', ask }: Shown): Promise<Reply> {
  const zone = turn.people[0]?.member.timeZone ?? 'UTC';
  const since = await turn.store.calendars.since(ownIdentities(turn));
  const link = secret === undefined ? null : turn.feeds.link(secret);
  const groups = await groupsLed(turn.store, turn.people);
  const nameOf = (key: string) => groups.find(({ ref }) => ref === key)?.name ?? '';
  const reachable = turn.feeds.reachable();
  const shown = groups.filter(({ since: made }) => reachable || made !== null);
  const at = shown.findIndex(({ ref }) => ref === whose);
  const { rows, ...paged } = pageOf(shown, at < 0 ? page : 1 + Math.floor(at / rowsOnAPage));
  const model: CalendarModel = {
    reachable,
    said,
    made: link === null ? null : { name: nameOf(whose), link },
    ask: ask ? { ...ask, name: nameOf(ask.whose) } : null,
    mine: since && whenIn(since, zone),
    groups: rows.map(({ ref, name, since: made }) => ({ ref, name, since: made && whenIn(made, zone) })),
    ...paged,
  };
  return { do: 'show', card: cardFor(turn, null, 'calendar', model) };
}

/** Every identity under which this person may have made an address. */
function ownIdentities({ who, people }: CalendarTurn): Identity[] {
  return identitiesOf(
    who,
    people.map(({ member }) => member),
  );
}

async function groupsLed(store: Store, people: CalendarTurn['people']) {
  const isLed = ({ member }: { member: Member }) => may(member, 'renew-calendar', { members: [member] }) === 'all';
  const loaded = await Promise.all(people.filter(isLed).map(({ groupKey }) => store.groups.glance(groupKey)));
  return loaded.flatMap((one) =>
    one ? [{ ref: one.group.key, name: one.group.name, since: one.group.calendar?.since ?? null }] : [],
  );
}

async function changeOwn(turn: CalendarTurn, { what, instead }: Press): Promise<Reply> {
  const { calendars } = turn.store;
  const own = ownIdentities(turn);
  const since = await calendars.since(own);
  if ((since?.toString() ?? '') !== instead) return { do: 'notice', text: say(turn.language, 'refused.link-changed') };
  if (what === 'revoke') {
    await calendars.revoke(own, logsOf(turn, 'revoke-calendar', since, null));
    return show(turn, { said: 'revoked' });
  }
  if (!turn.feeds.reachable()) return show(turn, {});
  const secret = newSecret();
  const at = toSecond(turn.now);
  const logs = logsOf(turn, 'renew-calendar', since, at);
  const isNew = await calendars.give(turn.who, own, hashOf(secret), `calendar:${turn.event}`, at, logs);
  return isNew ? show(turn, { said: 'renewed', secret }) : show(turn, {});
}

/** A person's own address opens dates of all their groups, so each of them writes down when it was made. */
function logsOf(
  { people, now }: CalendarTurn,
  action: string,
  from: Temporal.Instant | null,
  to: Temporal.Instant | null,
): InLog[] {
  return people.map(({ groupId, member: { key, name, timeZone } }) => {
    const day = (at: Temporal.Instant | null) => at?.toZonedDateTimeISO(timeZone).toPlainDate().toString() ?? null;
    const what = {
      action,
      subject: `member:${key}`,
      subjectName: name,
      field: 'calendar',
      from: day(from),
      to: day(to),
    };
    return { group: groupId, entry: { at: now, by: key, byName: name, ...what } };
  });
}

/** Goes through the steering: it checks who may, does it once, and writes it down. */
async function changeGroups(turn: CalendarTurn, { whose, what, instead }: Press): Promise<Reply> {
  if (what === 'renew' && !turn.feeds.reachable()) return show(turn, {});
  const before = instant(instead);
  const secret = newSecret();
  const outcome = await turn.steering.carryOut(
    { who: turn.who, event: turn.event },
    whose,
    what === 'renew'
      ? { do: 'renew-calendar', hash: hashOf(secret), instead: before }
      : { do: 'revoke-calendar', instead: before },
  );
  if (outcome.is === 'refused') {
    const loaded = await turn.store.groups.glance(whose);
    return loaded && turn.people.some(({ groupKey }) => groupKey === whose)
      ? refusal({ language: turn.language, loaded }, outcome)
      : notice(turn, 'not-yours');
  }
  if (outcome.is !== 'done') return show(turn, {});
  return what === 'renew' ? show(turn, { said: 'renewed', secret, whose }) : show(turn, { said: 'revoked' });
}

function instant(text: string): Temporal.Instant | null {
  try {
    return text === '' ? null : Temporal.Instant.from(text);
  } catch {
    return null;
  }
}
