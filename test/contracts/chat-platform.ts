/**
 * What every chat platform must do for the rest of the product, whatever its wire looks like. Each adapter runs this suite
 * over real HTTP against its sandbox wire: `chatPlatformContract('teams', setUp)`.
 */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type Address,
  type Card,
  type ChatPlatform,
  type FailureCode,
  type Inbox,
  mostFileBytes,
  type Outcome,
  type Reference,
} from '../../src/ports/chat.ts';
import type {
  FileWire,
  PressResult,
  SandboxChannel,
  SandboxPerson,
  Shown,
  Wire,
  WireFault,
} from '../../src/sandbox/wire.ts';
import { type RecordingInbox, recordingInbox } from '../support/inbox.ts';

export type Bench = {
  chat: ChatPlatform;
  wire: Wire;
  /** Two people and a channel of one tenant that the wire already knows (`setDirectory` has been awaited). */
  person: SandboxPerson;
  other: SandboxPerson;
  channel: SandboxChannel;
  /** Another channel of that tenant, which the wire does not know yet. */
  newChannel: SandboxChannel;
  /** How this platform says no for good, and the code that must come of it. */
  refusals: { name: string; fault: WireFault; code: FailureCode }[];
  /** How this platform says "too fast" and what wait, in ms, must come of it. */
  throttled: { fault: WireFault; afterMs: number };
  /** The platform delivers its last event (a press or a text) once more, byte for byte or as its retry would. */
  redeliver(): Promise<void>;
  /** The wire once more: people give files over it. */
  files: Pick<FileWire, 'give' | 'filesLeadTo'>;
  close(): Promise<void>;
};

let serial = 0;
const fresh = (word: string) => `${word} ${++serial}`;

type Button = { verb: string; title: string; data?: Record<string, unknown> };

/** A card with one sentence and some buttons, as `src/cards` makes them. */
export function cardWith(text: string, buttons: Button[] = [], inputs: Record<string, unknown>[] = []): Card {
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    fallbackText: text,
    body: [{ type: 'TextBlock', text, wrap: true }, ...inputs],
    actions: buttons.map(({ verb, title, data }) => ({
      type: 'Action.Execute',
      verb,
      title,
      data: data ?? {},
      fallback: { type: 'Action.Submit', title, data: { ...data, verb } },
    })),
  };
}

const noteAndLevel = [
  {
    type: 'Input.Text',
    id: 'note',
    label: 'Note',
    isRequired: true,
    errorMessage: 'Write a note',
    maxLength: 500,
  },
  {
    type: 'Input.ChoiceSet',
    id: 'level',
    label: 'Level',
    value: 'vulnerable',
    choices: [
      { title: 'Sustainable', value: 'sustainable' },
      { title: 'Vulnerable', value: 'vulnerable' },
    ],
  },
];

const says = (shown: Shown, text: string) =>
  JSON.stringify([shown.text, shown.card, shown.blocks]).includes(JSON.stringify(text).slice(1, -1));

function referenceOf(outcome: Outcome): Reference {
  if (outcome.is !== 'sent') throw new Error(`expected "sent", got ${JSON.stringify(outcome)}`);
  return outcome.reference;
}

