/** Sends a recorded payload to the bot, signed as its platform signs, and says what came back and what people then see. */

import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { filled, type Recorded, recordedAs } from './recorded.ts';
import type { Sandbox } from './server.ts';
import { chatOf } from './teams/world.ts';
import { type Seen, snapshot, whatChanged } from './whats-seen.ts';
import type { SandboxPerson } from './wire.ts';

export type CameBack = {
  /** HTTP status; 0 when nothing answered. */
  status: number;
  /** As JSON when it is, else as text. */
  body: unknown;
  /** What the bot asked of the platform because of it: "views.open", "PUT /v3/conversations/…". */
  calls: string[];
  /** What is different for people. */
  seen: Seen[];
};

export type Stand = { sandbox: Pick<Sandbox, 'wires' | 'directory'>; botUrl: string };

const form = 'application/x-www-form-urlencoded';
/** How long nothing may happen before it counts as everything, and how long it is waited for at most. */
const quietMs = 500;
const patienceMs = 8_000;

/** Throws with a sentence when the text is no payload. */
export function recordedIn(text: string): Recorded {
  const recorded = recordedAs(parsed(text));
  if (!recorded) throw new Error('This is neither a payload of Slack nor an activity of Teams.');
  return recorded;
}

/** Throws with a sentence when the text is no payload, or leaves something open that the sandbox has nothing for. */
export async function replay(text: string, stand: Stand): Promise<CameBack & Recorded> {
  const recorded = recordedIn(text);
  const { slack, teams } = stand.sandbox.wires;
  const body = parsed(filled(text, openPlaces(recorded, stand)));
  const before = snapshot(stand.sandbox);
  const calls = () => [...slack.calls().map(({ method }) => method), ...teams.requests().map(asked)];
  const [slackBefore, teamsBefore] = [slack.calls().length, teams.requests().length];
  const answer =
    recorded.platform === 'teams'
      ? await teams.deliver(body).catch(() => ({ status: 0, body: null }))
      : await sendToSlack(recorded, body, stand);
  const started = performance.now();
  let last = '';
  let lastChange = started;
  while (performance.now() - lastChange < quietMs && performance.now() - started < patienceMs) {
    const now = JSON.stringify([calls().length, snapshot(stand.sandbox)]);
    if (now !== last) [last, lastChange] = [now, performance.now()];
    await pause(50);
  }
  return {
    ...recorded,
    ...answer,
    calls: [
      ...slack
        .calls()
        .slice(slackBefore)
        .map(({ method }) => method),
      ...teams.requests().slice(teamsBefore).map(asked),
    ],
    seen: whatChanged(before, snapshot(stand.sandbox)),
  };
}

const asked = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('This is no JSON.');
  }
}

async function sendToSlack({ as }: Recorded, payload: unknown, { sandbox, botUrl }: Stand) {
  const body =
    as === 'event'
      ? JSON.stringify(payload)
      : new URLSearchParams(
          as === 'command' ? (payload as Record<string, string>) : { payload: JSON.stringify(payload) },
        ).toString();
  const stamp = String(Math.floor(Date.now() / 1000));
  const signed = createHmac('sha256', sandbox.wires.slack.credentials().signingSecret).update(`v0:${stamp}:${body}`);
  try {
    const response = await fetch(`${botUrl}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': as === 'event' ? 'application/json' : form,
        'x-slack-request-timestamp': stamp,
        'x-slack-signature': `v0=${signed.digest('hex')}`,
      },
      body,
      signal: AbortSignal.timeout(patienceMs),
    });
    const text = await response.text();
    return { status: response.status, body: jsonOr(text) };
  } catch {
    return { status: 0, body: null };
  }
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === '' ? null : text;
  }
}

/** What only the running sandbox knows. `message` and `ref` are the person's newest card that carries a reference. */
function openPlaces({ platform, user }: Recorded, { sandbox }: Stand): Record<string, string> {
  const person = sandbox.directory().people.find((one) => one.platform === platform && one.user === user);
  const card = person ? newestCard(sandbox, person) : {};
  if (platform === 'teams') {
    const { appId, endpoints } = sandbox.wires.teams.credentials();
    const conversation = person ? { conversation: chatOf(person) } : {};
    return { ...card, ...conversation, app: appId, service_url: endpoints.serviceUrl };
  }
  const moment = person ? sandbox.wires.slack.moment(person.user, `D${person.user}`, card.message ?? null) : {};
  return { ...card, ...moment };
}

function newestCard(sandbox: Stand['sandbox'], { platform, user }: SandboxPerson): { message?: string; ref?: string } {
  const wire = sandbox.wires[platform];
  for (const { id, from } of wire.personal(user).toReversed()) {
    if (from !== 'bot') continue;
    const ref = wire.buttons(user, { message: id }).find(({ verb }) => verb === 'rate.open')?.values.ref;
    if (ref) return { message: id, ref };
  }
  return {};
}
