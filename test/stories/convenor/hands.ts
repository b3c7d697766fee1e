/** A convenor's hands on either platform: writes a word, presses what lies on the newest card, fills what opens. */

import { expect, vi } from 'vitest';
import { say } from '../../../src/cards/words.ts';
import type { Group, Language, Platform } from '../../../src/domain/group.ts';
import type { Loaded } from '../../../src/ports/store.ts';
import type { Button, PressResult, Shown, Wire } from '../../../src/sandbox/wire.ts';
import { post, press } from '../../adapters/slack/raw.ts';
import { startTestRond, type TestRond } from '../../support/rond.ts';
import { liv, slackTeam, teamsTenant, textOf } from '../../support/scene.ts';

/** The example group in one language, with its convenor on this platform. */
export const groupFor =
  (platform: Platform, language: Language) =>
  (group: Group): Group => ({
    ...group,
    members: group.members.map((member) => {
      const role = member.key === 'liv-sandell' ? ('convenor' as const) : ('member' as const);
      const identities =
        member.key === 'liv-sandell' && platform === 'slack'
          ? [{ platform, tenant: slackTeam, user: 'U0LIV0001' }]
          : member.identities;
      return { ...member, language, role, identities };
    }),
  });

/** What each story begins with: the whole of Rond with the example group, led by Liv on one platform, at a moment. */
export async function begin(
  platform: Platform,
  at: string,
  change: (group: Group) => Group,
): Promise<{ all: TestRond; hands: Hands }> {
  const all = await startTestRond({ change });
  await all.moveTo(at);
  return { all, hands: handsOf(all, platform) };
}

/** With a word of one language. */
export const wordsOf =
  (language: Language) =>
  (code: string, values: Record<string, unknown> = {}): string =>
    say(language, code, values);

export async function loadOf({ rond, group }: TestRond, key = group.key): Promise<Loaded> {
  const loaded = await rond.store.groups.load(key);
  if (!loaded) throw new Error(`no group ${key}`);
  return loaded;
}

/** From a word to the list of the group's members. */
export async function opensMembers(who: Hands, word: ReturnType<typeof wordsOf>): Promise<void> {
  who.wire.closeDialog(who.person);
  await who.says(word('command.seat'));
  who.stays();
  await who.press('group.show');
  await who.sees(word('settings.people'));
  await who.press('group.members');
  await who.sees(word('members.heading'));
}

export type Hands = ReturnType<typeof handsOf>;

export function handsOf(all: TestRond, platform: Platform, person = platform === 'teams' ? liv : 'U0LIV0001') {
  const wire: Wire = all.sandbox.wires[platform];
  const messages = (): Shown[] => wire.personal(person).filter(({ from }) => from === 'bot');
  let pinned: string | null = null;
  const last = (): Shown => messages().findLast(({ id }) => pinned === null || id === pinned) as Shown;
  const buttons = (): Button[] => wire.buttons(person, { message: last().id });
  const dialogId = () => wire.dialog(person)?.id ?? null;
  return {
    wire,
    person,
    messages,
    last,
    buttons,
    /** From now on this message, whatever comes after it. */
    stays(): void {
      pinned = last().id;
    },
    /** From now on the newest message with such a button: a reminder may come after the answer. */
    async staysWith(verb: string, values: Record<string, string> = {}): Promise<void> {
      const has = ({ id, card, blocks }: Shown) =>
        (card ?? blocks) !== null &&
        wire
          .buttons(person, { message: id })
          .some(
            (one) => one.verb === verb && Object.entries(values).every(([name, value]) => one.values[name] === value),
          );
      await vi.waitFor(() => {
        pinned = messages().findLast(has)?.id ?? null;
        expect(pinned).not.toBeNull();
      });
    },
    /** What can be read on the newest message. */
    reads: (): string => textOf(last()),
    readsOf: (shown: Shown): string => textOf(shown),
    /** Waits for words on the newest message. */
    async sees(...texts: string[]): Promise<void> {
      await vi.waitFor(() => {
        for (const text of texts) expect(textOf(last())).toContain(JSON.stringify(text).slice(1, -1));
      });
    },
    async says(text: string): Promise<void> {
      pinned = null;
      const before = messages().length;
      await wire.say(person, text);
      await vi.waitFor(() => expect(messages().length).toBeGreaterThan(before));
    },
    /** Presses a button of the newest message; what answers stands in its place. */
    press: (verb: string, values: Record<string, string> = {}): Promise<PressResult> =>
      wire.press(person, { message: last().id }, { verb, values }),
    /** Opens a page by a button, fills it and hands it in. */
    async fill(
      open: { verb: string; values?: Record<string, string> },
      submit: string,
      inputs: Record<string, string>,
    ): Promise<PressResult> {
      const id = last().id;
      await wire.press(person, { message: id }, open);
      if (platform === 'teams') return wire.press(person, { message: id }, { verb: submit }, inputs);
      await vi.waitFor(() => expect(JSON.stringify(wire.dialog(person)?.view ?? {})).toContain('"input"'));
      return wire.press(person, { dialog: dialogId() as string }, { verb: 'submit' }, inputs);
    },
  };
}

/** The command a button carries. */
export const commandOn = (what: string, found: Button[]): string =>
  found.find(({ values }) => values.command?.includes(`"do":"${what}"`))?.values.command ?? '';

/** A press as no card of Rond's offers it, with the platform's own signature. */
export async function forge(
  all: TestRond,
  { wire, person, messages }: Pick<Hands, 'wire' | 'person' | 'messages'>,
  verb: string,
  values: Record<string, string>,
): Promise<void> {
  const [first] = messages();
  if (wire === all.sandbox.wires.slack) {
    const { slack } = all.sandbox.wires;
    const channel = first?.conversation ?? `D${person}`;
    const value = JSON.stringify({ verb, values });
    const action = { type: 'button', action_id: 'forged', action_ts: `${Math.random()}`, value };
    const body = press(slackTeam, {
      user: { id: person, team_id: slackTeam },
      container: { type: 'message', message_ts: first?.id ?? '1.1', channel_id: channel },
      channel: { id: channel },
      ...slack.moment(person, channel, first?.id ?? null),
      actions: [action],
    });
    expect((await post(all.rond.url, slack.credentials().signingSecret, body)).status).toBe(200);
    return;
  }
  const { teams } = all.sandbox.wires;
  const { appId, endpoints } = teams.credentials();
  const answer = await teams.deliver({
    type: 'invoke',
    name: 'adaptiveCard/action',
    id: `f:${Math.random()}`,
    channelId: 'msteams',
    serviceUrl: endpoints.serviceUrl,
    from: { id: '29:1x', aadObjectId: person },
    recipient: { id: `28:${appId}` },
    conversation: { id: first?.conversation ?? 'a:1', conversationType: 'personal', tenantId: teamsTenant },
    channelData: { tenant: { id: teamsTenant } },
    replyToId: first?.id,
    value: { action: { type: 'Action.Execute', verb, data: values } },
  });
  expect(answer.status).toBe(200);
}
