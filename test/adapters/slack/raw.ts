/** Requests as Slack would send them, or nearly: every part of the signature can be spoilt. */

import { createHmac } from 'node:crypto';

export const formType = 'application/x-www-form-urlencoded';

export type Spoilt = {
  secret?: string;
  /** Seconds from now. */
  age?: number;
  headers?: Record<string, string | null>;
  type?: string;
  /** What is sent instead of what was signed. */
  sent?: string;
  /** Changes the signature after it was made. */
  alter?: (signature: string) => string;
};

export type Sent = { status: number; text: string; headers: Record<string, string>; body: string };

export async function post(url: string, secret: string, body: string, spoilt: Spoilt = {}): Promise<Sent> {
  const stamp = String(Math.floor(Date.now() / 1000) - (spoilt.age ?? 0));
  const digest = createHmac('sha256', spoilt.secret ?? secret)
    .update(`v0:${stamp}:${body}`)
    .digest('hex');
  const all: Record<string, string | null> = {
    'content-type': spoilt.type ?? formType,
    'x-slack-request-timestamp': stamp,
    'x-slack-signature': (spoilt.alter ?? ((same) => same))(`v0=${digest}`),
    ...spoilt.headers,
  };
  const headers = Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  return { ...(await again(url, headers, spoilt.sent ?? body)), headers, body };
}

/** The same bytes once more. */
export async function again(url: string, headers: Record<string, string>, body: string) {
  const response = await fetch(`${url}/slack/events`, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}

let serial = 0;
const next = () => `${Date.now()}.${++serial}`;

export function command(team: string, more: Record<string, string> = {}): string {
  return new URLSearchParams({
    command: '/rond',
    text: 'plan',
    user_id: 'U0KARIN',
    team_id: team,
    channel_id: 'DU0KARIN',
    response_url: 'http://127.0.0.1:1/nowhere',
    trigger_id: next(),
    ...more,
  }).toString();
}

export function event(team: string, inner: object, id = `Ev${next()}`): string {
  return JSON.stringify({ type: 'event_callback', team_id: team, event_id: id, event: inner });
}

export const directText = (text: string) => ({
  type: 'message',
  channel_type: 'im',
  user: 'U0KARIN',
  channel: 'DU0KARIN',
  ts: next(),
  text,
});

export function press(team: string, more: object = {}): string {
  const payload = {
    type: 'block_actions',
    team: { id: team },
    user: { id: 'U0KARIN', team_id: team },
    container: { type: 'message', message_ts: next(), channel_id: 'DU0KARIN' },
    channel: { id: 'DU0KARIN' },
    trigger_id: next(),
    actions: [
      {
        type: 'button',
        action_id: 'x.y',
        action_ts: next(),
        value: JSON.stringify({ verb: 'x.y', values: { ref: 'r' } }),
      },
    ],
    ...more,
  };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}
