/** What people saw, held against the ledger: the judge of every fault test. */

import { expect } from 'vitest';
import type { Group } from '../../src/domain/group.ts';
import type { LedgerRow } from '../../src/ports/store.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';
import type { Shown } from '../../src/sandbox/wire.ts';

export type Seen = {
  /** Rows that are unknown and whose message did not come. */
  lost: LedgerRow[];
  /** Ledger keys, with what differs from run to run taken out. */
  keys: string[];
};

/** Fails with what is wrong; otherwise tells what may differ from an undisturbed run. */
export function judge(sandbox: Sandbox, group: Group, rows: LedgerRow[]): Seen {
  const created = [...sandbox.wires.teams.created(), ...sandbox.wires.slack.created()];
  const isRenewal = ({ key }: LedgerRow) => key.startsWith('renewed:');
  const posts = rows.filter((row) => row.kind !== 'event' && row.kind !== 'receipt' && !isRenewal(row));
  everyRowHasEnded(rows);
  eachOnce(
    rows.map((row) => row.key),
    'ledger keys',
  );
  // What was put anew says what has become of it, as two reminders of a survey that is closed do; that none was posted twice, `strays` tells.
  eachOnce(
    created.filter(({ replaced }) => replaced === 0).map((shown) => `${shown.conversation} ${contentOf(shown)}`),
    'identical cards in one conversation',
  );

  const byId = new Map(created.map((shown) => [`${shown.conversation} ${shown.id}`, shown]));
  const sent = posts.filter((row) => row.state === 'sent');
  const referenced = sent.map((row) => `${row.reference?.conversation} ${row.reference?.message}`);
  eachOnce(referenced, 'messages of two ledger rows');
  expect(
    referenced.filter((name) => !byId.has(name)),
    'rows that are sent without a message',
  ).toEqual([]);

  const strays = created.filter((shown) => !referenced.includes(`${shown.conversation} ${shown.id}`));
  const unknown = posts.filter((row) => row.state === 'unknown');
  const lost: LedgerRow[] = [];
  for (const [conversation, doubtful] of Map.groupBy(unknown, (row) => conversationOf(sandbox, group, row))) {
    const here = strays.filter((shown) => withoutThread(shown.conversation) === conversation);
    expect(here.length, `messages without a row in ${conversation}`).toBeLessThanOrEqual(doubtful.length);
    if (here.length < doubtful.length) lost.push(...doubtful);
    for (const shown of here) strays.splice(strays.indexOf(shown), 1);
  }
  expect(strays, 'messages nobody meant to send').toEqual([]);
  const receipts = rows.filter((row) => row.kind === 'receipt');
  expect(
    receipts.filter((row) => row.state !== 'sent'),
    'receipts that were not put in place',
  ).toEqual([]);
  // What is put anew, and how often, follows from what stood there when somebody pressed.
  const decided = rows.filter((row) => !isRenewal(row));
  return { lost, keys: decided.map(nameOf).sort() };
}

function everyRowHasEnded(rows: LedgerRow[]): void {
  const unfinished = rows.filter((row) => !['sent', 'skipped', 'unknown', 'done'].includes(row.state));
  expect(unfinished, 'rows left behind').toEqual([]);
  expect(
    rows.filter((row) => row.state === 'skipped' && !row.reason),
    'skipped without a reason',
  ).toEqual([]);
  expect(
    rows.filter((row) => row.state === 'unknown' && row.platform === 'slack'),
    'Slack can be read back',
  ).toEqual([]);
}

export function eachOnce(names: string[], what: string): void {
  const twice = [...Map.groupBy(names, (name) => name)].filter(([, all]) => all.length > 1).map(([name]) => name);
  expect(twice, `twice: ${what}`).toEqual([]);
}

const contentOf = ({ card, blocks, text }: Shown) => JSON.stringify(card ?? blocks ?? text);
const withoutThread = (conversation: string) => conversation.split(';')[0] ?? conversation;

/** A receipt is named by an assignment's id, which is made up anew in each run. */
const nameOf = ({ key, kind, to }: LedgerRow) => (kind === 'receipt' ? `receipt:${to}:${key.split(':').at(-1)}` : key);

/** Where the row's message is, if it is anywhere. */
function conversationOf({ wires }: Sandbox, group: Group, { to, platform }: LedgerRow): string {
  const member = group.members.find(({ key }) => key === to);
  const identity = member?.identities[0];
  if (!identity) return group.channels.find(({ purpose }) => purpose === to)?.id ?? `nowhere (${platform}, ${to})`;
  return wires[identity.platform].personal(identity.user)[0]?.conversation ?? `empty chat of ${to}`;
}
