/** The bodies of what Slack sends, in the shapes that have been recorded from it. */

import { randomInt } from 'node:crypto';
import type { FoundButton } from './buttons.ts';
import type { Desk } from './desk.ts';
import { asMessage } from './methods-chat.ts';
import { described } from './methods-views.ts';
import type { OpenView, StoredMessage, Values } from './state.ts';

function envelope(desk: Desk, user: string) {
  const { state } = desk;
  return {
    user: { id: user, username: user.toLowerCase(), name: user.toLowerCase(), team_id: state.team },
    api_app_id: state.bot.app,
    token: 'sandbox',
    team: { id: state.team, domain: 'sandbox' },
    enterprise: desk.access.organisation ? { id: desk.access.organisation, name: 'Sandbox organisation' } : null,
    is_enterprise_install: desk.access.organisation !== null,
  };
}

function action(desk: Desk, button: FoundButton) {
  const { action_id, value, url, text, style } = button.element;
  return {
    type: 'button',
    action_id: action_id ?? 'unnamed',
    block_id: button.block,
    text,
    ...(value === undefined ? {} : { value }),
    ...(url === undefined ? {} : { url }),
    ...(style === undefined ? {} : { style }),
    action_ts: actionTs(desk),
  };
}

/** Two presses under a clock that stands still are still two, also after the sandbox was started again. */
let presses = randomInt(1_000_000);
function actionTs(desk: Desk): string {
  presses = (presses + 1) % 1_000_000;
  return `${Math.trunc(desk.options.now().epochMilliseconds / 1000)}.${String(presses).padStart(6, '0')}`;
}

export function messagePress(
  desk: Desk,
  user: string,
  message: StoredMessage,
  button: FoundButton,
  values: Values,
  responseUrl: string,
): object {
  const ephemeral = message.onlyFor !== null;
  return {
    type: 'block_actions',
    ...envelope(desk, user),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: ephemeral,
    },
    trigger_id: desk.triggers.make({ user, from: { channel: message.channel, ts: message.ts }, view: null }),
    channel: {
      id: message.channel,
      name: message.channel.startsWith('D') ? 'directmessage' : channelName(desk, message),
    },
    ...(ephemeral ? {} : { message: asMessage(desk, message, false) }),
    state: { values },
    response_url: responseUrl,
    actions: [action(desk, button)],
  };
}

export function viewPress(desk: Desk, user: string, view: OpenView, button: FoundButton): object {
  return {
    type: 'block_actions',
    ...envelope(desk, user),
    container: { type: 'view', view_id: view.id },
    trigger_id: desk.triggers.make({ user, from: view.from, view: view.id }),
    view: described(desk, view),
    actions: [action(desk, button)],
  };
}

export function submission(desk: Desk, user: string, view: OpenView): object {
  return {
    type: 'view_submission',
    ...envelope(desk, user),
    trigger_id: desk.triggers.make({ user, from: view.from, view: view.id }),
    view: described(desk, view),
    response_urls: [],
  };
}

function channelName({ state }: Desk, message: StoredMessage): string {
  return state.channels.get(message.channel)?.name ?? 'unknown';
}
