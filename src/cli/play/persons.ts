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
 * Opens the survey of the message, fills in every page and submits.
 * Returns how the last press was answered; stops at the first press that fails.
 */
export async function rate(wire: Wire, user: string, message: string, ratings: Ratings): Promise<PressResult> {
  const inputs = inputsOf(ratings);
  let result = await wire.press(user, { message }, { verb: 'rate.open' });
  for (let page = 0; page < 40 && result.ok; page += 1) {
    const dialog = wire.dialog(user);
    const target: Target = dialog ? { dialog: dialog.id } : { message };
    const verb = dialog ? 'submit' : forward(wire, user, target);
    if (!verb) return result;
    result = await wire.press(user, target, { verb }, inputs);
    if (Object.keys(result.errors).length > 0) return result;
    const ended = dialog ? wire.dialog(user) === null : verb === 'rate.submit';
    if (ended) return result;
  }
  return result;
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
