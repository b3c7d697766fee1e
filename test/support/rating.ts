/** A person's hands on a role rating, in either client. */

import { expect, vi } from 'vitest';
import type { PressResult, Shown } from '../../src/sandbox/wire.ts';
import type { TestRond } from './rond.ts';
import { slackChat, teamsChat } from './scene.ts';

export type Hands = {
  /** What the person has before them: the card, or the open modal. */
  page(): string;
  /** Ids of the inputs on it. */
  inputs(): string[];
  has(verb: string): boolean;
  press(verb: string, inputs?: Record<string, string>): Promise<PressResult>;
};

const idsIn = (json: string, before: RegExp) =>
  [...json.matchAll(before)].map(([, id]) => id as string).filter((id) => /^(now|coming|comment):/.test(id));

/** In the Teams message with this id; pages take its place. */
export function inTeams({ sandbox }: TestRond, user: string, message: string): Hands {
  const wire = sandbox.wires.teams;
  const shown = () => wire.personal(user).find(({ id }) => id === message) as Shown;
  const page = () => JSON.stringify(shown().card);
  return {
    page,
    inputs: () => idsIn(page(), /"id":"([^"]+)"/g),
    has: (verb) => wire.buttons(user, { message }).some((button) => button.verb === verb),
    press: (verb, inputs = {}) => wire.press(user, { message }, { verb }, inputs),
  };
}

/** In the modal the person has open. */
export function inSlack({ sandbox }: TestRond, user: string): Hands {
  const wire = sandbox.wires.slack;
  const dialog = () => wire.dialog(user);
  const page = () => JSON.stringify(dialog()?.view ?? null);
  const submits = () => JSON.parse(String(dialog()?.view.private_metadata || '{}')).s?.verb as string | undefined;
  return {
    page,
    inputs: () => idsIn(page(), /"action_id":"[a-z_]+:([^"]+)"/g),
    has: (verb) =>
      submits() === verb || wire.buttons(user, { dialog: dialog()?.id ?? '' }).some((button) => button.verb === verb),
    press: (verb, inputs = {}) =>
      wire.press(user, { dialog: dialog()?.id ?? '' }, { verb: submits() === verb ? 'submit' : verb }, inputs),
  };
}

/** Values for every input of the page that stands there; comments only where `comment` is given. */
export function filled(hands: Hands, level: string, comment = ''): Record<string, string> {
  const ids = hands.inputs();
  expect(ids.length).toBeGreaterThan(0);
  return Object.fromEntries(ids.map((id) => [id, id.startsWith('comment:') ? comment : level]));
}

/** From the page that is open to the end; returns how many pages that were. `look` sees each before it is handed in. */
export async function toTheEnd(
  hands: Hands,
  level: string,
  comment = '',
  look: (page: string) => void = () => {},
): Promise<number> {
  for (let pages = 1; pages < 20; pages += 1) {
    await vi.waitFor(() => expect(hands.has('rate.page') || hands.has('rate.submit')).toBe(true));
    look(hands.page());
    const before = hands.page();
    const last = hands.has('rate.submit');
    const answer = await hands.press(last ? 'rate.submit' : 'rate.page', filled(hands, level, comment));
    expect(answer).toMatchObject({ ok: true, errors: {} });
    if (last) return pages;
    await vi.waitFor(() => expect(hands.page()).not.toBe(before));
  }
  throw new Error('the survey does not end');
}

/** The person's invitation, once it is there. */
export async function invitationOf(all: TestRond, user: string, platform: 'teams' | 'slack'): Promise<string> {
  const chat = platform === 'teams' ? teamsChat : slackChat;
  const wire = all.sandbox.wires[platform];
  const has = ({ id }: Shown) => wire.buttons(user, { message: id }).some(({ verb }) => verb === 'rate.open');
  await vi.waitFor(() => expect(chat(all, user).filter(has)).toHaveLength(1));
  return (chat(all, user).find(has) as Shown).id;
}

/** Opens the survey from a message of the person's direct conversation in Slack. */
export async function openInSlack(all: TestRond, user: string, message: string): Promise<Hands> {
  const opened = await all.sandbox.wires.slack.press(user, { message }, { verb: 'rate.open' });
  expect(opened.ok).toBe(true);
  const hands = inSlack(all, user);
  await vi.waitFor(() => expect(hands.inputs().length).toBeGreaterThan(0));
  return hands;
}
