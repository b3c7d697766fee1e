/** Adaptive Card → Block Kit and back. Everything the Slack adapter uses of the converter. */

export { flatten, type StateValues } from './flatten.ts';
export { toHome } from './home.ts';
export { isHarmless, type Loss } from './losses.ts';
export { toMessage } from './message.ts';
export { toModal } from './modal.ts';
export { broken } from './rules.ts';
