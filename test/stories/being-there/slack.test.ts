/** Coming and going in Slack, its App Home, its shortcuts and its words. */

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { SandboxPerson } from '../../../src/sandbox/wire.ts';
import { inSlack, toTheEnd } from '../../support/rating.ts';
import { startTestRond, type TestRond, type TestRondOptions } from '../../support/rond.ts';
import {
  jonas,
  ledgerOf,
  liv,
  says,
  seen,
  slackChat,
  slackTeam,
  steeringChannel,
  teamsChat,
} from '../../support/scene.ts';

let all: TestRond;
const wire = () => all.sandbox.wires.slack;
const start =
  (options: TestRondOptions = {}) =>
  async () => {
    all = await startTestRond(options);
  };
const stop = () => all.close();

const home = (user = jonas) => wire().home(user);
const homeText = (user = jonas) => JSON.stringify(home(user)?.view.blocks ?? []);
const dialogText = (user = jonas) => JSON.stringify(wire().dialog(user)?.view ?? {});
const posts = () =>
  wire()
    .calls()
    .filter(({ method }) => method === 'chat.postMessage').length;

describe('the App Home', () => {
  beforeAll(
    start({
      // Jonas owns something, so that there is an activity to speak about.
      change: (group) => ({
        ...group,
        activities: group.activities.map((activity) =>
          activity.title === 'Kunskapssammanställning' ? { ...activity, owners: ['jonas-ekdahl'] } : activity,
        ),
      }),
    }),
  );
  afterAll(stop);

  test('shows surveys, activities and dates in the person’s language when it is opened', async () => {
    await all.moveTo('2022-10-12T12:00:00Z');
    await wire().openHome(jonas);
    const text = homeText();
    for (const words of [
      'Din översikt',
      'Öppna enkäter',
      'Datainsamling (enkät)',
      'Dina aktiviteter',
      'Kunskapssammanställning',
      'Närmaste datum',
    ])
      expect(text).toContain(words);
    expect(JSON.parse(text).length).toBeLessThanOrEqual(100);
    expect(home()?.view).toMatchObject({ type: 'home' });
  });

  test('one tap on an activity is stored and shows at once', async () => {
    const pressed = await wire().press(
      jonas,
      { dialog: home()?.id ?? '' },
      { verb: 'status.set', values: { status: 'under-way' } },
    );
    expect(pressed.ok).toBe(true);
    await vi.waitFor(() => expect(homeText()).toContain('Pågår'));
    const loaded = await all.rond.store.groups.load(all.group.key);
    expect(loaded?.state.statuses.find(({ by }) => by === 'jonas-ekdahl')?.status).toBe('under-way');
    expect(wire().dialog(jonas)).toBeNull();
  });

  test('a survey is answered from it, and it then says so', async () => {
    await wire().press(jonas, { dialog: home()?.id ?? '' }, { verb: 'rate.open' });
    await vi.waitFor(() => expect(dialogText()).toContain('rate.page'));
    await toTheEnd(inSlack(all, jonas), 'sustainable');
    await vi.waitFor(() => expect(dialogText()).toContain('Tack för dina svar'));
    await vi.waitFor(() => expect(homeText()).toContain('Inskickad'));
    // The invitation in the conversation is replaced as well.
    await vi.waitFor(() => expect(slackChat(all, jonas).filter(says('Tack för dina svar'))).toHaveLength(1));
    wire().closeDialog(jonas);
  });

  test('opens the plan over itself; what is done is gone from it', async () => {
    await wire().press(jonas, { dialog: home()?.id ?? '' }, { verb: 'plan.show' });
    await vi.waitFor(() => expect(dialogText()).toContain('Sammanställning rapport'));
    wire().closeDialog(jonas);
    const taps = () =>
      wire()
        .buttons(jonas, { dialog: home()?.id ?? '' })
        .filter(({ values }) => values.status === 'done').length;
    const before = taps();
    expect(before).toBeGreaterThan(0);
    await wire().press(jonas, { dialog: home()?.id ?? '' }, { verb: 'status.set', values: { status: 'done' } });
    await vi.waitFor(() => expect(taps()).toBe(before - 1));
  });

  test('somebody in no group reads so, in the language of their Slack', async () => {
    const { people, channels } = all.sandbox.directory();
    const [somebody] = people.filter(({ platform }) => platform === 'slack');
    const stranger = { ...(somebody as SandboxPerson), key: 'kari', user: 'U0KARI01', language: 'nb' as const };
    await wire().setDirectory({ people: [...people, stranger], channels });
    await vi.waitFor(() => expect(homeText('U0KARI01')).toContain('Du er ikke med i noen arbeidsgruppe her ennå'));
    const kept = await all.rond.store.contacts.get({ platform: 'slack', tenant: slackTeam, id: 'U0KARI01' });
    expect(kept?.locale).toBe('nb-NO');
    const asked = () =>
      wire()
        .calls()
        .filter(({ method, args }) => method === 'users.info' && args.user === 'U0KARI01').length;
    const before = asked();
    await wire().say('U0KARI01', 'mine undersøkelser');
    await seen(() => slackChat(all, 'U0KARI01'), 'Dette gjelder en arbeidsgruppe du ikke er med i');
    expect(asked()).toBe(before);
    expect(slackChat(all, 'U0KARI01')).toHaveLength(1);
  });
});

