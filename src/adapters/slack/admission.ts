/** Whether something Slack delivers, over HTTP or a socket, is for Rond and new. Where it comes from is known by then. */

import type { Connections } from './connections.ts';
import type { Log } from './log.ts';
import { type Payload, tenantOf } from './payloads.ts';
import { seen } from './seen.ts';

/** Slack repeats an event at once, after one minute and after five. */
const tenMinutes = 600_000;

export type Admission =
  /** `undone`: nothing came of it, so the same may come again. */
  | { is: 'admitted'; undone(): void }
  /** Acknowledged, and that is all. */
  | { is: 'ignored' }
  /** It cannot be told whose it is: Slack shall deliver it again. */
  | { is: 'not-now' };

/** `delivery` names this very delivery: the signature over HTTP, the envelope over a socket. */
export type Admit = (payload: Payload, delivery: string) => Promise<Admission>;

/** `clock`: real time in milliseconds. */
export function admission(connections: Connections, clock: () => number, log: Log): Admit {
  const deliveries = seen(tenMinutes, clock);
  const events = seen(tenMinutes, clock);

  return async (payload, delivery) => {
    if (payload.kind === 'other' || payload.kind === 'closed') return { is: 'ignored' };
    const ours = await belongs(payload, connections);
    if (ours === null) {
      log.error({ kind: payload.kind }, 'it cannot be told whether a Slack workspace is ours: nothing can be taken in');
      return { is: 'not-now' };
    }
    if (!ours) {
      log.warn({ team: tenantOf(payload)?.team }, 'ignored a Slack workspace that is not ours');
      return { is: 'ignored' };
    }
    const event = payload.kind === 'event' ? payload.body.event_id : null;
    if (!deliveries.add(delivery)) return { is: 'ignored' };
    if (event !== null && !events.add(event)) return { is: 'ignored' };
    return {
      is: 'admitted',
      undone() {
        deliveries.forget(delivery);
        if (event !== null) events.forget(event);
      },
    };
  };
}

/** Null when it cannot be told: Slack or the database was asked and did not answer. */
async function belongs(payload: Payload, connections: Connections): Promise<boolean | null> {
  const tenant = tenantOf(payload);
  if (!tenant) return false;
  try {
    return (await connections.to(tenant.team, tenant.enterprise)) !== null;
  } catch {
    // Once the app is removed the token answers nothing any more, and this news is all that still comes.
    const type = payload.kind === 'event' ? payload.body.event.type : '';
    return type === 'app_uninstalled' || type === 'tokens_revoked' ? true : null;
  }
}
