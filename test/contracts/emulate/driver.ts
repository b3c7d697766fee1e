/**
 * The people of an `emulate` workspace. `emulate` sends nothing inbound but events, so what a person does is made here, in the
 * shapes of test/payloads, signed, and sent to the bot: this is the driver, the state is not its own.
 */

import { createHmac, randomUUID } from 'node:crypto';
import type { Router } from 'express';
import { buttonsIn, pick } from '../../../src/sandbox/slack/buttons.ts';
import { type Effect, settling } from '../../../src/sandbox/slack/settling.ts';
import { fillIn, inputName } from '../../../src/sandbox/slack/typing.ts';
import type { Button, FileWire, PressResult, Target } from '../../../src/sandbox/wire.ts';
import { openDesk, type View } from './desk.ts';
import type { Workspace } from './workspace.ts';

export type EmulateWire = FileWire & {
  router: Router;
  desk: ReturnType<typeof openDesk>;
  /** The last request to the bot once more, byte for byte. */
  redeliver(): Promise<void>;
};

const form = 'application/x-www-form-urlencoded';
const effectMs = 1_000;
const nothing: PressResult = { ok: true, status: 200, notice: null, errors: {} };

export function emulateWire(workspace: Workspace, baseUrl: string, botUrl: () => string, secret: string): EmulateWire {
  const effects = settling();
  const desk = openDesk(workspace, ({ channel, user }) =>
    effects.happened({ ...(channel ? { conversation: channel } : {}), ...(user ? { viewOf: user } : {}) } as Effect),
  );
  const person = (user: string) => {
    const found = [...workspace.people.values()].find((one) => one.user === user);
    if (!found) throw new Error(`nobody here is ${user}`);
    return found;
  };
  let last: { body: string; headers: Record<string, string> } | null = null;
  let channelsKnown: Set<string> | null = null;
  let serial = 0;

  async function deliver(body: string, type: string): Promise<{ status: number; body: string }> {
    const stamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex');
    const headers = {
      'content-type': type,
      'x-slack-request-timestamp': stamp,
      'x-slack-signature': `v0=${signature}`,
    };
    last = { body, headers };
    const response = await fetch(`${botUrl()}/slack/events`, { method: 'POST', headers, body });
    return { status: response.status, body: await response.text() };
  }
  const interact = (payload: object) =>
    deliver(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), form);
  const event = (inner: object) =>
    deliver(
      JSON.stringify({
        type: 'event_callback',
        token: 'emulate',
        team_id: workspace.team,
        api_app_id: 'A0ROND',
        event_id: `Ev${randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase()}`,
        event_time: Math.floor(Date.now() / 1000),
        event: inner,
        authorizations: [{ enterprise_id: null, team_id: workspace.team, user_id: workspace.botUser, is_bot: true }],
      }),
      'application/json',
    );

  async function trigger(user: string, view?: string): Promise<string> {
    const made = await workspace.call('views.generateTriggerId', { user_id: user, ...(view ? { view_id: view } : {}) });
    const id = String(made.trigger_id);
    desk.triggers.set(id, user);
    return id;
  }
  /** `emulate` names its own address: the bot knows the desk's only. */
  const atDesk = (url: string) => `${baseUrl}${new URL(url).pathname}${new URL(url).search}`;
  function responseUrl(user: string, channel: string): string {
    const token = randomUUID();
    desk.responseUrls.set(token, { user, channel });
    return `${baseUrl}/response/${token}`;
  }
  const envelope = (user: string) => ({
    user: { id: user, username: user.toLowerCase(), name: user.toLowerCase(), team_id: workspace.team },
    api_app_id: 'A0ROND',
    token: 'emulate',
    team: { id: workspace.team, domain: 'probe' },
    enterprise: null,
    is_enterprise_install: false,
  });

  const top = (user: string): View | null => desk.stacks.get(user)?.at(-1) ?? null;
  const find = (id: string) => {
    for (const [channel, room] of desk.rooms) {
      const message = room.find((one) => one.id === id);
      if (message) return { channel, message };
    }
    throw new Error(`there is no message ${id}`);
  };
  /** What the bot does after its acknowledgement comes by other requests. */
  async function settle(user: string, channel: string | null, until: () => Promise<unknown>): Promise<void> {
    await until();
    for (let left = 40; left > 0 && top(user)?.callback_id?.includes('loading'); left -= 1) {
      await effects.watch((one) => one.viewOf === user)(250);
    }
    if (channel) await desk.readBack(channel);
  }
  const effectFor = (user: string, channel: string | null) => {
    const seen = effects.watch((one) => one.viewOf === user || (channel !== null && one.conversation === channel));
    return () => seen(effectMs);
  };
  const whispered = (user: string, before: number) =>
    desk.whispers.slice(before).find((one) => one.onlyFor === user)?.text ?? null;

  async function pressMessage(user: string, id: string, wanted: Wanted): Promise<PressResult> {
    const { channel, message } = find(id);
    const button = pick(buttonsIn((message.blocks ?? []) as never), wanted);
    if (!button) throw new Error(`no button ${wanted.verb} on ${id}`);
    const before = desk.whispers.length;
    const effect = effectFor(user, channel);
    serial += 1;
    const { action_id, value, text } = button.element;
    const answer = await interact({
      type: 'block_actions',
      ...envelope(user),
      container: { type: 'message', message_ts: id, channel_id: channel, is_ephemeral: false },
      trigger_id: await trigger(user),
      channel: { id: channel, name: channel.startsWith('D') ? 'directmessage' : 'channel' },
      message: { type: 'message', ts: id, user: workspace.botUser, text: message.text, blocks: message.blocks },
      state: { values: {} },
      response_url: responseUrl(user, channel),
      actions: [
        {
          type: 'button',
          action_id,
          block_id: button.block,
          text,
          value,
          action_ts: `${Math.trunc(Date.now() / 1000)}.${String(serial).padStart(6, '0')}`,
        },
      ],
    });
    if (answer.status !== 200) return { ...nothing, ok: false, status: answer.status };
    await settle(user, channel, effect);
    return { ...nothing, notice: whispered(user, before) };
  }

  async function submit(user: string, inputs: Record<string, string>): Promise<PressResult> {
    const view = top(user);
    if (!view) throw new Error(`${user} has no view open`);
    const { values, errors } = fillIn(view.blocks, {}, inputs);
    if (Object.keys(errors).length > 0) return { ...nothing, errors };
    const effect = effectFor(user, null);
    const answer = await interact({
      type: 'view_submission',
      ...envelope(user),
      trigger_id: await trigger(user, view.id),
      view: { ...view, state: { values }, app_installed_team_id: workspace.team },
      response_urls: [],
    });
    if (answer.status !== 200) return { ...nothing, ok: false, status: answer.status };
    const told = answer.body === '' ? {} : (JSON.parse(answer.body) as Told);
    if (told.response_action === 'errors') return { ...nothing, errors: byInput(view, told.errors ?? {}) };
    if (told.response_action === 'update') {
      // What Slack does with the answer is done to the workspace by hand: `emulate` reads no acknowledgements.
      const updated = await workspace.call('views.update', { view_id: view.id, view: told.view });
      desk.keepView(user, updated.view as View, 'replace');
      await settle(user, null, async () => undefined);
      return nothing;
    }
    desk.stacks.delete(user);
    if (told.response_action === 'clear') await effect();
    return nothing;
  }

  return {
    platform: 'slack',
    router: desk.router,
    desk,
    async setDirectory({ channels }) {
      const known = channelsKnown;
      channelsKnown = new Set(channels.map(({ id }) => id));
      for (const { id } of channels) {
        if (known === null || known.has(id)) continue;
        const about = { user: workspace.botUser, channel: id, channel_type: 'C', team: workspace.team };
        await event({ type: 'member_joined_channel', ...about, event_ts: '1.000100' });
      }
    },
    personal: (user) => [
      ...(desk.rooms.get(person(user).direct) ?? []),
      ...desk.whispers.filter((one) => one.onlyFor === user),
    ],
    channel: (id) => desk.rooms.get(id) ?? [],
    dialog(user) {
      const view = top(user);
      return view && { id: view.id, view };
    },
    buttons(user, target) {
      if ('message' in target) return buttonsIn((find(target.message).message.blocks ?? []) as never).map(asButton);
      return buttonsIn(top(user)?.blocks ?? []).map(asButton);
    },
    press: (user, target: Target, wanted, inputs = {}) =>
      'message' in target ? pressMessage(user, target.message, wanted) : submit(user, inputs),
    closeDialog: (user) => void desk.stacks.delete(user),
    async say(user, text, channel) {
      const { direct, token } = person(user);
      const to = channel ?? direct;
      const said = channel ? `<@${workspace.botUser}> ${text}` : text;
      const posted = await workspace.call('chat.postMessage', { channel: to, text: said }, token);
      await desk.readBack(to);
      const answered = effects.watch((one) => one.conversation === to);
      const about = { user, text: said, ts: posted.ts, channel: to, event_ts: posted.ts, team: workspace.team };
      await event(channel ? { type: 'app_mention', ...about } : { type: 'message', channel_type: 'im', ...about });
      await answered(2 * effectMs);
    },
    async give(user, file, text = '', channel) {
      const { direct, token } = person(user);
      const to = channel ?? direct;
      const length = file.bytes.length;
      const begun = await workspace.call('files.getUploadURLExternal', { filename: file.name, length }, token);
      await fetch(String(begun.upload_url), { method: 'POST', body: new Uint8Array(file.bytes) });
      const done = await workspace.call(
        'files.completeUploadExternal',
        { files: [{ id: begun.file_id, title: file.name }], channel_id: to, initial_comment: text },
        token,
      );
      if (!done.ok) throw new Error(`the file was not taken: ${done.error}`);
      const files = (done.files as { url_private: string; url_private_download: string }[]).map((one) => ({
        ...one,
        url_private: atDesk(one.url_private),
        url_private_download: atDesk(one.url_private_download),
      }));
      const about = { user, text, channel: to, ts: '1.000200', event_ts: '1.000200', team: workspace.team };
      await event({ type: 'message', channel_type: 'im', subtype: 'file_share', upload: true, files, ...about });
    },
    filesLeadTo(address) {
      desk.filesLead.to = address;
    },
    created: () => [...desk.rooms.values()].flat().filter((one) => one.from === 'bot'),
    fault: (fault) => void desk.faults.push(fault),
    save: () => null,
    load: () => undefined,
    async redeliver() {
      if (last) await fetch(`${botUrl()}/slack/events`, { method: 'POST', ...last });
    },
  };
}

type Wanted = { verb: string; values?: Record<string, string> };
type Told = { response_action?: string; errors?: Record<string, string>; view?: unknown };

const asButton = ({ label, verb, values }: Button): Button => ({ label, verb, values });

function byInput(view: View, errors: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([block, text]) => {
      const element = view.blocks.find((one) => one.block_id === block)?.element as { action_id?: string } | undefined;
      return [inputName(block, element?.action_id ?? ''), text];
    }),
  );
}
