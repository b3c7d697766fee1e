/** A person presses a button in a message, a button in a modal, or the modal's own submit. */

import type { PressResult } from '../wire.ts';
import { viewFaults } from './block-limits.ts';
import { buttonsIn, pick } from './buttons.ts';
import type { Answer } from './delivery.ts';
import type { Desk } from './desk.ts';
import { isObject, type Json } from './limit-checks.ts';
import { push, replace } from './methods-views.ts';
import { noticeIn } from './noticing.ts';
import { messagePress, submission, viewPress } from './payloads.ts';
import { makeResponseUrl } from './response-urls.ts';
import type { OpenView, StoredMessage, ViewArguments } from './state.ts';
import { fillIn, inputName } from './typing.ts';

type Wanted = { verb: string; values?: Record<string, string> };

/** How long a driver waits for the effect of a press that was taken; a press without one costs this much. */
const effectMs = 1_000;
const fillMs = 10_000;

const taken = (answer: Answer) => answer.status >= 200 && answer.status < 300;
const result = (answer: Answer, notice: string | null = null, errors: Record<string, string> = {}): PressResult => ({
  notice,
  errors,
  ok: taken(answer),
  status: answer.status,
});

export async function pressInMessage(
  desk: Desk,
  user: string,
  message: StoredMessage,
  wanted: Wanted,
  inputs: Record<string, string>,
): Promise<PressResult> {
  const { state, settling } = desk;
  const button = pick(buttonsIn(message.blocks), wanted);
  if (!button) throw new Error(`no button "${wanted.verb}" in message ${message.ts}`);
  const { values } = fillIn(message.blocks ?? [], {}, inputs);
  const { url, token } = makeResponseUrl(desk, user, message.channel, message.ts);
  const before = state.messages.length;
  const effect = settling.watch(
    (one) => one.viewOf === user || one.conversation === message.channel || one.response === token,
  );
  const answer = await desk.delivery.interaction(messagePress(desk, user, message, button, values, url));
  // A link opens in the browser; the bot only acknowledges.
  if (!taken(answer) || button.verb === 'open-url') return result(answer);
  await effect(effectMs);
  await filled(desk, user);
  return result(answer, privately(desk, user, before));
}

export async function pressInView(
  desk: Desk,
  user: string,
  view: OpenView,
  wanted: Wanted,
  inputs: Record<string, string>,
) {
  const button = pick(buttonsIn(view.content.blocks), wanted);
  if (!button) throw new Error(`no button "${wanted.verb}" in view ${view.id}`);
  view.typed = fillIn(view.content.blocks, view.typed, inputs).values;
  const before = desk.state.messages.length;
  const atHome = view.content.type === 'home';
  const effect = desk.settling.watch(
    (one) => one.viewOf === user || one.conversation === view.from?.channel || (atHome && one.homeOf === user),
  );
  const answer = await desk.delivery.interaction(viewPress(desk, user, view, button));
  if (!taken(answer) || button.verb === 'open-url') return result(answer);
  await effect(effectMs);
  await filled(desk, user);
  return result(answer, privately(desk, user, before));
}

/** What is missing is said by Slack itself; only a complete page goes to the bot. */
export async function submit(
  desk: Desk,
  user: string,
  view: OpenView,
  inputs: Record<string, string>,
): Promise<PressResult> {
  if (!view.content.submit) throw new Error(`view ${view.id} has no submit`);
  const { values, errors } = fillIn(view.content.blocks, view.typed, inputs);
  view.typed = values;
  if (Object.keys(errors).length > 0) return { notice: null, errors, ok: true, status: 200 };
  const effect = desk.settling.watch((one) => one.conversation === view.from?.channel);
  const answer = await desk.delivery.interaction(submission(desk, user, view));
  if (!taken(answer)) return result(answer);
  const response = responseAction(answer.body);
  if (response === 'broken') return { ...result(answer), ok: false };
  const action = response?.response_action;
  if (action === 'errors') return result(answer, null, byInput(view, response?.errors));
  if (action === 'update' || action === 'push') {
    // A page Slack cannot show leaves the person with "We had some trouble connecting".
    if (viewFaults(response?.view).length > 0) return { ...result(answer), ok: false };
    const content = response?.view as ViewArguments;
    if (action === 'update') replace(desk, view, content);
    else push(desk, user, content);
    desk.options.changed();
    await filled(desk, user);
    return result(answer, privately(desk, user, desk.state.messages.length));
  }
  close(desk, user, view, action === 'clear');
  if (action === 'clear' && view.from) await effect(effectMs);
  return result(answer);
}

/** The top view goes, or with `all` the whole stack. */
export function close(desk: Desk, user: string, view: OpenView | null, all: boolean): void {
  const stack = desk.state.stacks.get(user) ?? [];
  const left = all ? [] : stack.filter((open) => open !== (view ?? stack.at(-1)));
  if (left.length > 0) desk.state.stacks.set(user, left);
  else desk.state.stacks.delete(user);
  desk.options.changed();
}

/** A view that calls itself "loading" is about to be filled: whoever drives the sandbox wants what comes after. */
export async function filled(desk: Desk, user: string): Promise<void> {
  const top = () => desk.state.stacks.get(user)?.at(-1);
  const until = performance.now() + fillMs;
  while (top()?.content.callback_id?.includes('loading') && performance.now() < until) {
    const wait = desk.settling.watch((one) => one.viewOf === user);
    // Filled between the look and the watch: no effect will come.
    if (!top()?.content.callback_id?.includes('loading')) return;
    await wait(fillMs);
  }
}

/** What only this person was shown: an ephemeral message since, or a modal that is nothing but a sentence. */
function privately({ state }: Desk, user: string, before: number): string | null {
  const whisper = state.messages.slice(before).findLast((message) => message.onlyFor === user);
  if (whisper) return noticeIn(whisper.blocks) ?? unescaped(whisper.text);
  const view = state.stacks.get(user)?.at(-1);
  return view && !view.content.submit ? noticeIn(view.content.blocks) : null;
}

const unescaped = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

function responseAction(body: string): Json | null | 'broken' {
  if (body.trim() === '') return null;
  try {
    const read: unknown = JSON.parse(body);
    return isObject(read) ? read : 'broken';
  } catch {
    return 'broken';
  }
}

/** Slack keys errors by block; whoever drives knows inputs by name. */
function byInput(view: OpenView, errors: unknown): Record<string, string> {
  const said = isObject(errors) ? errors : {};
  return Object.fromEntries(
    Object.entries(said).map(([id, text]) => {
      const block = view.content.blocks.find((one) => one.block_id === id);
      const element = isObject(block?.element) ? block.element : {};
      return [inputName(id, String(element.action_id ?? '')), String(text)];
    }),
  );
}
