/** What the sandbox's people do when a message reaches them: only what a person can do, through the platform's own client. */

import type { Ratings } from '../../domain/instrument.ts';
import { inputsOf } from '../../domain/rating/inputs.ts';
import type { PressResult, Shown, Target, Wire } from '../../sandbox/wire.ts';

/** The newest message in the personal chat that has this button; undefined when there is none. */
export function messageWith(wire: Wire, user: string, verb: string): Shown | undefined {
  return wire
    .personal(user)
    .toReversed()
    .find((shown) => wire.buttons(user, { message: shown.id }).some((button) => button.verb === verb));
}

/**
 * Opens the survey of the message, fills in every page and submits; goes on where it stands when it is open already.
 * Returns how the last press was answered; stops at the first press that fails. One that was answered and led nowhere has failed, too.
 */
export async function rate(wire: Wire, user: string, message: string, ratings: Ratings): Promise<PressResult> {
  const inputs = inputsOf(ratings);
  let result: PressResult | null = null;
  for (let page = 0; page < 40; page += 1) {
    const at = opened(wire, user, message);
    // It was not opened, and nobody said why: the bot died between its answer and the page.
    if (!at && result) return { ...result, ok: result.ok && result.notice !== null };
    result = await wire.press(user, at?.target ?? { message }, { verb: at?.verb ?? 'rate.open' }, at ? inputs : {});
    if (!result.ok || Object.keys(result.errors).length > 0) return result;
    if (at && 'dialog' in at.target ? wire.dialog(user) === null : at?.verb === 'rate.submit') return result;
  }
  return result as PressResult;
}

/** The page that is open, and the button that leads on from it. A modal that was never filled is closed. */
function opened(wire: Wire, user: string, message: string): { target: Target; verb: string } | null {
  const dialog = wire.dialog(user);
  if (dialog) {
    const target = { dialog: dialog.id };
    if (wire.buttons(user, target).some((button) => button.verb === 'submit')) return { target, verb: 'submit' };
    wire.closeDialog(user);
  }
  const verb = forward(wire, user, { message });
  return verb ? { target: { message }, verb } : null;
}

/** The button that leads on from a page. */
function forward(wire: Wire, user: string, target: Target): string | undefined {
  const verbs = wire.buttons(user, target).map((button) => button.verb);
  return ['rate.submit', 'rate.page'].find((verb) => verbs.includes(verb));
}

/** Presses one of the status card's words. */
export function tellStatus(wire: Wire, user: string, message: string, status: string): Promise<PressResult> {
  return wire.press(user, { message }, { verb: 'status.set', values: { status } });
}
