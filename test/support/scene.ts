/** Who is in the example group, and what they see. */

import { expect, vi } from 'vitest';
import type { Shown } from '../../src/sandbox/wire.ts';
import type { TestRond } from './rond.ts';

export const teamsTenant = '7d1f0c0e-5a52-4c3e-9b7e-2f1f5b0f9a01';
export const slackTeam = 'T0ROND001';
/** Member on Teams. */
export const tove = '11aa22bb-0001-4000-8000-000000000001';
/** Member on Slack. */
export const jonas = 'U0JONAS01';
/** Convenor on Teams. */
export const liv = '11aa22bb-0003-4000-8000-000000000003';
export const groupChannel = '19:arbetsgrupp@thread.tacv2';
export const steeringChannel = 'C0STYR001';

/** Everything on a message that can be read, without what belongs to machines. */
export const textOf = (shown: Pick<Shown, 'text' | 'card' | 'blocks'>) =>
  JSON.stringify([shown.text, shown.card, shown.blocks]);
export const says = (text: string) => (shown: Shown) => textOf(shown).includes(JSON.stringify(text).slice(1, -1));

export const teamsChat = ({ sandbox }: TestRond, user: string) =>
  sandbox.wires.teams.personal(user).filter(({ from }) => from === 'bot');
export const slackChat = ({ sandbox }: TestRond, user: string) =>
  sandbox.wires.slack.personal(user).filter(({ from }) => from === 'bot');

/** The ledger's rows, in order, as "kind to state reason". */
export async function ledgerOf({ rond, group }: TestRond, kind?: string): Promise<string[]> {
  const rows = await rond.store.ledger.rows(group.key);
  return rows
    .filter((row) => row.kind !== 'event' && (kind === undefined || row.kind === kind))
    .map((row) => [row.kind, row.to, row.state, row.reason].filter(Boolean).join(' '));
}

/** The message with these words, once it is there. */
export async function seen(messages: () => Shown[], text: string): Promise<Shown> {
  await vi.waitFor(() => expect(messages().filter(says(text))).not.toEqual([]));
  return messages().findLast(says(text)) as Shown;
}
