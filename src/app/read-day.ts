/** A day as people fill it in. */

/** null when empty, "bad" when it is no date. */
export function readDay(text: string): Temporal.PlainDate | 'bad' | null {
  if (text.trim() === '') return null;
  try {
    return Temporal.PlainDate.from(text.trim());
  } catch {
    return 'bad';
  }
}