describe('words, wherever they are said', () => {
  beforeAll(start());
  afterAll(stop);

  test('the shortcut opens my surveys; what it opens can be answered', async () => {
    await all.moveTo('2022-10-12T12:00:00Z');
    expect(await wire().shortcut(jonas, 'rond.surveys')).toBe(200);
    await vi.waitFor(() => expect(dialogText()).toContain('Mina enkäter'));
    const dialog = wire().dialog(jonas);
    await wire().press(jonas, { dialog: dialog?.id ?? '' }, { verb: 'rate.open' });
    await vi.waitFor(() => expect(dialogText()).toContain('rate.page'));
    wire().closeDialog(jonas);
  });

  test('/rond answers only the person who typed it', async () => {
    for (const [words, answer] of [
      ['läget', 'Läget'],
      ['tidplan', 'Sammanställning rapport'],
      ['mina enkäter', 'Datainsamling (enkät)'],
      ['översikt', 'Din översikt'],
      ['', 'Så fungerar Rond'],
    ] as const) {
      const before = wire().channel(steeringChannel).length;
      expect(await wire().slash(jonas, words, steeringChannel)).toBe(200);
      await vi.waitFor(() => expect(wire().channel(steeringChannel).length).toBe(before + 1));
      const told = wire().channel(steeringChannel).at(-1);
      expect(told?.onlyFor).toBe(jonas);
      if (words !== '') expect(says(answer)(told as never)).toBe(true);
    }
  });

  test('the same words get the same answers on both platforms', async () => {
    for (const words of ['hjälp', 'tidplan', 'mina enkäter', 'översikt', 'läget']) {
      const [onSlack, onTeams] = [slackChat(all, jonas).length, teamsChat(all, liv).length];
      await wire().say(jonas, words);
      await all.sandbox.wires.teams.say(liv, words);
      await vi.waitFor(() => expect(slackChat(all, jonas).length).toBe(onSlack + 1));
      await vi.waitFor(() => expect(teamsChat(all, liv).length).toBe(onTeams + 1));
      const heading = JSON.stringify(teamsChat(all, liv).at(-1)?.card?.body).match(/"text":"([^"]+)"/)?.[1] ?? '?';
      expect(says(heading)(slackChat(all, jonas).at(-1) as never)).toBe(true);
    }
  });

  test('in a channel, what is for one person is not said aloud', async () => {
    await wire().say(jonas, 'mina enkäter', steeringChannel);
    await vi.waitFor(() =>
      expect(
        wire()
          .channel(steeringChannel)
          .filter(({ onlyFor }) => onlyFor === jonas)
          .filter(says('bara för dig')).length,
      ).toBe(1),
    );
  });
});

