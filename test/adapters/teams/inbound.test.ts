/** What Teams tells the bot, beyond what the contract suite covers for every platform. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Card } from '../../../src/ports/chat.ts';
import { cardWith } from '../../contracts/chat-platform.ts';
import { recordingInbox } from '../../support/inbox.ts';
import { channel, openTeamsBench, other, person, type TeamsBench, tenant } from './bench.ts';

const inbox = recordingInbox();
let bench: TeamsBench;
let base: object;

beforeAll(async () => {
  bench = await openTeamsBench({ inbox });
  const { appId, endpoints } = bench.wire.credentials();
  base = {
    channelId: 'msteams',
    serviceUrl: endpoints.serviceUrl,
    recipient: { id: `28:${appId}`, name: 'Rond' },
    from: { id: '29:1x', name: 'Maja Ek', aadObjectId: person.user },
    conversation: { id: 'a:1x', conversationType: 'personal', tenantId: tenant },
    channelData: { tenant: { id: tenant } },
  };
});
afterAll(() => bench.close());
beforeEach(() => inbox.clear());

const deliver = (activity: object) => bench.wire.deliver({ id: randomUUID(), ...base, ...activity });
const inTeam = (data: object = {}) => ({
  conversation: { id: `${channel.id};messageid=7`, conversationType: 'channel', tenantId: tenant, isGroup: true },
  channelData: {
    tenant: { id: tenant },
    team: { id: '19:team@thread.tacv2', name: 'Team' },
    channel: { id: channel.id },
    ...data,
  },
});
const contact = (id: string) => bench.contacts.all.get(`teams/${tenant}/${id}`);

async function shown(card: Card, where: 'personal' | 'channel' = 'personal') {
  const to = where === 'personal' ? { user: person.user } : { channel: channel.id };
  const outcome = await bench.chat.send({ platform: 'teams', tenant, ...to }, { card, key: 'k' });
  if (outcome.is !== 'sent') throw new Error(JSON.stringify(outcome));
  return outcome.reference;
}

describe('presence', () => {
  const table: { name: string; activity: () => object; told: object[] }[] = [
    {
      name: 'a person installs',
      activity: () => ({ type: 'installationUpdate', action: 'add' }),
      told: [{ what: 'installed', who: { platform: 'teams', tenant, user: person.user }, channel: null }],
    },
    {
      name: 'a person gets a new version',
      activity: () => ({ type: 'installationUpdate', action: 'add-upgrade' }),
      told: [{ what: 'installed' }],
    },
    {
      name: 'the old version goes',
      activity: () => ({ type: 'installationUpdate', action: 'remove-upgrade' }),
      told: [],
    },
    {
      name: 'a person uninstalls',
      activity: () => ({ type: 'installationUpdate', action: 'remove' }),
      told: [{ what: 'uninstalled' }],
    },
    {
      name: 'a team gets the app in a channel',
      activity: () => ({
        type: 'installationUpdate',
        action: 'add',
        ...inTeam({ channel: undefined, settings: { selectedChannel: { id: '19:chosen@thread.tacv2' } } }),
      }),
      told: [{ what: 'installed', who: null, channel: '19:chosen@thread.tacv2', name: 'Team' }],
    },
    {
      name: 'a channel is renamed',
      activity: () => ({
        type: 'conversationUpdate',
        ...inTeam({ eventType: 'channelRenamed', channel: { id: channel.id, name: 'Nytt namn' } }),
      }),
      told: [{ what: 'channel-renamed', who: null, channel: channel.id, name: 'Nytt namn' }],
    },
    {
      name: 'a channel is deleted',
      activity: () => ({ type: 'conversationUpdate', ...inTeam({ eventType: 'channelDeleted' }) }),
      told: [{ what: 'channel-deleted', channel: channel.id }],
    },
    ...(
      [
        ['teamArchived', { what: 'channel-deleted', why: 'archived' }],
        ['teamUnarchived', { what: 'installed' }],
        ['teamDeleted', { what: 'uninstalled' }],
        ['teamHardDeleted', { what: 'channel-deleted' }],
        ['teamRestored', { what: 'installed' }],
      ] as const
    ).map(([eventType, told]) => ({
      name: `${eventType}, which names the team alone`,
      activity: () => ({ type: 'conversationUpdate', ...inTeam({ eventType, channel: undefined }) }),
      told: [{ ...told, who: null, channel: '19:team@thread.tacv2' }],
    })),
    {
      name: 'a team gets another name',
      activity: () => ({ type: 'conversationUpdate', ...inTeam({ eventType: 'teamRenamed', channel: undefined }) }),
      told: [],
    },
    {
      name: 'two people join, one of them Rond',
      activity: () => ({
        type: 'conversationUpdate',
        membersAdded: [(base as { recipient: object }).recipient, { id: '29:1new', aadObjectId: 'new-person' }],
        ...inTeam({ eventType: 'teamMemberAdded' }),
      }),
      told: [{ what: 'member-joined', who: { user: 'new-person' }, channel: channel.id }],
    },
    {
      name: 'a person leaves',
      activity: () => ({
        type: 'conversationUpdate',
        membersRemoved: [{ id: '29:1new', aadObjectId: 'new-person' }],
        ...inTeam({ eventType: 'teamMemberRemoved' }),
      }),
      told: [{ what: 'member-left', who: { user: 'new-person' } }],
    },
    {
      name: 'a channel is created',
      activity: () => ({ type: 'conversationUpdate', ...inTeam({ eventType: 'channelCreated' }) }),
      told: [],
    },
  ];
  test.each(table)('$name', async ({ activity, told }) => {
    expect((await deliver(activity())).status).toBe(200);
    expect(inbox.presences).toHaveLength(told.length);
    expect(inbox.presences).toMatchObject(told);
  });

  test('told again, it has the same name; two people of one activity have two', async () => {
    const activity = {
      id: 'f:same',
      type: 'conversationUpdate',
      membersAdded: [
        { id: '29:1a', aadObjectId: 'a' },
        { id: '29:1b', aadObjectId: 'b' },
      ],
      ...inTeam(),
    };
    await deliver(activity);
    await deliver(activity);
    const events = inbox.presences.map(({ event }) => event);
    expect(events.slice(0, 2)).toEqual(events.slice(2));
    expect(new Set(events).size).toBe(2);
  });
});

describe('contacts', () => {
  test('every activity keeps how to reach its sender', async () => {
    const entities = [{ type: 'clientInfo', locale: 'nb-NO', country: 'NO', timezone: 'Europe/Oslo' }];
    await deliver({ type: 'message', text: 'hei', locale: 'nb-NO', entities, localTimezone: 'Europe/Stockholm' });
    expect(contact(person.user)).toEqual({
      conversation: 'a:1x',
      serviceUrl: bench.wire.credentials().endpoints.serviceUrl,
      account: '29:1x',
      locale: 'nb-NO',
      timeZone: 'Europe/Oslo',
      addresses: null,
      blocked: null,
    });
  });

  test('a press keeps them too', async () => {
    const value = { action: { type: 'Action.Execute', verb: 'x.y', data: {} } };
    const from = { id: '29:1presser', aadObjectId: 'presser' };
    await deliver({ type: 'invoke', name: 'adaptiveCard/action', value, from, ...inTeam() });
    expect(contact('presser')).toMatchObject({ account: '29:1presser', conversation: null });
  });

  test('a word in a channel does not become the personal chat, and takes nothing away', async () => {
    await deliver({ type: 'message', text: 'hei', locale: 'nb-NO' });
    await deliver({ type: 'message', text: 'hej', locale: null, ...inTeam() });
    expect(contact(person.user)).toMatchObject({ conversation: 'a:1x', locale: 'nb-NO' });
    expect(contact(channel.id)).toMatchObject({ conversation: null, serviceUrl: expect.any(String) });
  });

  test('a person who uninstalls is marked, and unmarked when back', async () => {
    await deliver({ type: 'installationUpdate', action: 'remove' });
    expect(contact(person.user)?.blocked).toBe('not-installed');
    await deliver({ type: 'installationUpdate', action: 'add' });
    expect(contact(person.user)?.blocked).toBeNull();
  });

  test('somebody who joins a channel can be written to', async () => {
    await deliver({ type: 'conversationUpdate', membersAdded: [{ id: '29:1j', aadObjectId: 'joined' }], ...inTeam() });
    expect(contact('joined')).toMatchObject({ account: '29:1j', conversation: null });
  });

  test('the same again is not written again', async () => {
    let writes = 0;
    const counting = {
      ...bench.contacts,
      put: async () => {
        writes += 1;
      },
    };
    const quiet = await openTeamsBench({ inbox, contacts: counting });
    const after = writes;
    expect(after).toBeGreaterThan(0);
    await quiet.wire.say(person.user, 'hej');
    await quiet.wire.say(person.user, 'hej igen');
    expect(writes).toBe(after);
    await quiet.close();
  });

  test('an answer is stored though contacts cannot be', async () => {
    const broken = {
      ...bench.contacts,
      put: async () => {
        throw new Error('database away');
      },
    };
    const half = await openTeamsBench({ inbox, contacts: broken });
    inbox.clear();
    const value = { action: { type: 'Action.Execute', verb: 'x.y', data: { ref: 'r' } } };
    const { appId, endpoints } = half.wire.credentials();
    const activity = { ...base, serviceUrl: endpoints.serviceUrl, recipient: { id: `28:${appId}` } };
    const answer = await half.wire.deliver({
      ...activity,
      id: '1',
      type: 'invoke',
      name: 'adaptiveCard/action',
      value,
    });
    expect(answer).toMatchObject({ status: 200, body: { statusCode: 200 } });
    expect(inbox.submissions).toHaveLength(1);
    await half.close();
  });
});

describe('texts', () => {
  test("a channel message without a mention is nobody's command", async () => {
    await deliver({ type: 'message', text: 'god morgon', ...inTeam() });
    await deliver({
      type: 'message',
      text: '<at>Maja</at> god morgon',
      entities: [{ type: 'mention', text: '<at>Maja</at>', mentioned: { id: '29:1x' } }],
      ...inTeam(),
    });
    expect(inbox.commands).toEqual([]);
  });

  test('mention, line breaks and hard spaces around the words are taken off', async () => {
    const mention = { type: 'mention', text: '<at>Rond</at>', mentioned: (base as { recipient: object }).recipient };
    await deliver({
      type: 'message',
      text: '<at>Rond</at>&nbsp;  mina\r\n enkäter \n',
      entities: [mention],
      ...inTeam(),
    });
    expect(inbox.commands[0]).toMatchObject({ text: 'mina enkäter', where: 'channel', channel: channel.id });
  });

  test('a notice is plain text, not Markdown', async () => {
    inbox.answer({ do: 'notice', text: '[klicka](http://evil.test) **nu**' });
    await bench.wire.say(person.user, 'status');
    expect(bench.wire.personal(person.user).at(-1)).toMatchObject({
      from: 'bot',
      text: '[klicka](http://evil.test) **nu**',
      card: null,
    });
  });

  test('a notice asked for in a channel is told in the personal chat', async () => {
    inbox.answer({ do: 'notice', text: 'Only for you' });
    const before = bench.wire.channel(channel.id).length;
    // The real conversation again: an activity above has named another.
    await bench.wire.say(person.user, 'status');
    await bench.wire.say(person.user, 'status', channel.id);
    expect(bench.wire.channel(channel.id)).toHaveLength(before + 1);
    expect(bench.wire.personal(person.user).filter((one) => one.text === 'Only for you')).toHaveLength(2);
  });

  test('without an Entra object id: a sentence, no command', async () => {
    const { conversation } = await shown(cardWith('Here'));
    await deliver({
      type: 'message',
      text: 'plan',
      locale: 'sv',
      from: { id: '29:1guest' },
      conversation: { id: conversation, conversationType: 'personal', tenantId: tenant },
    });
    expect(inbox.commands).toEqual([]);
    expect(bench.wire.personal(person.user).at(-1)?.text).toContain('Rond kan inte se vem du är');
  });
});

describe('Action.Submit, from clients that know no Action.Execute', () => {
  const submitCard = (text: string): Card => ({
    ...cardWith(text),
    actions: [{ type: 'Action.Submit', title: 'Save', data: { verb: 'rate.page', ref: 'a-1' } }],
    body: [
      { type: 'TextBlock', text },
      { type: 'Input.Text', id: 'note', label: 'Note' },
    ],
  });

  test('arrives as the same submission', async () => {
    const reference = await shown(submitCard('Old client'));
    const result = await bench.wire.press(person.user, reference, { verb: 'rate.page' }, { note: 'hej' });
    expect(result.ok).toBe(true);
    expect(inbox.submissions).toMatchObject([
      {
        verb: 'rate.page',
        values: { verb: 'rate.page', ref: 'a-1', note: 'hej' },
        message: reference,
        where: 'personal',
      },
    ]);
  });

  test('the answer replaces the message, for everybody', async () => {
    const reference = await shown(submitCard('In the channel'), 'channel');
    inbox.answer({ do: 'finish', card: cardWith('Thank you') });
    await bench.wire.press(other.user, reference, { verb: 'rate.page' });
    const [message] = bench.wire.channel(channel.id).filter((one) => one.id === reference.message);
    expect(message).toMatchObject({ replaced: 1, card: { fallbackText: 'Thank you' } });
  });

  test('but what somebody opens from the channel comes in their own chat, and the message stays', async () => {
    await bench.wire.say(other.user, 'status');
    const data = { verb: 'summary.whole', dialog: '1' };
    const card = { ...cardWith('For all'), actions: [{ type: 'Action.Submit', title: 'All of it', data }] };
    const reference = await shown(card, 'channel');
    inbox.answer({ do: 'show', card: cardWith('All of it, for one') });
    await bench.wire.press(other.user, reference, { verb: 'summary.whole' });
    const [message] = bench.wire.channel(channel.id).filter((one) => one.id === reference.message);
    expect(message).toMatchObject({ replaced: 0, card: { fallbackText: 'For all' } });
    expect(bench.wire.personal(other.user).at(-1)).toMatchObject({ card: { fallbackText: 'All of it, for one' } });
  });

  test('`rond` stands in for `verb`', async () => {
    await deliver({ type: 'message', value: { rond: 'status.set', to: 'done' }, replyToId: '1' });
    expect(inbox.submissions[0]).toMatchObject({ verb: 'status.set', values: { to: 'done' } });
  });

  const toldLast = () => bench.wire.personal(person.user).at(-1)?.text;

  test('a value that is no action of ours changes nothing, and the person is told so; nobody else is', async () => {
    const value = { hello: 1 };
    // The real conversation again: an activity above has named another.
    await bench.wire.say(person.user, 'status');
    const { conversation } = await shown(cardWith('Here'));
    const inChat = { conversation: { id: conversation, conversationType: 'personal', tenantId: tenant } };
    expect((await deliver({ type: 'message', value, locale: 'sv-SE', ...inChat })).status).toBe(200);
    expect(toldLast()).toContain('Rond känner inte till den knappen');
    const said = () => bench.wire.channel(channel.id).length;
    const before = said();
    await deliver({ type: 'message', value, ...inTeam() });
    expect(said()).toBe(before);
    expect(inbox.submissions).toEqual([]);
  });

  test('what could not be stored is told to whoever pressed, who may press again', async () => {
    await bench.wire.say(person.user, 'status');
    const reference = await shown(submitCard('Away'));
    inbox.fail(1);
    await bench.wire.press(person.user, reference, { verb: 'rate.page' }, { note: 'hej' });
    expect(toldLast()).toMatch(/Försök igen|try again/);
    const [message] = bench.wire.personal(person.user).filter((one) => one.id === reference.message);
    expect(message).toMatchObject({ replaced: 0, card: { fallbackText: 'Away' } });
  });
});

describe("one person's card stays theirs", () => {
  test('even after a card with "refresh" has gone through: no request, no change for others', async () => {
    const card = cardWith('For all', [{ verb: 'x.y', title: 'Go', data: { ref: 'r' } }]);
    const reference = await shown(card, 'channel');
    const puts = () => bench.wire.requests().filter(({ method }) => method === 'PUT').length;
    const before = puts();
    const answers = [
      cardWith('PRIVATE 1'),
      { ...cardWith('Shared'), refresh: { action: { type: 'Action.Execute', verb: 'x.y' } } },
      cardWith('PRIVATE 2', [{ verb: 'x.y', title: 'Go', data: { ref: 'r' } }]),
    ];
    const activity = { type: 'invoke', name: 'adaptiveCard/action', replyToId: reference.message, ...inTeam() };
    const value = { action: { type: 'Action.Execute', verb: 'x.y', data: {} } };
    for (const answer of answers) {
      inbox.answer({ do: 'show', card: answer });
      expect(await deliver({ ...activity, value })).toMatchObject({ body: { value: answer } });
    }
    await bench.wire.press(person.user, reference, { verb: 'x.y' });
    expect(puts()).toBe(before);
    const seenBy = (viewer?: string) =>
      bench.wire.channel(channel.id, viewer).find((one) => one.id === reference.message)?.card?.fallbackText;
    expect(seenBy()).toBe('For all');
    expect(seenBy(other.user)).toBe('For all');
    expect(seenBy(person.user)).toBe('PRIVATE 2');
  });
});
