/** Where an answer to a press or a text becomes visible: in the message, in the modal, or to one person only. */

import type { ModalView } from '@slack/types';
import type { Card, Reply } from '../../ports/chat.ts';
import { beside } from './beside.ts';
import type { Connection } from './connection.ts';
import { platformCode } from './errors.ts';
import { metadataFor } from './metadata.ts';
import { patiently } from './patiently.ts';
import type { Origin } from './payloads.ts';
import { escaped, literal, message, modal, notice } from './rendering.ts';

/** Closed, or changed by the person in the meantime: what they do counts, and they did not wait for this. */
const gone = new Set(['not_found', 'view_not_found', 'hash_conflict']);

export function showing(connection: Pick<Connection, 'client' | 'respond' | 'log' | 'imagesFrom'>) {
  const { client, respond, log } = connection;
  return {
    /** Puts the card where the message is. An ephemeral message can be changed only through its response URL. */
    async inPlace(at: Origin, card: Card): Promise<void> {
      const { blocks, text, hasInputs } = message(card, connection);
      if (at.u) return respond(at.u, { replace_original: true, text, blocks });
      const metadata = hasInputs ? { metadata: metadataFor(null, card) } : {};
      await beside(blocks, (ticket) =>
        patiently(() => client.chat.update({ channel: at.c, ts: at.t, blocks: ticket, text, ...metadata })),
      );
    },

    /** A sentence that only the person who pressed sees; nothing is replaced. */
    async privately(to: { url: string | null; channel: string | null; user: string }, text: string): Promise<void> {
      const body = { text: escaped(text), blocks: literal(text) };
      if (to.url) return respond(to.url, { response_type: 'ephemeral', replace_original: false, ...body });
      if (to.channel) await client.chat.postEphemeral({ channel: to.channel, user: to.user, ...body });
    },

    /** Opens a modal with a press's trigger; null when the trigger no longer lives. */
    async open(trigger: string | undefined, view: ModalView): Promise<string | null> {
      if (!trigger) return null;
      try {
        const opened = await beside(view, (ticket) => client.views.open({ trigger_id: trigger, view: ticket }));
        return opened.view?.id ?? null;
      } catch (error) {
        log.warn({ code: platformCode(error) ?? 'no answer' }, 'could not open a Slack modal');
        return null;
      }
    },

    /** Replaces an open modal; `hash` keeps it from overwriting what came after. Quiet when the person has closed it. */
    async fill(id: string, view: ModalView, hash?: string): Promise<void> {
      try {
        await beside(view, (ticket) =>
          patiently(() => client.views.update({ view_id: id, view: ticket, ...(hash ? { hash } : {}) })),
        );
      } catch (error) {
        if (!gone.has(platformCode(error) ?? '')) throw error;
      }
    },

    /** A sentence above the open modal, which stays as it is; in its place when it cannot be put above. */
    async above(trigger: string | undefined, id: string, text: string, from: Origin | null): Promise<void> {
      const view = notice(text, from);
      try {
        if (!trigger) throw new Error('no trigger');
        await client.views.push({ trigger_id: trigger, view });
      } catch {
        await this.fill(id, view);
      }
    },

    /** What a modal shows for an answer; null when nothing is to be shown. */
    page(reply: Reply, from: Origin | null): ModalView | null {
      if (reply.do === 'nothing') return null;
      return reply.do === 'notice' ? notice(reply.text, from) : modal(reply.card, from, log);
    },
  };
}
