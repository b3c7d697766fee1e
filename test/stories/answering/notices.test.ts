/** Cards that are old, closed, somebody else's or done: a clear word to whoever pressed, and to nobody else. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { NoticeCode } from '../../../src/cards/notices.ts';
import { say } from '../../../src/cards/words.ts';
import type { Language } from '../../../src/domain/group.ts';
import type { SandboxPerson, Shown, Wire } from '../../../src/sandbox/wire.ts';
import { filled, inTeams, invitationOf, openInSlack, toTheEnd } from '../../support/rating.ts';
import { startTestRond, type TestRond } from '../../support/rond.ts';
import {
  groupChannel,
  jonas,
  liv,
  seen,
  slackChat,
  steeringChannel,
  teamsChat,
  teamsTenant,
  textOf,
  tove,
} from '../../support/scene.ts';

let all: TestRond;
const start = async () => {
  all = await startTestRond();
};
const stop = () => all.close();
const teams = () => all.sandbox.wires.teams;
const slack = () => all.sandbox.wires.slack;

/** A press in Teams as nobody's card offers it. */
async function forged(user: string, verb: string, data: Record<string, string>): Promise<unknown> {
  const { appId, endpoints } = teams().credentials();
  const [first] = teamsChat(all, user);
  const answer = await teams().deliver({
    type: 'invoke',
    name: 'adaptiveCard/action',
    id: `f:${Math.random()}`,
    channelId: 'msteams',
    serviceUrl: endpoints.serviceUrl,
    from: { id: '29:1x', aadObjectId: user },
    recipient: { id: `28:${appId}` },
    conversation: { id: first?.conversation ?? 'a:1', conversationType: 'personal', tenantId: teamsTenant },
    channelData: { tenant: { id: teamsTenant } },
    replyToId: first?.id,
    value: { action: { type: 'Action.Execute', verb, data } },
  });
  expect(answer.status).toBe(200);
  return answer.body;
}
const words = (code: NoticeCode, language: Language = 'sv') => say(language, `notice.${code}`);
const told = (code: NoticeCode, language?: Language) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value: words(code, language),
});
const mid = '2022-10-12T12:00:00Z';

describe('a survey', () => {
  beforeAll(start);
  afterAll(stop);
  let toves: string;
  let jonass: string;

  test('of somebody else is not shown, and nothing of it is stored', async () => {
    await all.moveTo(mid);
    toves = await invitationOf(all, tove, 'teams');
    jonass = await invitationOf(all, jonas, 'slack');
    const [button] = slack().buttons(jonas, { message: jonass });
    const ref = button?.values.ref ?? '';
    expect(await forged(tove, 'rate.open', { ref })).toEqual(told('not-yours'));
    expect(await forged(tove, 'rate.submit', { ref, 'now:lakare': 'shortage' })).toEqual(told('not-yours'));
    expect((await all.rond.store.answers.assignment(ref))?.state).toBe('pending');
  });

  test('that never was says that the card is old; somebody who is in no group reads that', async () => {
    expect(await forged(tove, 'rate.open', { ref: 'no-such-thing' })).toEqual(told('unknown-card'));
    expect(await forged(tove, 'no.such.verb', {})).toEqual(told('unknown-card'));
    expect(await forged('nobody-1', 'rate.open', { ref: 'no-such-thing' })).toEqual(told('not-member', 'en'));
  });

  test('that is answered says so on what still lies there, and is changed from the receipt', async () => {
    await all.moveTo('2022-10-25T12:00:00Z');
    const reminder = await seen(() => teamsChat(all, tove), 'Påminnelse om enkäten');
    const card = inTeams(all, tove, toves);
    await card.press('rate.open');
    await toTheEnd(card, 'sustainable');
    const pressed = await teams().press(tove, { message: reminder.id }, { verb: 'rate.open' });
    expect(pressed.notice).toBe(words('answered'));
    expect(teamsChat(all, tove).find(({ id }) => id === reminder.id)?.replaced).toBe(0);
    await card.press('rate.open');
    await vi.waitFor(() => expect(card.page()).toContain('Sida 1'));

    const onSlack = await openInSlack(all, jonas, jonass);
    await toTheEnd(onSlack, 'sustainable');
    const other = await seen(() => slackChat(all, jonas), 'Påminnelse om enkäten');
    const again = await slack().press(jonas, { message: other.id }, { verb: 'rate.open' });
    expect(again.notice).toBe(words('answered'));
    slack().closeDialog(jonas);
  });

  test('that is closed says so, on both, and keeps what was handed in', async () => {
    await all.moveTo('2022-11-08T12:00:00Z');
    const asks = (wire: Wire, user: string, shown: Shown[]) =>
      shown.filter(({ id }) => wire.buttons(user, { message: id }).some(({ verb }) => verb === 'rate.open'));
    await seen(() => teamsChat(all, tove), say('sv', 'receipt.closed'));
    await seen(() => slackChat(all, jonas), say('sv', 'receipt.closed'));
    await vi.waitFor(() => {
      expect(asks(teams(), tove, teamsChat(all, tove))).toEqual([]);
      expect(asks(slack(), jonas, slackChat(all, jonas))).toEqual([]);
    });
    const loaded = await all.rond.store.groups.load(all.group.key);
    expect(loaded?.state.rounds[0]?.assignments.filter(({ state }) => state === 'submitted')).toHaveLength(2);
  });
});

