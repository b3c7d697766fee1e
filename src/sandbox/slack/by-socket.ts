/** Once the app is in Socket Mode, what Slack has to say goes down the socket; until then over HTTP. */

import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, type Delivery, retriesAfterMs, taken } from './delivery.ts';
import type { Envelope, Sockets } from './sockets.ts';

/** `wrapped`: an event as Slack wraps it. `repeats`: an event comes again although it was taken. */
export function bySocket(
  sockets: Sockets,
  http: Delivery,
  wrapped: (event: object, id: string) => object,
  repeats: () => boolean,
): Delivery {
  let serial = 0;
  let last: { envelope: Envelope; id: string } | null = null;

  const give = (envelope: Envelope): Promise<Answer> => {
    last = { envelope, id: `envelope-${++serial}-${Math.random().toString(36).slice(2)}` };
    return sockets.deliver(envelope, last.id);
  };

  return {
    interaction(payload) {
      if (!sockets.inUse()) return http.interaction(payload);
      const accepts = 'type' in payload && payload.type === 'view_submission';
      return give({ type: 'interactive', payload, accepts_response_payload: accepts });
    },
    command(fields) {
      if (!sockets.inUse()) return http.command(fields);
      return give({ type: 'slash_commands', payload: fields, accepts_response_payload: true });
    },
    async event(event, eventId) {
      if (!sockets.inUse()) return http.event(event, eventId);
      const envelope: Envelope = {
        type: 'events_api',
        payload: wrapped(event, eventId),
        accepts_response_payload: false,
        retry_attempt: 0,
        retry_reason: '',
      };
      let answer = await give(envelope);
      if (taken(answer) && repeats()) await give({ ...envelope, retry_attempt: 1, retry_reason: 'timeout' });
      for (const [index, wait] of retriesAfterMs.entries()) {
        if (taken(answer)) break;
        await pause(wait, undefined, { ref: false });
        answer = await give({ ...envelope, retry_attempt: index + 1, retry_reason: 'timeout' });
      }
      return answer;
    },
    again: () => (sockets.inUse() && last ? sockets.deliver(last.envelope, last.id) : http.again()),
  };
}
