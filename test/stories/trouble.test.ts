/** A platform that refuses, asks for patience, or takes a message and does not say so: what people see of it. */

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { say } from '../../src/cards/words.ts';
import type { LedgerRow } from '../../src/ports/store.ts';
import { startTestRond, type TestRond } from '../support/rond.ts';
import { personIn, type StoryPerson } from './person.ts';
import { stored } from './stored.ts';

let t: TestRond;
let tove: StoryPerson;
let jonas: StoryPerson;
let liv: StoryPerson;
beforeEach(async () => {
  t = await startTestRond();
  [tove, jonas, liv] = ['tove-almgren', 'jonas-ekdahl', 'liv-sandell'].map((key) =>
    personIn(t.sandbox, t.group, key),
  ) as [StoryPerson, StoryPerson, StoryPerson];
});
afterEach(() => t.close());

const rowOf = async (key: string) =>
  (await t.rond.store.ledger.rows(t.group.key)).find((row) => row.key === key) as LedgerRow;
/** Milliseconds by the sandbox's clock; NaN for what has not been. */
const times = async (key: string) => {
  const [row] = await stored<Record<'not_before' | 'intent_at' | 'sent_at', Date | null>>(
    t,
    'select not_before, intent_at, sent_at from delivery where key = $1',
    [key],
  );
  const ms = (date: Date | null | undefined) => date?.getTime() ?? Number.NaN;
  return { notBefore: ms(row?.not_before), intentAt: ms(row?.intent_at), sentAt: ms(row?.sent_at) };
};
const welcomes = (who: StoryPerson) => who.texts().filter((text) => text.includes('Välkommen till Rond'));

describe('a person who cannot be reached', () => {
  test('Teams says that the bot is blocked: tried once, the others get theirs, the convenor reads why', async () => {
    const { teams } = t.sandbox.wires;
    teams.switches.block(tove.user, true);
    const before = teams.requests().length;
    await t.moveTo('2022-09-26T07:00:00Z');
    expect(await rowOf('welcome:tove-almgren')).toMatchObject({ state: 'failed', reason: 'blocked' });
    expect(welcomes(tove)).toEqual([]);
    expect(welcomes(liv)).toHaveLength(1);
    const sends = () =>
      teams
        .requests()
        .slice(before)
        .filter(({ method, path }) => method === 'POST' && path.endsWith('/activities')).length;
    const once = sends();
    await t.moveTo('2022-09-27T07:00:00Z');
    expect(sends()).toBe(once);

    await liv.say('läget');
    await vi.waitFor(() => expect(liv.last()).toContain('Läget'));
    expect(liv.last()).toContain('Tove Almgren: Personen har blockerat Rond.');
    await tove.say('läget');
    expect(tove.texts().join(' ')).not.toContain('har blockerat Rond');
  });

  test('Slack says that the account is gone: the same', async () => {
    t.sandbox.wires.slack.switches.active(jonas.user, false);
    await t.moveTo('2022-09-26T07:00:00Z');
    expect(await rowOf('welcome:jonas-ekdahl')).toMatchObject({ state: 'failed', reason: 'not-found' });
    const posts = () =>
      t.sandbox.wires.slack
        .calls()
        .filter(({ method, args }) => method === 'chat.postMessage' && args.channel === jonas.user).length;
    expect(posts()).toBe(1);
    await t.moveTo('2022-09-27T07:00:00Z');
    expect(posts()).toBe(1);
    await liv.say('läget');
    await vi.waitFor(() => expect(liv.last()).toContain('Jonas Ekdahl: Personen eller kanalen finns inte längre.'));
  });
});

describe('a platform that asks for patience', () => {
  test('one throttled lane holds up nobody else, is not asked while it waits, and loses nothing', async () => {
    const { slack, teams } = t.sandbox.wires;
    for (let chat = 0; chat < 2; chat += 1)
      slack.fault({ on: 'send', how: 'status', status: 429, after: false, headers: { 'retry-after': '10' } });
    const asked = () => slack.calls().filter(({ method }) => method === 'chat.postMessage').length;
    const moving = t.moveTo('2022-09-26T07:00:00Z');
    await vi.waitFor(() => expect([welcomes(tove), welcomes(liv)].map((all) => all.length)).toEqual([1, 1]));
    await vi.waitFor(() => expect(teams.channel('19:arbetsgrupp@thread.tacv2')).not.toEqual([]));
    expect(welcomes(jonas)).toEqual([]);
    await vi.waitFor(() => expect(asked()).toBe(2));
    const before = 2;
    const { notBefore } = await vi.waitFor(async () => {
      const found = await times('welcome:jonas-ekdahl');
      expect(found.notBefore).not.toBeNaN();
      return found;
    });
    await moving;
    expect(asked()).toBe(before + 2);
    expect(welcomes(jonas)).toHaveLength(1);
    // By the sandbox's clock: it waited as long as it was told to, and the others did not.
    const [asItWent, others] = [await times('welcome:jonas-ekdahl'), await times('welcome:tove-almgren')];
    expect(notBefore).toBeGreaterThanOrEqual(Date.parse('2022-09-26T07:00:10Z'));
    expect(asItWent.intentAt).toBeGreaterThanOrEqual(notBefore);
    expect(others.sentAt).toBeLessThan(notBefore);
    expect(await rowOf('welcome:jonas-ekdahl')).toMatchObject({ state: 'sent' });
    expect(await rowOf('digest:steering:2022-09-26')).toMatchObject({ state: 'sent' });
  });
});