describe('an activity', () => {
  beforeAll(start);
  afterAll(stop);

  test('that is done says so to whoever presses once more; one tap is one word', async () => {
    await all.moveTo('2022-10-05T12:00:00Z');
    const deadlines = () =>
      teamsChat(all, tove).filter(({ id }) =>
        teams()
          .buttons(tove, { message: id })
          .some(({ values }) => values.status === 'done'),
      );
    await vi.waitFor(() => expect(deadlines().length).toBeGreaterThan(0));
    const [card] = deadlines();
    const ref =
      teams()
        .buttons(tove, { message: card?.id ?? '' })
        .find(({ values }) => values.status === 'done')?.values.ref ?? '';
    await teams().press(tove, { message: card?.id ?? '' }, { verb: 'status.set', values: { status: 'done' } });
    expect(await forged(tove, 'status.set', { ref, status: 'done' })).toEqual(told('already'));
    const loaded = await all.rond.store.groups.load(all.group.key);
    expect(loaded?.state.changes.filter(({ kind }) => kind === 'status')).toHaveLength(1);
  });

  test('that was set aside says so on the card that still asks for it', async () => {
    const fixes = () =>
      teamsChat(all, liv).filter(({ id }) =>
        teams()
          .buttons(liv, { message: id })
          .some(({ verb }) => verb === 'fix.park'),
      );
    await vi.waitFor(() => expect(fixes().length).toBeGreaterThan(0));
    const [card] = fixes();
    const button = teams()
      .buttons(liv, { message: card?.id ?? '' })
      .find(({ verb }) => verb === 'fix.park');
    await teams().press(liv, { message: card?.id ?? '' }, { verb: 'fix.park' });
    expect(await forged(liv, 'fix.open', { ref: button?.values.ref ?? '' })).toEqual(told('already'));
    expect(await forged(tove, 'fix.park', { ref: button?.values.ref ?? '' })).toEqual(told('convenor-only'));
  });
});

