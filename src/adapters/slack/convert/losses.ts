/** What a card says that Slack does not show as it stands. Nothing is left out without one of these. */

const harm = {
  /** Size, weight, colour, width, alignment, spacing: the words are all there. */
  style: false,
  /** All there, in several pieces or in another form. */
  chunked: false,
  /** Side by side, folded or nested in the card; all there, one below the other. */
  flattened: false,
  /** Cut here, in full elsewhere on the same surface. */
  shortened: false,
  /** Inputs and what sends them: `toModal` of the same card has them. */
  'needs-modal': false,
  /** A rule that Slack cannot hold beside the input; the server checks it. */
  'server-check': false,
  /** The card itself names what to do where an element is not known. */
  fallback: false,
  /** Not visible in the card either. */
  hidden: false,
  /** Behaviour that Slack has no word for, on a card that reads the same without it. */
  behaviour: false,
  /** Ends in an ellipsis. */
  cut: true,
  dropped: true,
  /** Text that a person or a screen reader needs is missing in the card and was made up. */
  label: true,
  /** An input that comes back under another name or value than in Teams. */
  renamed: true,
  /** Inputs that nothing in the card sends. */
  'no-submit': true,
} as const satisfies Record<string, boolean>;

export type LossKind = keyof typeof harm;

/** `path`: where in the card, e.g. "body[2].columns[0]"; "" is the card itself. */
export type Loss = { path: string; kind: LossKind; what: string };

/** True when nothing a person needs is missing. A strict test fails on every other loss. */
export function isHarmless(loss: Loss): boolean {
  return !harm[loss.kind];
}

/** Adds a loss. Beyond `most` only harmful ones count, and one last says that more were left unsaid. */
export function addLoss(losses: Loss[], loss: Loss, most: number): void {
  if (losses.length < most) losses.push(loss);
  else if (losses.length === most && !isHarmless(loss)) {
    losses.push({ path: '', kind: 'dropped', what: 'more losses than are listed' });
  }
}