export function chatPlatformContract(name: string, setUp: (inbox: Inbox) => Promise<Bench>): void {
  describe(`${name}: what every chat platform does`, () => {
    let inbox: RecordingInbox;
    let bench: Bench;
    let wire: Wire;
    let chat: ChatPlatform;
    let toPerson: Address;
    let toChannel: Address;

    beforeAll(async () => {
      inbox = recordingInbox();
      bench = await setUp(inbox);
      ({ wire, chat } = bench);
      const { platform, tenant, user } = bench.person;
      toPerson = { platform, tenant, user };
      toChannel = {
        platform: bench.channel.platform,
        tenant: bench.channel.tenant,
        channel: bench.channel.id,
      };
    });
    afterAll(async () => {
      await bench?.close();
    });
    beforeEach(() => {
      inbox.clear();
    });

    const personal = (text: string) => wire.personal(bench.person.user).filter((shown) => says(shown, text));
    const inChannel = (text: string) => wire.channel(bench.channel.id).filter((shown) => says(shown, text));
    const everCreated = (text: string) => wire.created().filter((shown) => says(shown, text));
    /** The person reads this somewhere: in the chat or in an open dialog. */
    const reads = (text: string) =>
      personal(text).length > 0 || JSON.stringify(wire.dialog(bench.person.user)).includes(text);

    const sendPersonal = async (card: Card): Promise<Reference> =>
      referenceOf(await chat.send(toPerson, { card, key: fresh('key') }));

    /** Fills in a card with inputs: on the card itself, or in the dialog behind its button where the platform has one. */
    async function fillIn(message: string, verb: string, inputs: Record<string, string>): Promise<PressResult> {
      const { user } = bench.person;
      const onCard = wire.buttons(user, { message });
      if (onCard.some((button) => button.verb === verb) && wire.platform === 'teams') {
        return wire.press(user, { message }, { verb }, inputs);
      }
      const opened = await wire.press(user, { message }, { verb: onCard[0]?.verb ?? '' });
      expect(opened.ok).toBe(true);
      await vi.waitFor(() => expect(wire.dialog(user)).not.toBeNull());
      return wire.press(user, { dialog: wire.dialog(user)?.id ?? '' }, { verb: 'submit' }, inputs);
    }

    test('a message to a person is seen once, by that person, with its card', async () => {
      const text = fresh('To one person');
      const outcome = await chat.send(toPerson, {
        card: cardWith(text),
        key: fresh('key'),
      });
      const reference = referenceOf(outcome);
      expect(reference).toMatchObject({
        platform: toPerson.platform,
        tenant: toPerson.tenant,
      });
      expect(personal(text)).toHaveLength(1);
      expect(personal(text)[0]).toMatchObject({
        id: reference.message,
        conversation: reference.conversation,
        from: 'bot',
        replaced: 0,
      });
      expect(everCreated(text)).toHaveLength(1);
      expect(wire.personal(bench.other.user).some((shown) => says(shown, text))).toBe(false);
      expect(inChannel(text)).toEqual([]);
    });

    test.each(['person', 'channel'] as const)(
      'making ready to write to a %s shows nothing, however often',
      async (place) => {
        const to = place === 'person' ? toPerson : toChannel;
        const before = wire.created().length;
        expect(await chat.prepare(to)).toEqual({ is: 'ready' });
        expect(await chat.prepare(to)).toEqual({ is: 'ready' });
        expect(wire.created()).toHaveLength(before);
        const text = fresh('After making ready');
        referenceOf(await chat.send(to, { card: cardWith(text), key: fresh('key') }));
        expect(everCreated(text)).toHaveLength(1);
      },
    );

    test('making ready to write to nobody says why not', async () => {
      const nobody = { platform: toPerson.platform, tenant: toPerson.tenant, user: 'nobody-at-all' };
      expect(await chat.prepare(nobody)).toMatchObject({ is: 'failed' });
    });

    test('a message to a channel is seen once, in that channel', async () => {
      const text = fresh('To everybody');
      const reference = referenceOf(await chat.send(toChannel, { card: cardWith(text), key: fresh('key') }));
      expect(inChannel(text)).toHaveLength(1);
      expect(inChannel(text)[0]).toMatchObject({
        id: reference.message,
        from: 'bot',
      });
      expect(everCreated(text)).toHaveLength(1);
      expect(personal(text)).toEqual([]);
    });

    test.each(['person', 'channel'] as const)('a message to a %s is replaced where it stands', async (place) => {
      const [before, after] = [fresh('Before'), fresh('After')];
      const to = place === 'person' ? toPerson : toChannel;
      const key = fresh('key');
      const reference = referenceOf(await chat.send(to, { card: cardWith(before), key }));
      const replaced = await chat.replace(reference, {
        card: cardWith(after),
        key,
      });
      expect(replaced).toEqual({ is: 'sent', reference });
      const seen = place === 'person' ? personal : inChannel;
      expect(seen(before)).toEqual([]);
      expect(seen(after)).toHaveLength(1);
      expect(seen(after)[0]).toMatchObject({
        id: reference.message,
        replaced: 1,
      });
      await chat.replace(reference, { card: cardWith(after), key });
      expect(everCreated(after)).toHaveLength(1);
    });

    test('a press reaches the inbox once, with who, what and where', async () => {
      const data = { ref: 'a-1', to: 'done' };
      const { user } = bench.person;
      const reference = await sendPersonal(
        cardWith(fresh('Press me'), [
          {
            verb: 'status.set',
            title: 'Late',
            data: { ref: 'a-1', to: 'late' },
          },
          { verb: 'status.set', title: 'Done', data },
        ]),
      );
      const message = reference.message;
      expect(wire.buttons(user, { message }).map((button) => button.label)).toEqual(['Late', 'Done']);
      const result = await wire.press(user, { message }, { verb: 'status.set', values: { to: 'done' } });
      expect(result.ok).toBe(true);
      await vi.waitFor(() => expect(inbox.submissions).toHaveLength(1));
      const submission = inbox.submissions[0];
      expect(submission).toMatchObject({
        who: {
          platform: bench.person.platform,
          tenant: bench.person.tenant,
          user,
        },
        verb: 'status.set',
        message: reference,
        where: 'personal',
      });
      expect(submission?.values).toMatchObject(data);
      expect(Object.values(submission?.values ?? {}).every((value) => typeof value === 'string')).toBe(true);
      expect(submission?.event).toBeTruthy();
    });

    test('two presses are two events; one press delivered twice is one', async () => {
      const { user } = bench.person;
      const { message } = await sendPersonal(
        cardWith(fresh('Twice'), [{ verb: 'x.y', title: 'Go', data: { ref: 'r' } }]),
      );
      await wire.press(user, { message }, { verb: 'x.y' });
      await vi.waitFor(() => expect(inbox.submissions).toHaveLength(1));
      await bench.redeliver();
      await wire.press(user, { message }, { verb: 'x.y' });
      const events = () => inbox.submissions.map((submission) => submission.event);
      // An adapter may drop the repetition itself; when it does not, it names it alike.
      await vi.waitFor(() => expect(new Set(events()).size).toBe(2));
      if (events().length === 3) expect(events()[0]).toBe(events()[1]);
    });

    test('a press in a channel says so, and whose it was', async () => {
      const card = cardWith(fresh('All may press'), [{ verb: 'x.y', title: 'Go', data: { ref: 'r' } }]);
      const reference = referenceOf(await chat.send(toChannel, { card, key: fresh('key') }));
      await wire.press(bench.other.user, { message: reference.message }, { verb: 'x.y' });
      await vi.waitFor(() => expect(inbox.submissions).toHaveLength(1));
      expect(inbox.submissions[0]).toMatchObject({
        where: 'channel',
        who: { user: bench.other.user },
      });
    });

    test('what was filled in arrives flat, beside what the button carries', async () => {
      const card = cardWith(
        fresh('Fill me in'),
        [{ verb: 'rate.page', title: 'Save', data: { ref: 'a-7', page: '2' } }],
        noteAndLevel,
      );
      const { message } = await sendPersonal(card);
      const result = await fillIn(message, 'rate.page', {
        note: 'Åtta tjänster saknas',
      });
      expect(result.ok).toBe(true);
      await vi.waitFor(() => expect(inbox.submissions.at(-1)?.values.note).toBe('Åtta tjänster saknas'));
      const submission = inbox.submissions.at(-1);
      expect(submission?.verb).toBe('rate.page');
      expect(submission?.values).toMatchObject({
        ref: 'a-7',
        page: '2',
        level: 'vulnerable',
      });
    });

    test('"show" and "finish" are seen in place of what was clicked', async () => {
      const { user } = bench.person;
      for (const how of ['show', 'finish'] as const) {
        const [before, after] = [fresh('Clicked'), fresh(how)];
        const { message } = await sendPersonal(cardWith(before, [{ verb: 'x.y', title: 'Go', data: { ref: 'r' } }]));
        inbox.answer({ do: how, card: cardWith(after) });
        const result = await wire.press(user, { message }, { verb: 'x.y' });
        expect(result.ok).toBe(true);
        await vi.waitFor(() => expect(reads(after)).toBe(true));
        expect(personal(before)).toEqual([]);
        expect(wire.dialog(user)).toBeNull();
      }
    });

    test('"refuse" keeps the page and says what is wrong', async () => {
      const wrong = fresh('A comment is missing');
      const card = cardWith(fresh('A page'), [{ verb: 'rate.page', title: 'Save', data: { ref: 'a' } }], noteAndLevel);
      const { message } = await sendPersonal(card);
      inbox.answer({
        do: 'refuse',
        card: cardWith(wrong, [{ verb: 'rate.page', title: 'Save', data: { ref: 'a' } }], noteAndLevel),
        errors: { note: wrong },
      });
      const result = await fillIn(message, 'rate.page', { note: 'x' });
      await vi.waitFor(() => expect(reads(wrong) || result.errors.note === wrong).toBe(true));
      wire.closeDialog(bench.person.user);
    });

    test('"notice" is told to that person only and replaces nothing', async () => {
      const { user } = bench.person;
      const [before, told] = [fresh('Stays'), fresh('The survey is closed')];
      const { message } = await sendPersonal(cardWith(before, [{ verb: 'x.y', title: 'Go', data: { ref: 'r' } }]));
      inbox.answer({ do: 'notice', text: told });
      const result = await wire.press(user, { message }, { verb: 'x.y' });
      const privately = () => personal(told).filter((shown) => shown.onlyFor === user);
      await vi.waitFor(() => expect(result.notice === told || privately().length === 1).toBe(true));
      expect(personal(before)).toHaveLength(1);
      expect(personal(before)[0]?.replaced).toBe(0);
    });

    test('"nothing" changes nothing', async () => {
      const { user } = bench.person;
      const before = fresh('Unmoved');
      const { message } = await sendPersonal(cardWith(before, [{ verb: 'x.y', title: 'Go', data: { ref: 'r' } }]));
      const count = wire.created().length;
      const result = await wire.press(user, { message }, { verb: 'x.y' });
      expect(result.ok).toBe(true);
      expect(personal(before)[0]).toMatchObject({ id: message, replaced: 0 });
      expect(wire.created()).toHaveLength(count);
    });

    test('when nothing could be stored, the person can press again', async () => {
      const { user } = bench.person;
      const [before, after] = [fresh('Keeps its button'), fresh('Stored at last')];
      const { message } = await sendPersonal(cardWith(before, [{ verb: 'x.y', title: 'Go', data: { ref: 'r' } }]));
      inbox.answer({ do: 'finish', card: cardWith(after) });
      inbox.fail(1);
      await wire.press(user, { message }, { verb: 'x.y' });
      await vi.waitFor(() => expect(inbox.submissions).toHaveLength(1));
      expect(reads(after)).toBe(false);
      const second = await wire.press(user, { message }, { verb: 'x.y' });
      expect(second.ok).toBe(true);
      await vi.waitFor(() => expect(reads(after)).toBe(true));
    });

    test('a text in the personal chat is a command, and its answer a message there', async () => {
      const { user, platform, tenant } = bench.person;
      const answer = fresh('This is what I can do');
      inbox.answer({ do: 'show', card: cardWith(answer) });
      await wire.say(user, 'hjälp');
      await vi.waitFor(() => expect(personal(answer)).toHaveLength(1));
      expect(inbox.commands).toHaveLength(1);
      expect(inbox.commands[0]).toMatchObject({
        who: { platform, tenant, user },
        text: 'hjälp',
        where: 'personal',
        channel: null,
      });
      expect(inbox.commands[0]?.event).toBeTruthy();
    });

    test('a mention in a channel is a command without the mention, answered there', async () => {
      const answer = fresh('Here is the plan');
      inbox.answer({ do: 'show', card: cardWith(answer) });
      await wire.say(bench.person.user, 'plan', bench.channel.id);
      await vi.waitFor(() => expect(inChannel(answer)).toHaveLength(1));
      expect(inbox.commands).toHaveLength(1);
      expect(inbox.commands[0]).toMatchObject({
        text: 'plan',
        where: 'channel',
        channel: bench.channel.id,
      });
      expect(personal(answer)).toEqual([]);
    });

    test('"too fast" is to be tried again after the wait the platform names, and showed nothing', async () => {
      const text = fresh('Too fast');
      wire.fault(bench.throttled.fault);
      const outcome = await chat.send(toPerson, {
        card: cardWith(text),
        key: fresh('key'),
      });
      expect(outcome).toMatchObject({
        is: 'again',
        afterMs: bench.throttled.afterMs,
      });
      expect(everCreated(text)).toEqual([]);
      referenceOf(await chat.send(toPerson, { card: cardWith(text), key: fresh('key') }));
      expect(everCreated(text)).toHaveLength(1);
    });

    const ambiguous: { name: string; fault: WireFault }[] = [
      {
        name: 'a 500 after the message was stored',
        fault: { on: 'send', how: 'status', status: 500, after: true },
      },
      {
        name: 'a 503 after the message was stored',
        fault: { on: 'send', how: 'status', status: 503, after: true },
      },
      {
        name: 'a reset after the message was stored',
        fault: { on: 'send', how: 'reset', after: true },
      },
      {
        name: 'silence after the message was stored',
        fault: { on: 'send', how: 'hang', after: true },
      },
    ];
    test.each(ambiguous)('$name is unknown, and the person has one copy', async ({ fault }) => {
      const text = fresh('Perhaps');
      const key = fresh('key');
      const since = Temporal.Now.instant().subtract({ minutes: 1 });
      wire.fault(fault);
      expect(await chat.send(toPerson, { card: cardWith(text), key })).toMatchObject({ is: 'unknown' });
      expect(everCreated(text)).toHaveLength(1);
      const recalled = await chat.recall(toPerson, key, since);
      expect(['found', 'cannot-tell']).toContain(recalled.is);
      if (recalled.is === 'found') expect(recalled.reference.message).toBe(everCreated(text)[0]?.id);
      expect(everCreated(text)).toHaveLength(1);
    });

    test.each([
      {
        name: 'a 500 before anything was stored',
        fault: { on: 'send', how: 'status', status: 500, after: false },
      },
      {
        name: 'a reset before anything was stored',
        fault: { on: 'send', how: 'reset', after: false },
      },
    ] satisfies { name: string; fault: WireFault }[])(
      '$name is unknown too: it cannot be told apart',
      async ({ fault }) => {
        const text = fresh('Perhaps not');
        const key = fresh('key');
        wire.fault(fault);
        expect(await chat.send(toPerson, { card: cardWith(text), key })).toMatchObject({ is: 'unknown' });
        expect(everCreated(text)).toEqual([]);
        const recalled = await chat.recall(toPerson, key, Temporal.Now.instant().subtract({ minutes: 1 }));
        expect(['absent', 'cannot-tell']).toContain(recalled.is);
      },
    );

    test('a refusal for good says why in one of our codes', async () => {
      expect(bench.refusals.length).toBeGreaterThan(0);
      for (const { name: what, fault, code } of bench.refusals) {
        const text = fresh(`Refused: ${what}`);
        wire.fault(fault);
        const outcome = await chat.send(toPerson, {
          card: cardWith(text),
          key: fresh('key'),
        });
        expect([what, outcome]).toMatchObject([what, { is: 'failed', code }]);
        expect(everCreated(text)).toEqual([]);
      }
    });

    test('a pasted table keeps its lines and tabs beside the one-line text', async () => {
      await wire.say(bench.person.user, 'Aktivitet\tAnsvarig\nRapport\tMaja');
      await vi.waitFor(() => expect(inbox.commands).toHaveLength(1));
      expect(inbox.commands[0]).toMatchObject({
        text: 'Aktivitet Ansvarig Rapport Maja',
        lines: 'Aktivitet\tAnsvarig\nRapport\tMaja',
      });
    });

    test('everybody in a channel is named, and no program', async () => {
      const { tenant, id } = bench.channel;
      const roster = await chat.roster({ platform: bench.channel.platform, tenant, channel: id });
      if (roster.is !== 'known') throw new Error(JSON.stringify(roster));
      const named = roster.members.map(({ user, name }) => ({ user, name }));
      const both = [bench.person, bench.other].map(({ user, name }) => ({ user, name }));
      expect(named).toEqual(expect.arrayContaining(both));
      expect(new Set(named.map(({ user }) => user)).size).toBe(named.length);
      expect(named.filter(({ name }) => /rond|bot/i.test(name))).toEqual([]);
    });

    test('somebody is found by what a mention names them by, and by their address in any case', async () => {
      const { platform, tenant, id } = bench.channel;
      const channel = { platform, tenant, channel: id };
      const roster = await chat.roster(channel);
      if (roster.is !== 'known') throw new Error(JSON.stringify(roster));
      const listed = roster.members.find(({ user }) => user === bench.person.user);
      const { mail, mention = bench.person.user } = listed ?? { mail: null };
      if (!mail) throw new Error('no address in the roster');
      const { user, name } = bench.person;
      for (const who of [{ mention }, { mail }])
        expect(await chat.find(channel, who)).toMatchObject({ is: 'found', person: { user, name } });
    });

    test('nobody is found under an address that is nobody’s, and no program under its own mention', async () => {
      const { platform, tenant, id } = bench.channel;
      const channel = { platform, tenant, channel: id };
      expect(await chat.find(channel, { mail: 'nobody@example.org' })).toEqual({ is: 'nobody' });
      expect(await chat.find(channel, { mention: 'U0NOBODY' })).toEqual({ is: 'nobody' });
    });

    test('a channel that is not there has no roster, and says why', async () => {
      const { platform, tenant } = bench.channel;
      expect(await chat.roster({ platform, tenant, channel: 'C0NOWHERE' })).toMatchObject({
        is: 'failed',
        code: 'not-found',
      });
    });

    test('a file arrives with its name, and its bytes can be fetched', async () => {
      const bytes = new TextEncoder().encode('Aktivitet;Ansvarig;Tid\nRapport;Maja;12/10\n');
      await bench.files.give(bench.person.user, { name: 'tidplan.csv', bytes }, 'Här är tidplanen');
      await vi.waitFor(() => expect(inbox.commands).toHaveLength(1));
      const [file, ...more] = inbox.commands[0]?.files ?? [];
      if (!file) throw new Error('no file came');
      expect(more).toEqual([]);
      expect(file).toMatchObject({ name: 'tidplan.csv', tenant: bench.person.tenant });
      expect(await chat.download(file)).toEqual({ is: 'got', bytes: Buffer.from(bytes) });
    });

    test('a file of more than 20 MB is let go of while it comes', async () => {
      const long = { name: 'allt.docx', bytes: new Uint8Array(mostFileBytes + 1) };
      await bench.files.give(bench.person.user, long);
      await vi.waitFor(() => expect(inbox.commands).toHaveLength(1));
      const [file] = inbox.commands[0]?.files ?? [];
      if (!file) throw new Error('no file came');
      expect(await chat.download({ ...file, size: null })).toEqual({ is: 'failed', code: 'too-big' });
    });

    test('a file is fetched from the platform alone, and not where it leads to', async () => {
      let asked = 0;
      const elsewhere = createServer((_request, response) => {
        asked += 1;
        response.end('secret');
      });
      await new Promise<void>((ready) => elsewhere.listen(0, '127.0.0.1', ready));
      const url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/a.csv`;
      await bench.files.give(bench.person.user, { name: 'plan.csv', bytes: new Uint8Array([65]) });
      await vi.waitFor(() => expect(inbox.commands).toHaveLength(1));
      const [file] = inbox.commands[0]?.files ?? [];
      if (!file) throw new Error('no file came');
      for (const address of [url, url.replace('http://', 'http://user@'), 'file:///etc/passwd', 'not an address']) {
        expect(await chat.download({ ...file, url: address })).toEqual({ is: 'failed', code: 'forbidden' });
      }
      bench.files.filesLeadTo(url);
      expect(await chat.download(file)).toMatchObject({ is: 'failed' });
      bench.files.filesLeadTo(null);
      expect(asked).toBe(0);
      elsewhere.close();
    });

    test('being added to a channel is told to the inbox', async () => {
      const { newChannel } = bench;
      await wire.setDirectory({
        people: [bench.person, bench.other],
        channels: [bench.channel, newChannel],
      });
      await vi.waitFor(() =>
        expect(inbox.presences.filter((presence) => presence.channel === newChannel.id).length).toBeGreaterThan(0),
      );
      const told = inbox.presences.find((presence) => presence.channel === newChannel.id);
      expect(told).toMatchObject({
        platform: newChannel.platform,
        tenant: newChannel.tenant,
      });
      expect(['installed', 'member-joined']).toContain(told?.what);
      expect(told?.event).toBeTruthy();
    });
  });
}
