/** What everybody sees at one moment, and what has changed between two. */

import { idOf } from './directory.ts';
import type { Sandbox } from './server.ts';
import type { Shown } from './wire.ts';

export type Seen = {
  /** A person's key, or "#" and a channel's name. */
  where: string;
  what: 'message' | 'replaced' | 'gone' | 'modal' | 'modal changed' | 'modal closed' | 'home';
  /** The words of a notification, or a modal's title. */
  text: string;
};

type Sight = { where: string; kind: 'message' | 'modal' | 'home'; text: string; all: string };
/** By the id of what is seen. */
export type Snapshot = Map<string, Sight>;

export function snapshot({ wires, directory }: Pick<Sandbox, 'wires' | 'directory'>): Snapshot {
  const { people, channels } = directory();
  const sights: Snapshot = new Map();
  const see = (where: string, shown: Shown) =>
    sights.set(`${where} ${shown.id}`, { where, kind: 'message', text: wordsOf(shown), all: JSON.stringify(shown) });
  for (const person of people) {
    for (const shown of wires[person.platform].personal(person.user)) see(person.key, shown);
    const dialog = wires[person.platform].dialog(person.user);
    const home = person.platform === 'slack' ? wires.slack.home(person.user) : null;
    for (const [kind, open] of [
      ['modal', dialog],
      ['home', home],
    ] as const) {
      if (!open) continue;
      const { hash: _, ...view } = open.view;
      sights.set(`${person.key} ${kind}`, {
        where: person.key,
        kind,
        text: titleOf(open.view),
        all: JSON.stringify(view),
      });
    }
  }
  for (const channel of channels) {
    for (const shown of wires[channel.platform].channel(channel.id)) see(`#${channel.name || idOf(channel)}`, shown);
  }
  return sights;
}

export function whatChanged(before: Snapshot, after: Snapshot): Seen[] {
  const changed: Seen[] = [];
  for (const [id, { where, kind, text, all }] of after) {
    const was = before.get(id);
    if (was?.all === all) continue;
    if (kind === 'message') changed.push({ where, what: was ? 'replaced' : 'message', text });
    else if (kind === 'home') changed.push({ where, what: 'home', text });
    else changed.push({ where, what: was ? 'modal changed' : 'modal', text });
  }
  for (const [id, { where, kind, text }] of before) {
    if (!after.has(id)) changed.push({ where, what: kind === 'modal' ? 'modal closed' : 'gone', text });
  }
  return changed;
}

const wordsOf = ({ text, card }: Shown) => (typeof card?.fallbackText === 'string' ? card.fallbackText : text);

function titleOf(view: Record<string, unknown>): string {
  const { title } = view;
  return typeof title === 'object' && title !== null && 'text' in title ? String(title.text) : '';
}
