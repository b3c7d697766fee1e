import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSlack } from '../../../src/adapters/slack/slack.ts';
import { memoryContacts } from '../../support/contacts.ts';
import { type RecordingInbox, recordingInbox } from '../../support/inbox.ts';
import { type SlackBench, slackBench } from './bench.ts';

let inbox: RecordingInbox;
let bench: SlackBench;
beforeAll(async () => {
  inbox = recordingInbox();
  bench = await slackBench(inbox, {}, 'sockets');
  await vi.waitFor(() => expect(bench.wire.sockets.open()).toBe(1));
});
afterAll(() => bench.close());
beforeEach(() => {
  inbox.clear();
  // Whoever drives the sandbox waits for an answer.
  inbox.answer({ do: 'notice', text: 'Ja' });
});

const user = 'U0KARIN';
const waitingFor = { interval: 20 };

describe('over a socket', () => {
  test('no address is offered, so none can be knocked at', async () => {
    const answer = await fetch(`${bench.url}/slack/events`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(404);
  });

  test('Slack renews the connection, and what comes after is taken on the new one', async () => {
    const before = bench.wire.sockets.made();
    bench.wire.sockets.refresh();
    await vi.waitFor(() => expect(bench.wire.sockets.made()).toBe(before + 1), waitingFor);
    await vi.waitFor(() => expect(bench.wire.sockets.open()).toBe(1), waitingFor);
    await bench.wire.say(user, 'plan');
    expect(inbox.commands.map(({ text }) => text)).toEqual(['plan']);
  });

  test('the line breaks: Rond is back by itself, and what was said meanwhile arrives once', async () => {
    bench.wire.sockets.drop();
    await bench.wire.say(user, 'hjälp');
    await vi.waitFor(() => expect(inbox.commands.map(({ text }) => text)).toEqual(['hjälp']), waitingFor);
    expect(bench.wire.sockets.open()).toBe(1);
  });

  test('what could not be stored is not acknowledged, so that it comes again, and is then taken', async () => {
    inbox.fail(1);
    await bench.wire.say(user, 'läget');
    await vi.waitFor(() => expect(inbox.commands).toHaveLength(2), waitingFor);
    const [first, second] = inbox.commands;
    expect(second?.event).toBe(first?.event);
    expect(second?.text).toBe('läget');
  });

  test('the same envelope once more is acknowledged and not run again', async () => {
    await bench.wire.say(user, 'plan');
    expect(await bench.wire.redeliver()).toMatchObject({ status: 200 });
    expect(await bench.wire.redeliver()).toMatchObject({ status: 200 });
    expect(inbox.commands).toHaveLength(1);
  });

  test('/rond is answered to that person only', async () => {
    inbox.answer({ do: 'notice', text: 'Bara du ser det här' });
    expect(await bench.wire.slash(user, 'plan')).toBe(200);
    await vi.waitFor(() => {
      const said = bench.wire.personal(user).filter(({ text }) => text.includes('Bara du'));
      expect(said.map(({ onlyFor }) => onlyFor)).toEqual([user]);
    });
  });
});

describe('opening and ending', () => {
  const logged: string[] = [];
  const note = (data: object, message: string) => void logged.push(`${message} ${JSON.stringify(data)}`);
  const over = (appToken: string) =>
    createSlack({
      ...bench.wire.credentials(),
      signingSecret: null,
      appToken,
      inbox,
      contacts: memoryContacts(),
      now: () => Temporal.Now.instant(),
      log: { debug: note, warn: note, error: note },
    });
  const web = { get() {}, post() {}, use() {} } as never;

  test('a token that Slack refuses is said in the log, tried again, and never ends the process', async () => {
    const chat = over('xapp-1-wrong');
    chat.mount(web);
    await vi.waitFor(
      () => expect(logged.filter((line) => line.includes('no socket')).length).toBeGreaterThan(1),
      waitingFor,
    );
    expect(logged.join('\n')).toContain('invalid_auth');
    expect(logged.join('\n')).not.toContain('xapp-1-wrong');
    await chat.close();
  });

  test('the app may be open twice, as with two processes, and each thing still happens once', async () => {
    const second = over(bench.wire.access.appToken);
    second.mount(web);
    await vi.waitFor(() => expect(bench.wire.sockets.open()).toBe(2), waitingFor);
    for (const text of ['ett', 'två', 'tre', 'fyra']) await bench.wire.say(user, text);
    expect(inbox.commands.map(({ text }) => text)).toEqual(['ett', 'två', 'tre', 'fyra']);
    await second.close();
    await vi.waitFor(() => expect(bench.wire.sockets.open()).toBe(1), waitingFor);
  });

  test('ended while it is still connecting, no connection is left behind', async () => {
    const chat = over(bench.wire.access.appToken);
    chat.mount(web);
    await chat.close();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(bench.wire.sockets.open()).toBe(1);
  });
});
