/** A sandbox with scripted wires, invented people and real cards: what the page has to show well. */

import { readFileSync } from 'node:fs';
import { toMessage, toModal } from '../../src/adapters/slack/convert/convert.ts';
import { renderCard } from '../../src/cards/cards.ts';
import type { CardName, Models } from '../../src/cards/models.ts';
import type { Language } from '../../src/domain/group.ts';
import type { Card } from '../../src/ports/chat.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import type { Button, Directory } from '../../src/sandbox/wire.ts';
import { scriptedWires } from '../support/scripted-wire.ts';

const zone = 'Europe/Stockholm';
const tenant = '11111111-2222-4333-8444-555555555555';
export const directory: Directory = {
  people: [
    { key: 'asa-ek', name: 'Åsa Ek', platform: 'teams', tenant, user: 'u-asa', language: 'sv', timeZone: zone },
    { key: 'bo-prov', name: 'Bo Prov', platform: 'slack', tenant: 'T1', user: 'U1', language: 'sv', timeZone: zone },
    { key: 'cia-lund', name: 'Cia Lund', platform: 'slack', tenant: 'T1', user: 'U2', language: 'en', timeZone: zone },
  ],
  channels: [
    { platform: 'slack', tenant: 'T1', id: 'C1', name: 'kompetensförsörjning' },
    { platform: 'teams', tenant, id: '19:styr@thread.tacv2', name: 'Styrgruppen' },
  ],
};

/** The sample that lies beside each card. */
export function sampleCard<N extends CardName>(name: N, language: Language, change: Partial<Models[N]> = {}): Card {
  const path = new URL(`../../cards/${name}.data.json`, import.meta.url);
  return renderCard(name, { ...(JSON.parse(readFileSync(path, 'utf8')) as Models[N]), ...change }, language);
}

export function asMessage(card: Card) {
  const { blocks, text } = toMessage(card);
  return { blocks: withIds(blocks), text };
}

/** Slack names every block. */
function withIds(blocks: object[]) {
  return blocks.map((block, at) => ({ block_id: `b${at}`, ...block }));
}

export function asModal(card: Card): Record<string, unknown> {
  const { view } = toModal(card, { callbackId: 'rond.page' });
  return { ...view, blocks: withIds(view.blocks) };
}

/** Every button of an Adaptive Card, as the Teams wire lists them. */
export function buttonsOf(value: unknown): Button[] {
  if (Array.isArray(value)) return value.flatMap(buttonsOf);
  if (typeof value !== 'object' || value === null) return [];
  const one = value as Record<string, unknown>;
  const own =
    one.type === 'Action.Execute'
      ? [
          {
            label: String(one.title),
            verb: String(one.verb),
            values: Object.fromEntries(Object.entries(one.data ?? {}).map(([key, held]) => [key, String(held)])),
          },
        ]
      : [];
  return [...own, ...Object.entries(one).flatMap(([key, held]) => (key === 'fallback' ? [] : buttonsOf(held)))];
}

/** Every button of blocks, as the Slack wire lists them. */
export function blockButtons(blocks: readonly unknown[]): Button[] {
  return blocks.flatMap((block) => {
    const { elements = [] } = block as { elements?: { type: string; text: { text: string }; value?: string }[] };
    return elements
      .filter((element) => element.type === 'button' && element.value)
      .map((element) => ({ label: element.text.text, ...JSON.parse(element.value ?? '{}') }) as Button);
  });
}

export async function startScene() {
  const sandbox = await startSandbox({
    port: 0,
    botUrl: () => 'http://127.0.0.1:9',
    saveTo: null,
    now: Temporal.Instant.from('2022-10-12T07:00:00Z'),
    wires: scriptedWires,
  });
  await fetch(`${sandbox.url}/directory`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(directory),
  });
  const { teams, slack } = sandbox.wires;
  const shown = {
    teams(id: string, card: Card, to: { user: string } | { channel: string } = { user: 'u-asa' }) {
      teams.buttonsOf(id, buttonsOf(card));
      teams.show(to, { id, card });
    },
    slack(id: string, card: Card, to: { user: string } | { channel: string } = { user: 'U1' }) {
      const message = asMessage(card);
      slack.buttonsOf(id, blockButtons(message.blocks));
      slack.show(to, { id, ...message });
    },
    modal(id: string, card: Card, user = 'U1') {
      const view = asModal(card);
      slack.buttonsOf(id, [...blockButtons(view.blocks as unknown[]), { label: 'submit', verb: 'submit', values: {} }]);
      slack.open(user, { id, view });
    },
  };
  return { sandbox, teams, slack, shown };
}
export type Scene = Awaited<ReturnType<typeof startScene>>;
