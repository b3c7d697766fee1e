/** The App Home: the overview, published when somebody opens it and anew after they have done something. */

import { randomUUID } from 'node:crypto';
import type { Identity } from '../../domain/group.ts';
import type { Card } from '../../ports/chat.ts';
import type { Connection } from './connection.ts';
import { localeOf } from './locales.ts';
import { patiently } from './patiently.ts';
import { home } from './rendering.ts';

/** Whose home this process has shown: only theirs can be out of date. Everybody else's is made when they open it. */
export type Opened = Set<string>;
const openedAtMost = 20_000;

const verb = 'home.show';

export function homes(connection: Connection, opened: Opened) {
  const { client, inbox, later, log } = connection;
  const locale = localeOf(connection);
  const nameOf = ({ tenant, user }: Identity) => `${tenant}/${user}`;

  async function publish(who: Identity, card: Card): Promise<void> {
    const view = home(card, log);
    await patiently(() => client.views.publish({ user_id: who.user, view }));
    if (opened.size >= openedAtMost) opened.clear();
    opened.add(nameOf(who));
  }

  async function show(who: Identity): Promise<void> {
    const event = `home:${randomUUID()}`;
    const asked = { who, verb, values: {}, event, message: null, where: 'personal', locale: null } as const;
    const reply = await inbox.act({ ...asked, askLocale: () => locale(who) });
    if (reply.do === 'show') await publish(who, reply.card);
  }

  return {
    show,
    publish,
    /** After an answer: in the background, and only where somebody may be looking. */
    refresh(who: Identity): void {
      if (opened.has(nameOf(who))) later('renew an App Home', show(who));
    },
  };
}
