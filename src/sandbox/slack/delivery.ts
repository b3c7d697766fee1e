/** What Slack sends to the bot: signed, in Slack's own encodings, events repeated when they are not taken. */

import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { WireOptions } from '../wire.ts';
import type { State } from './state.ts';

/** `status` 0: nothing answered, or not within three seconds. */
export type Answer = { status: number; body: string };

export type Delivery = {
  /** A button, a page or a command; never repeated. */
  interaction(payload: object): Promise<Answer>;
  command(fields: Record<string, string>): Promise<Answer>;
  /** Resolves after the first delivery that was taken, or when all four have failed; later ones wait in the background. */
  event(event: object, eventId: string): Promise<Answer>;
  /** The last request once more, byte for byte. */
  again(): Promise<Answer>;
};

const threeSeconds = 3_000;
/** Slack: at once, after one minute, after five. Shorter here, so that a restarted bot is found within a coffee. */
export const retriesAfterMs = [0, 1_000, 5_000];

export const taken = (answer: Answer) => answer.status >= 200 && answer.status < 300;

/**
 * @param wrapped an event as Slack wraps it
 * @param repeats whether Slack sends an event again although it was taken, as when the answer was lost
 */
export function delivery(
  state: State,
  options: WireOptions,
  wrapped: (event: object, id: string) => object,
  repeats: () => boolean,
): Delivery {
  let last: { body: string; headers: Record<string, string> } | null = null;

  async function post(body: string, type: string, more: Record<string, string> = {}): Promise<Answer> {
    // Real time: the bot judges the stamp by the machine's clock, whatever the sandbox's shows.
    const stamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', state.signingSecret).update(`v0:${stamp}:${body}`).digest('hex');
    const headers = {
      'content-type': type,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': stamp,
      'x-slack-signature': `v0=${signature}`,
      ...more,
    };
    last = { body, headers };
    return send(body, headers);
  }

  async function send(body: string, headers: Record<string, string>): Promise<Answer> {
    try {
      const response = await fetch(`${options.botUrl()}/slack/events`, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(threeSeconds),
      });
      return { status: response.status, body: await response.text() };
    } catch {
      return { status: 0, body: '' };
    }
  }

  async function repeat(body: string, first: Answer): Promise<Answer> {
    let answer = first;
    for (const [index, wait] of retriesAfterMs.entries()) {
      await pause(wait, undefined, { ref: false });
      const reason = answer.status === 0 ? 'http_timeout' : 'http_error';
      answer = await post(body, 'application/json', {
        'x-slack-retry-num': String(index + 1),
        'x-slack-retry-reason': reason,
      });
      if (taken(answer)) return answer;
    }
    return answer;
  }

  const form = 'application/x-www-form-urlencoded';
  return {
    interaction: (payload) => post(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), form),
    command: (fields) => post(new URLSearchParams(fields).toString(), form),
    async event(event, eventId) {
      const body = JSON.stringify(wrapped(event, eventId));
      const answer = await post(body, 'application/json');
      if (!taken(answer)) return repeat(body, answer);
      if (repeats()) {
        await post(body, 'application/json', { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' });
      }
      return answer;
    },
    again: async () => (last ? send(last.body, last.headers) : { status: 0, body: '' }),
  };
}
