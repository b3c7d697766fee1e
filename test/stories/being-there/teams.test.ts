/** Coming and going in Teams: who is told, who is left in peace, and what follows when somebody is back. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { putDirectory } from '../../../src/sandbox/client.ts';
import type { SandboxPerson } from '../../../src/sandbox/wire.ts';
import { startTestRond, type TestRond, type TestRondOptions } from '../../support/rond.ts';
import { groupChannel, ledgerOf, liv, says, seen, teamsChat, teamsTenant, tove } from '../../support/scene.ts';

let all: TestRond;
const wire = () => all.sandbox.wires.teams;
const contact = (id: string) => all.rond.store.contacts.get({ platform: 'teams', tenant: teamsTenant, id });
/** Requests that try to show something, to anybody. */
const knocks = () =>
  wire()
    .requests()
    .filter(({ method, path }) => method === 'POST' && path.endsWith('/activities')).length;
const shown = () => wire().created().length;
const status = async (): Promise<string> => {
  const before = teamsChat(all, liv).length;
  await wire().say(liv, 'läget');
  await vi.waitFor(() => expect(teamsChat(all, liv).length).toBeGreaterThan(before));
  return JSON.stringify(teamsChat(all, liv).at(-1)?.card);
};

const start =
  (options: TestRondOptions = {}) =>
  async () => {
    all = await startTestRond(options);
  };
const stop = () => all.close();

describe('a member has blocked Rond', () => {
  beforeAll(start());
  afterAll(stop);

  test('one knock; then nobody knocks again, and the convenor hears of it once', async () => {
    await all.moveTo('2022-09-26T12:00:00Z');
    wire().switches.block(tove, true);
    const [before, knocked, saw] = [teamsChat(all, tove).length, knocks(), shown()];
    await all.moveTo('2022-10-26T12:00:00Z');
    const failed = (await ledgerOf(all)).filter((row) => row.includes('tove-almgren failed'));
    expect(failed).toContain('invitation tove-almgren failed blocked');
    expect(failed).toContain('reminder tove-almgren failed blocked');
    expect(failed.every((row) => row.endsWith('blocked'))).toBe(true);
    expect(teamsChat(all, tove)).toHaveLength(before);
    // Of the requests to personal chats since then all but one showed something.
    const inChannel = wire()
      .channel(groupChannel)
      .filter(({ from, at }) => from === 'bot' && at > '2022-09-26T12:00:00Z').length;
    expect(knocks() - knocked).toBe(shown() - saw - inChannel + 1);
    const told = teamsChat(all, liv).filter(says('Tove Almgren gick inte att nå'));
    expect(told).toHaveLength(1);
    expect(told.filter(says('har blockerat Rond'))).toHaveLength(1);
  });

  test('the convenor reads it in the status, in plain words; nobody else does', async () => {
    expect(await status()).toContain('Tove Almgren: ');
    await wire().say(tove, 'läget');
    expect(wire().personal(tove).filter(says('Tove Almgren: '))).toEqual([]);
  });

  test('a word from the person opens the door: what is still due comes once, what came before it does not', async () => {
    wire().switches.block(tove, false);
    await wire().say(tove, 'mina enkäter');
    await seen(() => teamsChat(all, tove), 'En enkät till dig');
    await vi.waitFor(async () => expect(await ledgerOf(all, 'invitation')).toContain('invitation tove-almgren sent'));
    expect(await ledgerOf(all, 'reminder')).toContain('reminder tove-almgren skipped superseded');
    expect(teamsChat(all, tove).filter(says('En enkät till dig'))).toHaveLength(1);
    expect(teamsChat(all, tove).filter(says('Påminnelse om enkäten'))).toHaveLength(0);
    expect((await contact(tove))?.blocked).toBeNull();
    expect(await status()).not.toContain('Tove Almgren: ');
  });
});

describe('installed, removed, installed again', () => {
  beforeAll(start());
  afterAll(stop);

  test('where somebody can be reached is known from the first activity', async () => {
    const known = await contact(tove);
    expect(known?.conversation).toMatch(/^a:/);
    expect(known).toMatchObject({ locale: 'sv-SE', timeZone: 'Europe/Stockholm', blocked: null });
    expect(known?.account).toMatch(/^29:/);
    expect(known?.serviceUrl).toContain('/teams/emea');
  });

  test('whoever removes the app is not written to; nobody knocks even once', async () => {
    await all.moveTo('2022-09-26T12:00:00Z');
    await wire().switches.uninstall(tove);
    expect((await contact(tove))?.blocked).toBe('not-installed');
    const [knocked, saw] = [knocks(), shown()];
    await all.moveTo('2022-10-12T07:30:00Z');
    expect(await ledgerOf(all, 'invitation')).toContain('invitation tove-almgren failed not-installed');
    const inChannel = wire()
      .channel(groupChannel)
      .filter(({ from, at }) => from === 'bot' && at > '2022-09-26T12:00:00Z').length;
    expect(knocks() - knocked).toBe(shown() - saw - inChannel);
    expect(teamsChat(all, liv).filter(says('Tove Almgren gick inte att nå'))).toHaveLength(1);
    expect(await status()).toContain('inte installerat');
  });

  test('installed again, the invitation follows, and no second welcome', async () => {
    await wire().switches.reinstall(tove);
    await seen(() => teamsChat(all, tove), 'En enkät till dig');
    expect(teamsChat(all, tove).filter(says('Välkommen till Rond'))).toHaveLength(1);
    expect((await ledgerOf(all)).filter((row) => row.includes('tove-almgren failed'))).toEqual([]);
  });
});

