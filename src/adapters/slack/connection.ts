import { setTimeout as pause } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Identity } from '../../domain/group.ts';
import type { Inbox } from '../../ports/chat.ts';
import type { Contact, Contacts } from '../../ports/contacts.ts';
import type { Log } from './log.ts';
import type { Respond } from './response-url.ts';
import type { Words } from './words.ts';
import type { Workspace } from './workspace.ts';

/** What the parts of the adapter share, whatever the workspace. */
export type Common = {
  inbox: Inbox;
  /** Keeps what was learned of how to reach somebody; never throws, and asks the store only for news. */
  remember: (who: Identity, contact: Partial<Contact>) => void;
  contacts: Contacts;
  respond: Respond;
  /** Work after the acknowledgement: failures are logged, `close` waits for it. */
  later: (what: string, work: Promise<unknown>) => void;
  words: Words;
  log: Log;
  /** Where pictures may be besides public addresses. */
  imagesFrom: () => string | null;
};

/** With a token to speak in one workspace, or in all of one organisation. */
export type Connection = Common & {
  client: WebClient;
  workspace: () => Promise<Workspace>;
};

export function rememberer(contacts: Contacts, later: Common['later']): Common['remember'] {
  const known = new Map<string, string>();
  return (who, contact) => {
    const name = `${who.tenant}/${who.user}`;
    const news = JSON.stringify(contact);
    if (known.get(name) === news) return;
    if (known.size > 50_000) known.clear();
    known.set(name, news);
    const key = { platform: who.platform, tenant: who.tenant, id: who.user };
    later(
      'remember a contact',
      contacts.put(key, contact).catch((error: unknown) => {
        known.delete(name);
        throw error;
      }),
    );
  };
}

/** What is still waiting for Slack by then only changes how something looks: what counts is stored before. */
const longestGoodbyeMs = 8_000;

/** Work in the background, counted so that it can be waited for. */
export function background(log: Log): { later: Common['later']; idle: () => Promise<void> } {
  const running = new Set<Promise<void>>();
  return {
    later(what, work) {
      const guarded: Promise<void> = work
        .then(
          () => {},
          (error: unknown) =>
            log.error({ err: error instanceof Error ? error.message : String(error) }, `could not ${what}`),
        )
        .finally(() => running.delete(guarded));
      running.add(guarded);
    },
    async idle() {
      const all = async () => {
        while (running.size > 0) await Promise.all(running);
      };
      await Promise.race([all(), pause(longestGoodbyeMs, undefined, { ref: false })]);
    },
  };
}