describe('in a channel', () => {
  beforeAll(start);
  afterAll(stop);

  test('a word to one person is seen by that person only', async () => {
    await all.moveTo(mid);
    await teams().say(liv, 'hjälp', groupChannel);
    await vi.waitFor(() => expect(teams().channel(groupChannel).at(-1)?.from).toBe('bot'));
    const count = teams().channel(groupChannel).length;
    const card = teams()
      .channel(groupChannel)
      .findLast(({ from }) => from === 'bot');
    const pressed = await teams().press(tove, { message: card?.id ?? '' }, { verb: 'surveys.show' });
    expect(pressed.notice).toBe(words('personal-only'));
    expect(teams().channel(groupChannel)).toHaveLength(count);
    expect(teams().channel(groupChannel, tove).at(-1)?.replaced).toBe(0);

    await slack().say(jonas, 'hjälp', steeringChannel);
    await vi.waitFor(() =>
      expect(
        slack()
          .channel(steeringChannel)
          .some((one) => slack().buttons(jonas, { message: one.id }).length > 0),
      ).toBe(true),
    );
    const shown = slack()
      .channel(steeringChannel)
      .findLast((one) => slack().buttons(jonas, { message: one.id }).length > 0);
    const before = slack()
      .channel(steeringChannel)
      .filter(({ onlyFor }) => onlyFor === null)
      .map(textOf);
    const answer = await slack().press(jonas, { message: shown?.id ?? '' }, { verb: 'surveys.show' });
    expect(answer.notice).toBe(words('personal-only'));
    expect(
      slack()
        .channel(steeringChannel)
        .filter(({ onlyFor }) => onlyFor === null)
        .map(textOf),
    ).toEqual(before);
    expect(slack().channel(steeringChannel).at(-1)?.onlyFor).toBe(jonas);
  });

  test('somebody who is not in the group reads so in their own language, alone', async () => {
    const { people, channels } = all.sandbox.directory();
    const [somebody] = people.filter(({ platform }) => platform === 'slack');
    const stranger = { ...(somebody as SandboxPerson), key: 'aino', user: 'U0AINO01', language: 'fi' as const };
    await slack().setDirectory({ people: [...people, stranger], channels });
    const shown = slack()
      .channel(steeringChannel)
      .findLast((one) =>
        slack()
          .buttons('U0AINO01', { message: one.id })
          .some(({ verb }) => verb === 'plan.show'),
      );
    const before = slack()
      .channel(steeringChannel)
      .filter(({ onlyFor }) => onlyFor === null)
      .map(textOf);
    const answer = await slack().press('U0AINO01', { message: shown?.id ?? '' }, { verb: 'plan.show' });
    expect(answer.notice).toBe(words('not-member', 'fi'));
    expect(
      slack()
        .channel(steeringChannel)
        .filter(({ onlyFor }) => onlyFor === null)
        .map(textOf),
    ).toEqual(before);
  });
});

describe('a Teams client that knows only Action.Submit', () => {
  beforeAll(start);
  afterAll(stop);

  test('answers the whole survey: pages take the place of the card, and the receipt comes at the end', async () => {
    await all.moveTo(mid);
    teams().switches.oldClient(tove, true);
    const message = await invitationOf(all, tove, 'teams');
    const count = teamsChat(all, tove).length;
    const hands = inTeams(all, tove, message);
    await hands.press('rate.open');
    await vi.waitFor(() => expect(hands.page()).toContain('Sida 1'));
    await hands.press('rate.page', filled(hands, 'shortage'));
    await vi.waitFor(() => expect(hands.page()).toContain('⚠'));
    await toTheEnd(hands, 'sustainable');
    await vi.waitFor(() => expect(hands.page()).toContain('Tack för dina svar'));
    expect(teamsChat(all, tove)).toHaveLength(count);
    const [assignment] = await all.rond.store.answers.assignmentsOf({
      platform: 'teams',
      tenant: teamsTenant,
      user: tove,
    });
    expect(assignment?.state).toBe('submitted');
  });

  test('is told in the person’s own chat what was pressed in a channel', async () => {
    await teams().say(liv, 'hjälp', groupChannel);
    await vi.waitFor(() => expect(teams().channel(groupChannel).at(-1)?.from).toBe('bot'));
    const card = teams().channel(groupChannel).at(-1);
    const [count, text] = [teams().channel(groupChannel).length, card && textOf(card)];
    await teams().press(tove, { message: card?.id ?? '' }, { verb: 'surveys.show' });
    await seen(() => teamsChat(all, tove), words('personal-only'));
    expect(teams().channel(groupChannel)).toHaveLength(count);
    expect(textOf(teams().channel(groupChannel).at(-1) as never)).toBe(text);
  });
});