describe('the channel', () => {
  beforeAll(start());
  afterAll(stop);
  const told = () => teamsChat(all, liv).filter(says('Rond kan inte skriva i kanalen'));
  const inChannel = () =>
    wire()
      .channel(groupChannel)
      .filter(({ from }) => from === 'bot');
  const creations = () =>
    wire()
      .requests()
      .filter(({ path }) => path === '/v3/conversations').length;

  test('gets another name: so it is called from then on', async () => {
    await wire().switches.rename(groupChannel, 'Karriärvägar och kompetens');
    const loaded = await all.rond.store.groups.load(all.group.key);
    expect(loaded?.group.channels.find(({ id }) => id === groupChannel)?.name).toBe('Karriärvägar och kompetens');
  });

  test('is deleted: the convenor is told once, the digests fail with the reason, and nothing is tried', async () => {
    await wire().switches.deleteChannel(groupChannel);
    await vi.waitFor(() => expect(told()).toHaveLength(1));
    expect(told().filter(says('Karriärvägar och kompetens'))).toHaveLength(1);
    const before = creations();
    await all.moveTo('2022-10-17T12:00:00Z');
    expect(await ledgerOf(all, 'digest')).toEqual(['digest group failed not-found', 'digest group failed not-found']);
    expect(creations()).toBe(before);
    expect(told()).toHaveLength(1);
    expect(await status()).toContain('Karriärvägar och kompetens: ');
  });

  test('is there again: one digest tells of the whole time', async () => {
    await wire().switches.restoreChannel(groupChannel);
    await vi.waitFor(() => expect(inChannel()).toHaveLength(1));
    expect(inChannel().filter(says('Tidplanen är inläst'))).toHaveLength(1);
    expect(inChannel().filter(says('är öppen'))).toHaveLength(1);
    await vi.waitFor(async () =>
      expect(await ledgerOf(all, 'digest')).toEqual(['digest group skipped superseded', 'digest group sent']),
    );
  });

  test('is joined and left by people who are not in the group: nobody writes to them', async () => {
    const [somebody] = all.sandbox.directory().people;
    const stranger = { ...(somebody as SandboxPerson), key: 'stranger', user: 'stranger-1' };
    const saw = shown();
    await wire().switches.join(stranger, groupChannel);
    await wire().switches.leave(stranger, groupChannel);
    await all.moveTo('2022-10-17T13:00:00Z');
    expect(shown()).toBe(saw);
  });

  test('loses the app: the convenor is told why, once', async () => {
    await wire().switches.remove(groupChannel);
    await wire().switches.remove(groupChannel);
    await vi.waitFor(() => expect(told().filter(says('inte installerat'))).toHaveLength(1));
    await wire().say(liv, 'översikt');
    const home = await seen(() => teamsChat(all, liv), 'Din översikt');
    await wire().press(liv, { message: home.id }, { verb: 'status.set', values: { status: 'under-way' } });
    await all.moveTo('2022-10-24T12:00:00Z');
    expect(await ledgerOf(all, 'digest')).toContain('digest group failed not-installed');
    expect(told()).toHaveLength(2);
  });
});