describe('the channel', () => {
  beforeAll(start());
  afterAll(stop);
  const told = () => teamsChat(all, liv).filter(says('Rond kan inte skriva i kanalen'));

  test('gets another name: so it is called from then on', async () => {
    await wire().switches.rename(steeringChannel, 'styrgruppen');
    const loaded = await all.rond.store.groups.load(all.group.key);
    expect(loaded?.group.channels.find(({ purpose }) => purpose === 'steering')?.name).toBe('styrgruppen');
  });

  test('people come and go: nobody is written to', async () => {
    const before = posts();
    await wire().switches.join('U0STRANGER', steeringChannel);
    await wire().switches.leave('U0STRANGER', steeringChannel);
    await sleep(200);
    expect(posts()).toBe(before);
  });

  test('is archived: the convenor is told once, on Teams, and nothing is tried', async () => {
    await wire().switches.archive(steeringChannel);
    await vi.waitFor(() => expect(told()).toHaveLength(1));
    expect(told().filter(says('styrgruppen')).filter(says('arkiverad'))).toHaveLength(1);
    const before = wire()
      .calls()
      .filter(({ args }) => args.channel === steeringChannel).length;
    await all.moveTo('2022-10-13T12:00:00Z');
    expect(await ledgerOf(all, 'steering')).toContain('steering steering failed archived');
    expect(
      wire()
        .calls()
        .filter(({ args }) => args.channel === steeringChannel),
    ).toHaveLength(before);
    expect(told()).toHaveLength(1);
  });

  test('is opened again: what was missed is told once', async () => {
    await wire().switches.unarchive(steeringChannel);
    await vi.waitFor(async () =>
      expect((await ledgerOf(all, 'steering')).filter((row) => row.endsWith('failed archived'))).toEqual([]),
    );
    await vi.waitFor(() => expect(wire().channel(steeringChannel)).toHaveLength(1));
  });

  test('gets another id: what talks there, was sent there and waits for it follows', async () => {
    const shared = 'C0SHARED1';
    const before = wire().channel(steeringChannel).length;
    expect(before).toBeGreaterThan(0);
    await wire().switches.changeId(steeringChannel, shared);
    const idNow = async () =>
      (await all.rond.store.groups.load(all.group.key))?.group.channels.find(({ purpose }) => purpose === 'steering')
        ?.id;
    await vi.waitFor(async () => expect(await idNow()).toBe(shared));
    await all.moveTo('2022-11-09T12:00:00Z');
    expect(wire().channel(shared).length).toBeGreaterThan(before);
    expect((await ledgerOf(all, 'steering')).filter((row) => row.includes('failed'))).toEqual([]);
    const key = (id: string) => ({ platform: 'slack' as const, tenant: slackTeam, id });
    expect(await all.rond.store.contacts.get(key(steeringChannel))).toBeNull();
    // Told once more, nothing is there to follow.
    await wire().switches.changeId(shared, steeringChannel);
    await vi.waitFor(async () => expect(await idNow()).toBe(steeringChannel));
  });

  test('throws Rond out, and invites it again', async () => {
    await wire().switches.kick(steeringChannel);
    await vi.waitFor(() => expect(told()).toHaveLength(2));
    const key = { platform: 'slack' as const, tenant: slackTeam, id: steeringChannel };
    expect((await all.rond.store.contacts.get(key))?.blocked).toBe('not-in-channel');
    await wire().switches.invite(steeringChannel);
    await vi.waitFor(async () => expect((await all.rond.store.contacts.get(key))?.blocked).toBeNull());
  });
});

describe('the app leaves the workspace', () => {
  beforeAll(start());
  afterAll(stop);

  test('the convenor hears of it on the other platform, and messages fail with the reason', async () => {
    await all.moveTo('2022-09-26T12:00:00Z');
    await wire().switches.uninstall();
    await seen(() => teamsChat(all, liv), 'Rond har tagits bort från Slack');
    expect(teamsChat(all, liv).filter(says('Rond har tagits bort från Slack'))).toHaveLength(1);
    const saw = wire().created().length;
    await all.moveTo('2022-10-12T12:00:00Z');
    expect(await ledgerOf(all, 'invitation')).toContain('invitation jonas-ekdahl failed not-authorised');
    expect(wire().created()).toHaveLength(saw);
    expect(teamsChat(all, liv).filter(says('Jonas Ekdahl gick inte att nå'))).toHaveLength(1);
    // Teams goes on as if nothing had happened.
    expect(await ledgerOf(all, 'invitation')).toContain('invitation tove-almgren sent');
    const before = teamsChat(all, liv).length;
    await all.sandbox.wires.teams.say(liv, 'läget');
    await vi.waitFor(() => expect(teamsChat(all, liv).length).toBe(before + 1));
    expect(says('Jonas Ekdahl: ')(teamsChat(all, liv).at(-1) as never)).toBe(true);
  });

  test('let in again, whoever opens it gets what is still due', async () => {
    wire().switches.reinstall();
    await wire().openHome(jonas);
    await seen(() => slackChat(all, jonas), 'En enkät till dig');
    expect(slackChat(all, jonas).filter(says('En enkät till dig'))).toHaveLength(1);
  });
});