describe('a message that was taken, but whose answer was lost', () => {
  test.each([
    ['500', { how: 'status', status: 500 } as const],
    ['503', { how: 'status', status: 503 } as const],
    ['a reset connection', { how: 'reset' } as const],
  ])('Slack, %s: read back, one copy, known as sent', async (_, fault) => {
    jonas.wire.fault({ on: 'send', after: true, ...fault });
    jonas.wire.fault({ on: 'send', after: true, ...fault });
    await t.moveTo('2022-09-26T07:00:00Z');
    await vi.waitFor(async () => expect(await rowOf('welcome:jonas-ekdahl')).toMatchObject({ state: 'sent' }));
    expect(welcomes(jonas)).toHaveLength(1);
    expect((await rowOf('welcome:jonas-ekdahl')).reference?.message).toBe(jonas.chat()[0]?.id);
    expect(await rowOf('digest:steering:2022-09-26')).toMatchObject({ state: 'sent' });
    expect(t.sandbox.wires.slack.channel('C0STYR001').filter(({ from }) => from === 'bot')).toHaveLength(1);
  });

  test('Slack, 500 and nothing was taken: seen to be absent, and sent', async () => {
    jonas.wire.fault({ on: 'send', how: 'status', status: 500, after: false });
    await t.moveTo('2022-09-26T07:00:00Z');
    await vi.waitFor(async () => expect(await rowOf('welcome:jonas-ekdahl')).toMatchObject({ state: 'sent' }));
    expect(welcomes(jonas)).toHaveLength(1);
  });

  test.each([
    ['500', { how: 'status', status: 500 } as const],
    ['502', { how: 'status', status: 502 } as const],
    ['a reset connection', { how: 'reset' } as const],
  ])('Teams, %s: one copy; nobody can tell, so it is not repeated and the convenor reads so', async (_, fault) => {
    for (let send = 0; send < 5; send += 1) tove.wire.fault({ on: 'send', after: true, ...fault });
    await t.moveTo('2022-09-26T07:00:00Z');
    await t.moveTo('2022-09-26T12:00:00Z');
    expect(await rowOf('welcome:tove-almgren')).toMatchObject({ state: 'unknown' });
    expect(welcomes(tove)).toHaveLength(1);
    await liv.say('läget');
    await vi.waitFor(() => expect(liv.last()).toContain(`Tove Almgren: ${say('sv', 'reason.unknown')}`));
  });

  test('Teams, 500 at the invitation: the press on it is the proof, and the receipt takes its place', async () => {
    await t.moveTo('2022-10-12T06:59:00Z');
    const key = 'invite:datainsamling-enkat/2022-10-12/2022-11-07:tove-almgren';
    // Whatever is sent to Teams at that moment is taken and not answered.
    for (let send = 0; send < 12; send += 1) tove.wire.fault({ on: 'send', how: 'status', status: 500, after: true });
    await t.moveTo('2022-10-12T07:00:00Z');
    expect(await rowOf(key)).toMatchObject({ state: 'unknown', reference: null });
    const invitation = tove.with('rate.open').id;
    await tove.press(invitation, 'rate.open');
    expect(await rowOf(key)).toMatchObject({ state: 'sent', reference: { message: invitation } });
  });

  test('Teams, 500 at a status card: the tap is the proof, and the convenor reads of no doubt', async () => {
    await t.moveTo('2022-10-12T06:59:00Z');
    for (let send = 0; send < 12; send += 1) tove.wire.fault({ on: 'send', how: 'status', status: 500, after: true });
    await t.moveTo('2022-10-12T07:00:00Z');
    const key = 'status:kunskapssammanstallning:2022-10-12:2022-10-12:tove-almgren';
    expect(await rowOf(key)).toMatchObject({ state: 'unknown' });
    const card = tove.with('status.set').id;
    // What is pressed on the overview, and on the page behind it, proves nothing of another message.
    await tove.say('start');
    await vi.waitFor(() => expect(tove.last()).toContain(say('sv', 'home.heading')));
    const overview = tove.chat().at(-1)?.id ?? '';
    expect(await tove.press(overview, 'status.more')).toMatchObject({ ok: true });
    expect(await tove.press(overview, 'status.save', { status: 'late' })).toMatchObject({ ok: true });
    expect(await rowOf(key)).toMatchObject({ state: 'unknown' });
    expect(await tove.press(card, 'status.set', {}, { status: 'done' })).toMatchObject({ ok: true });
    expect(await rowOf(key)).toMatchObject({ state: 'sent', reference: { message: card } });
  });
});
