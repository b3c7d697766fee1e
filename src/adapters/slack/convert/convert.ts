/** Adaptive Card → Block Kit and back. Everything the Slack adapter uses of the converter. */

export { flatten, type StateValues } from './flatten.ts';
export { isHarmless, type Loss, type LossKind } from './losses.ts';
export { type MessageOptions, type SlackMessage, toMessage } from './message.ts';
export { type ModalOptions, type SlackModal, toModal } from './modal.ts';