describe('the team', () => {
  const general = '19:allmant@thread.tacv2';
  beforeAll(async () => {
    await start()();
    const { people, channels } = all.sandbox.directory();
    const mine = channels.map((one) => (one.id === groupChannel ? { ...one, team: general } : one));
    await putDirectory(all.sandbox.url, {
      people,
      channels: [...mine, { platform: 'teams', tenant: teamsTenant, id: general, name: 'Allmänt' }],
    });
    // Any activity of the channel says whose team it belongs to.
    await wire().switches.rename(groupChannel, 'Arbetsgruppen');
  });
  afterAll(stop);
  const told = () => teamsChat(all, liv).filter(says('Rond kan inte skriva i kanalen'));

  test('is archived: of each of its channels the convenor is told at once, and nothing is tried', async () => {
    expect((await contact(groupChannel))?.account).toBe(general);
    await wire().switches.archiveTeam(general, true);
    await vi.waitFor(() => expect(told()).toHaveLength(1));
    expect(told().filter(says('Arbetsgruppen')).filter(says('arkiverad'))).toHaveLength(1);
    expect((await contact(general))?.blocked).toBe('archived');
    const asked = () =>
      wire()
        .requests()
        .filter(({ path }) => path === '/v3/conversations').length;
    const before = asked();
    await all.moveTo('2022-10-17T12:00:00Z');
    expect(await ledgerOf(all, 'digest')).toEqual(['digest group failed archived', 'digest group failed archived']);
    expect(asked()).toBe(before);
    expect(told()).toHaveLength(1);
  });

  test('is in use again: one digest tells of the whole time', async () => {
    await wire().switches.archiveTeam(general, false);
    await vi.waitFor(async () =>
      expect(await ledgerOf(all, 'digest')).toEqual(['digest group skipped superseded', 'digest group sent']),
    );
    expect((await contact(groupChannel))?.blocked).toBeNull();
  });
});

describe('a group chat instead of a channel', () => {
  const chat = '19:gruppchatt@thread.v2';
  beforeAll(
    start({
      change: (group) => ({
        ...group,
        channels: group.channels.map((one) =>
          one.purpose === 'group' ? { ...one, id: chat, name: 'Gruppchatten' } : one,
        ),
      }),
    }),
  );
  afterAll(stop);

  test('is written to in the conversation it is', async () => {
    expect((await contact(chat))?.conversation).toBe(chat);
    await all.moveTo('2022-10-03T12:00:00Z');
    expect(await ledgerOf(all, 'digest')).toContain('digest group sent');
    expect(
      wire()
        .channel(chat)
        .filter(({ from }) => from === 'bot').length,
    ).toBeGreaterThan(0);
  });
});

describe('strangers', () => {
  beforeAll(start());
  afterAll(stop);

  test('of a tenant that is not served are refused, and nothing is kept of them', async () => {
    const { appId, endpoints } = wire().credentials();
    const saw = shown();
    const answer = await wire().deliver({
      type: 'message',
      id: 'f:stranger',
      channelId: 'msteams',
      serviceUrl: endpoints.serviceUrl,
      text: 'hej',
      from: { id: '29:1stranger', aadObjectId: 'somebody' },
      recipient: { id: `28:${appId}` },
      conversation: { id: 'a:1stranger', conversationType: 'personal', tenantId: 'another-tenant' },
      channelData: { tenant: { id: 'another-tenant' } },
    });
    expect(answer.status).toBe(403);
    expect(
      await all.rond.store.contacts.get({ platform: 'teams', tenant: 'another-tenant', id: 'somebody' }),
    ).toBeNull();
    expect(shown()).toBe(saw);
  });

  test('of a tenant that is served are answered in the language of their client', async () => {
    const { people, channels } = all.sandbox.directory();
    const stranger = { ...(people[0] as SandboxPerson), key: 'aino', user: 'aino-1', language: 'fi' as const };
    await wire().setDirectory({ people: [...people, stranger], channels });
    await wire().say('aino-1', 'omat kyselyt');
    await seen(() => teamsChat(all, 'aino-1'), 'Tämä kuuluu työryhmälle, jonka jäsen et ole');
    await wire().say('aino-1', 'ohje');
    await seen(() => teamsChat(all, 'aino-1'), 'Et vielä kuulu mihinkään työryhmään');
  });
});

describe('ahead of a round', () => {
  beforeAll(start());
  afterAll(stop);

  test('personal chats are made, without a word; of whoever cannot be reached the convenor hears in time', async () => {
    await all.moveTo('2022-10-06T12:00:00Z');
    const unknown = { conversation: null, blocked: null };
    const { contacts } = all.rond.store;
    await contacts.put({ platform: 'teams', tenant: teamsTenant, id: liv }, unknown);
    await wire().switches.uninstall(tove);
    await contacts.put({ platform: 'teams', tenant: teamsTenant, id: tove }, unknown);
    await all.moveTo('2022-10-08T06:00:00Z');
    expect((await contact(liv))?.conversation).toBeNull();
    const told = () => teamsChat(all, liv).filter(says('Tove Almgren gick inte att nå'));
    expect(told()).toEqual([]);
    const saw = shown();
    await all.moveTo('2022-10-09T12:00:00Z');
    await vi.waitFor(async () => expect((await contact(liv))?.conversation).toBeTruthy());
    await vi.waitFor(() => expect(told()).toHaveLength(1));
    expect(shown()).toBe(saw + 1);
    await all.moveTo('2022-10-12T12:00:00Z');
    expect(await ledgerOf(all, 'invitation')).toContain('invitation tove-almgren failed not-installed');
    expect(told()).toHaveLength(1);
  });
});
