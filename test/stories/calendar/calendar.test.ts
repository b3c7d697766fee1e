/** From the chat to the calendar: a word, a link, a feed; a new link, and the old one opens nothing. In Teams and in Slack. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { holidayName } from '../../../src/adapters/calendar/holidays.ts';
import { createSteering } from '../../../src/app/steering.ts';
import { takeCalendar } from '../../../src/app/take-calendar.ts';
import { say } from '../../../src/cards/words.ts';
import type { Language, Platform } from '../../../src/domain/group.ts';
import { startTestRond, type TestRond } from '../../support/rond.ts';
import { tove } from '../../support/scene.ts';
import { groupFor, type Hands, handsOf } from '../convenor/hands.ts';
import { fetched } from './hands.ts';

const stories: [Platform, Language][] = [
  ['teams', 'sv'],
  ['slack', 'fi'],
];

describe.each(stories)('in %s, in %s', (platform, language) => {
  let all: TestRond;
  let hands: Hands;
  const word = (key: string, values: Record<string, unknown> = {}) => say(language, key, values);
  const linkOn = (text: string): string => /http:\/\/127\.0\.0\.1:\d+\/calendar\/[\w-]{32}\.ics/.exec(text)?.[0] ?? '';
  const groupKey = () => all.group.key;
  /** Presses, and reads the link on the card that comes. */
  const gets = async (whose: string, verb = 'calendar.do', what = 'renew'): Promise<string> => {
    expect(await hands.press(verb, { whose, what })).toMatchObject({ ok: true, notice: null });
    await hands.sees(word('said.calendar-renewed'), word('calendar.how'));
    return linkOn(hands.reads());
  };
  const asks = async (whose: string, what: string) => {
    await hands.press('calendar.ask', { whose, what });
    await hands.sees(word(`calendar.ask.${what}`), word('confirm.yes'), word('confirm.no'));
  };
  let own = '';
  let groups = '';

  beforeAll(async () => {
    all = await startTestRond({ change: groupFor(platform, language) });
    hands = handsOf(all, platform);
    await all.moveTo('2022-09-26T12:00:00Z');
  });
  afterAll(() => all.close());

  test('the word opens the card; the link opens the person’s own dates', async () => {
    await hands.says(word('command.calendar'));
    await hands.sees(word('calendar.heading'), word('calendar.mine'), word('calendar.groups'), word('calendar.none'));
    hands.stays();
    own = await gets('');
    expect(own).toMatch(/\.ics$/);
    const feed = await fetched(own);
    expect(feed.status).toBe(200);
    expect(feed.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(feed.text).toContain(`X-WR-CALNAME:${word('feed.mine')}`);
    const survey = all.group.activities.find(
      ({ kind, due }) => kind === 'collection' && due.some((one) => 'from' in one),
    );
    expect(feed.events.map(({ summary }) => summary)).toContain(word('feed.lastDay', { title: survey?.title }));
    // Nobody else's name is in it.
    for (const { key, name } of all.group.members) if (key !== 'liv-sandell') expect(feed.text).not.toContain(name);
  });

  test('the address tells nobody else anything: no referrer, no index, no cache without asking', async () => {
    const { headers } = await fetched(own);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('cache-control')).toBe('private, no-cache');
    const etag = headers.get('etag') ?? '';
    const again = await fetch(own, { headers: { 'If-None-Match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const head = await fetch(own, { method: 'HEAD' });
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, '']);
  });

  test('the secret is nowhere in the database, and the card cannot show it again', async () => {
    const secret = /([\w-]{32})\.ics$/.exec(own)?.[1] ?? '';
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: all.databaseUrl });
    await client.connect();
    const tables = await client.query(`select table_name from information_schema.tables where table_schema = 'public'`);
    for (const { table_name } of tables.rows) {
      const found = await client.query(`select 1 from "${table_name}" t where t::text like $1 limit 1`, [
        `%${secret}%`,
      ]);
      expect([table_name, found.rowCount]).toEqual([table_name, 0]);
    }
    await client.end();
    await hands.press('calendar.ask', { whose: '', what: 'renew' });
    await hands.press('calendar.show');
    await hands.sees(word('calendar.heading'), word('calendar.renew'));
    expect(hands.reads()).not.toContain(secret);
  });

  test('a new link is asked for first, and the old one is then as if it had never been', async () => {
    await asks('', 'renew');
    const next = await gets('');
    expect(next).not.toBe(own);
    expect((await fetched(next)).status).toBe(200);
    const [gone, never, elsewhere] = await Promise.all(
      [own, own.replace(/[\w-]{32}\.ics$/, `${'A'.repeat(32)}.ics`), `${new URL(own).origin}/calendar`].map(
        async (link) => {
          const response = await fetch(link);
          const headers = [...response.headers].filter(([name]) => !['date', 'etag'].includes(name));
          return { status: response.status, text: await response.text(), headers };
        },
      ),
    );
    expect(gone?.status).toBe(404);
    expect(never).toEqual(gone);
    expect(elsewhere).toEqual(gone);
    own = next;
  });

  test('no other method gets anything', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) expect((await fetch(own, { method })).status).toBe(404);
  });

  test('the group’s link: every date of the plan; a date that is moved is the same event, with a later number', async () => {
    groups = await gets(groupKey());
    await hands.sees(word('calendar.shared'));
    const before = await fetched(groups);
    const points = all.group.activities.filter(({ parked }) => !parked).flatMap(({ due }) => due);
    expect(points.length).toBeGreaterThan(5);
    expect(before.events).toHaveLength(points.length);
    expect(before.text).toContain('Tove Almgren');
    const activity = all.group.activities.find(({ kind, due }) => kind === 'task' && due.length > 0);
    await moveInChat(activity?.key ?? '', activity?.due[0]?.key ?? '', '2022-12-14');
    const after = await fetched(groups);
    expect(after.events.map(({ uid }) => uid)).toEqual(before.events.map(({ uid }) => uid));
    const changed = after.events.filter(({ first }, at) => first !== before.events[at]?.first);
    expect(changed).toEqual([expect.objectContaining({ first: '2022-12-14', until: '2022-12-15' })]);
    const was = before.events.find(({ uid }) => uid === changed[0]?.uid);
    expect(changed[0]?.sequence).toBeGreaterThan(was?.sequence ?? Number.POSITIVE_INFINITY);
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
  });

  async function moveInChat(activity: string, due: string, day: string) {
    await hands.says(word('command.seat'));
    hands.stays();
    // The card of the activity, by its key as its buttons carry it.
    await hands.wire.press(hands.person, { message: hands.last().id }, { verb: 'seat.plan' });
    const found = () => hands.buttons().some(({ values }) => values.activity === activity);
    for (let page = 0; page < 3 && !found(); page++) await hands.press('seat.plan', { page: String(page + 2) });
    await hands.press('seat.activity', { activity });
    await hands.fill({ verb: 'steer.date', values: { mode: 'move-date' } }, 'steer.dated', { day, due });
    await hands.sees(word('confirm.heading'));
    await hands.press('steer.do');
    await hands.sees(word('said.move-date'));
  }

  test('the group’s link is closed, written down without its address, and a member gets only their own', async () => {
    await hands.says(word('command.calendar'));
    hands.stays();
    await asks(groupKey(), 'revoke');
    await hands.press('calendar.do', { whose: groupKey(), what: 'revoke' });
    await hands.sees(word('said.calendar-revoked'));
    expect((await fetched(groups)).status).toBe(404);
    expect((await fetched(own)).status).toBe(200);
    const log = await all.rond.store.steering.log(groupKey(), { limit: 50 });
    const done = log.filter(({ field }) => field === 'calendar').map(({ action, subject }) => `${action} ${subject}`);
    // One's own was made, and made anew, before the group's was.
    expect(done.toReversed()).toEqual([
      'renew-calendar member:liv-sandell',
      'renew-calendar member:liv-sandell',
      'renew-calendar group',
      'revoke-calendar group',
    ]);
    expect(JSON.stringify(log)).not.toMatch(/[\w-]{32}/);
    const toves = handsOf(all, 'teams', tove);
    await toves.says(word('command.calendar'));
    await toves.sees(word('calendar.mine'));
    expect(toves.reads()).not.toContain(word('calendar.groups'));
    // A button that was never on the card, as if it had been pressed: the steering refuses, and writes down that it was tried.
    const { store, clock } = all.rond;
    const steering = createSteering({ store, clock, holidays: holidayName, admins: new Set(), wake: () => {} });
    const who = all.group.members.find(({ key }) => key === 'tove-almgren')!.identities[0]!;
    const people = await store.people.find(who);
    const feeds = { link: () => 'never', reachable: () => true, read: async () => null };
    const turn = {
      store,
      now: clock.now(),
      people,
      language,
      who,
      event: 'forged',
      where: 'personal' as const,
      steering,
      feeds,
    };
    const reply = await takeCalendar(turn, 'calendar.do', { whose: groupKey(), what: 'renew', instead: '' });
    expect(reply).toEqual({ do: 'notice', text: word('refused.not-allowed', { convenor: 'Liv Sandell' }) });
    expect((await store.groups.load(groupKey()))?.group.calendar).toBe(null);
    const [refused] = await store.steering.log(groupKey(), { limit: 1 });
    expect(refused).toMatchObject({ action: 'refused', field: 'renew-calendar', byName: 'Tove Almgren' });
    const nowhere = { ...feeds, link: () => null, reachable: () => false };
    const told = await takeCalendar({ ...turn, feeds: nowhere }, 'calendar.show', {});
    expect(JSON.stringify(told)).toContain(word('calendar.unreachable'));
    expect(JSON.stringify(told)).not.toContain('calendar.do');
    const stranger = await takeCalendar({ ...turn, people: [] }, 'calendar.do', {
      whose: groupKey(),
      what: 'renew',
      instead: '',
    });
    expect(stranger).toEqual({ do: 'notice', text: word('notice.not-member') });
  });

  test('one’s own link is ended: nothing opens any more, and the log of the group says so, once', async () => {
    await hands.says(word('command.calendar'));
    hands.stays();
    await asks('', 'revoke');
    await hands.press('calendar.do', { whose: '', what: 'revoke' });
    await hands.sees(word('said.calendar-revoked'));
    expect((await fetched(own)).status).toBe(404);
    const ended = async () =>
      (await all.rond.store.steering.log(groupKey(), { limit: 50 })).filter(
        ({ action, subject }) => action === 'revoke-calendar' && subject === 'member:liv-sandell',
      );
    expect(await ended()).toMatchObject([
      {
        by: 'liv-sandell',
        byName: 'Liv Sandell',
        subjectName: 'Liv Sandell',
        field: 'calendar',
        from: '2022-09-26',
        to: null,
      },
    ]);
    // Nothing to end is no news.
    const who = all.group.members.find(({ key }) => key === 'liv-sandell')!.identities;
    const [entry] = await ended();
    const { id = '' } = (await all.rond.store.groups.load(groupKey())) ?? {};
    await all.rond.store.calendars.revoke(who, entry ? [{ group: id, entry }] : []);
    expect(await ended()).toHaveLength(1);
  });

  test('in a channel there is no such card', async () => {
    const channel = all.group.channels.find((one) => one.platform === platform);
    if (!channel) return;
    const before = all.sandbox.wires[platform].channel(channel.id).length;
    await hands.wire.say(hands.person, word('command.calendar'), channel.id);
    await vi.waitFor(() => expect(all.sandbox.wires[platform].channel(channel.id).length).toBeGreaterThan(before));
    const said = JSON.stringify(all.sandbox.wires[platform].channel(channel.id).slice(before));
    expect(said).not.toContain('.ics');
    expect(said).not.toContain(word('calendar.heading'));
  });
});
