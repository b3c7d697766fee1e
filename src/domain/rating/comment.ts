/** People's own text, made safe to keep: every visible character stays. */

const invisibleControls = /[^\P{Cc}\t\n]/gu;
const somethingVisible = /[\p{L}\p{N}\p{P}\p{S}]/u;

export type Comment = { text: string; tooLong: boolean };

/**
 * A comment as it is kept: NFC, trimmed, line breaks as \n, without controls and half characters; text with nothing visible
 * is empty. `max` counts characters (code points), so an emoji costs one and no client's own limit is stricter than ours.
 * Longer text is cut to `max` and `tooLong` says so.
 */
export function keepComment(raw: string, max: number): Comment {
  // Most comments are not there at all, and those that are have neither marks nor length to speak of.
  if (raw === '') return { text: '', tooLong: false };
  // Text far above the limit stays too long however it is normalised, and megabytes of it are not worth the work.
  const bounded = raw.trim().slice(0, max * 8);
  const text = bounded
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Surrogate}/gu, '')
    .replace(invisibleControls, '')
    .normalize('NFC')
    .trim();
  if (!somethingVisible.test(text)) return { text: '', tooLong: false };
  const whole = closeDirections(text);
  const mustBeCut = whole.length > max && lengthOf(whole) > max;
  const tooLong = mustBeCut || raw.trim().length > bounded.length;
  return { text: mustBeCut ? cut(text, max) : whole, tooLong };
}

/** In code points: never more than UTF-16 units. */
function lengthOf(text: string): number {
  return [...text].length;
}

function cut(text: string, max: number): string {
  const characters = [...text];
  let keep = max;
  for (;;) {
    const closed = closeDirections(characters.slice(0, keep).join('').trim());
    const excess = lengthOf(closed) - max;
    if (excess <= 0) return somethingVisible.test(closed) ? closed : '';
    keep -= excess;
  }
}

const directionMark = /[\u202a-\u202e\u2066-\u2069]/;
const endOfOverride = '\u202c';
const endOfIsolate = '\u2069';

/**
 * Direction marks stay as written, but each one opened is closed at the end of its line, so that nothing after the comment
 * is turned round.
 */
function closeDirections(text: string): string {
  if (!directionMark.test(text)) return text;
  return text.split('\n').map(closeLine).join('\n');
}

function closeLine(line: string): string {
  const open: string[] = [];
  for (const character of line) {
    if (/[\u202a\u202b\u202d\u202e]/.test(character)) open.push(endOfOverride);
    else if (/[\u2066-\u2068]/.test(character)) open.push(endOfIsolate);
    else if (character === endOfOverride && open.at(-1) === endOfOverride) open.pop();
    else if (character === endOfIsolate && open.includes(endOfIsolate)) open.length = open.lastIndexOf(endOfIsolate);
  }
  return line + open.reverse().join('');
}
