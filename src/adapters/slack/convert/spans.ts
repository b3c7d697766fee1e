/** Text as runs of one style each: what Markdown and text runs become before they are written in one of Slack's ways. */

export type Stamp = { seconds: number; format: string };

export type Span = {
  text: string;
  bold: boolean;
  italic: boolean;
  strike: boolean;
  underline: boolean;
  /** https or mailto, checked. */
  url: string | null;
  /** An instant that Slack writes out in the reader's zone; `text` is what stands where it cannot. */
  stamp: Stamp | null;
  /** Somebody's id in Slack, who is mentioned; `text` is their name. */
  user: string | null;
};

export function span(text: string): Span {
  return { text, bold: false, italic: false, strike: false, underline: false, url: null, stamp: null, user: null };
}

export function plain(spans: readonly Span[]): string {
  let all = '';
  for (const { text } of spans) all += text;
  return all;
}

export function isBlank(spans: readonly Span[]): boolean {
  return spans.every(({ text }) => text.trim() === '');
}

export function bold(spans: readonly Span[]): Span[] {
  return spans.map((each) => ({ ...each, bold: true }));
}

export function joined(parts: readonly Span[][], between: string): Span[] {
  const all: Span[] = [];
  for (const part of parts) {
    if (all.length > 0) all.push(span(between));
    all.push(...part);
  }
  return all;
}

/** An index at or before `at` that does not part a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const unit = text.charCodeAt(at - 1);
  return unit >= 0xd800 && unit <= 0xdbff && at > 1 ? at - 1 : at;
}

/** At most `limit` code units, the last an ellipsis when something was cut. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, wholeCharacter(text, limit - 1)).trimEnd()}…`;
}

/** What a character takes when it is escaped for mrkdwn. */
function cost(unit: number): number {
  if (unit === 38) return 5;
  return unit === 60 || unit === 62 ? 4 : 1;
}

/** Characters around a span's text at most: marks, link, date. */
function frame(each: Span): number {
  return (
    (each.bold ? 2 : 0) +
    (each.italic ? 2 : 0) +
    (each.strike ? 2 : 0) +
    (each.url === null ? 0 : escapedLength(each.url) + 3) +
    (each.stamp === null ? 0 : 50) +
    (each.user === null ? 0 : 40)
  );
}

/** How many code units of `text` fit in `room`, and what they take. */
function fitting(text: string, room: number): { taken: number; size: number } {
  let size = 0;
  for (let at = 0; at < text.length; at++) {
    const next = size + cost(text.charCodeAt(at));
    if (next > room) return { taken: at, size };
    size = next;
  }
  return { taken: text.length, size };
}

export function escapedLength(text: string): number {
  return fitting(text, Number.POSITIVE_INFINITY).size;
}

function lastSpace(text: string, before: number): number {
  for (let at = before; at > 0; at--) {
    const unit = text.charCodeAt(at);
    if (unit === 32 || unit === 10 || unit === 9) return at;
  }
  return 0;
}

/** Pieces whose written form is at most `limit` characters, parted between words where there is a space. */
export function pieces(spans: readonly Span[], limit: number): Span[][] {
  const done: Span[][] = [];
  let piece: Span[] = [];
  let room = limit;
  const flush = () => {
    if (piece.length > 0) done.push(piece);
    piece = [];
    room = limit;
  };
  for (const each of spans) {
    const around = frame(each);
    let rest = each.text;
    while (rest !== '') {
      const { taken, size } = fitting(rest, room - around);
      if (taken === rest.length) {
        piece.push({ ...each, text: rest });
        room -= around + size;
        break;
      }
      // Half of a date or of a name, twice, would be two of them.
      const whole = each.stamp !== null || each.user !== null;
      let at = whole ? 0 : lastSpace(rest, taken);
      if (at === 0 && piece.length > 0) {
        flush();
        continue;
      }
      if (whole) {
        piece.push({ ...each, text: cut(rest, 75) });
        flush();
        break;
      }
      if (at === 0) at = Math.max(1, wholeCharacter(rest, taken));
      piece.push({ ...each, text: rest.slice(0, at) });
      flush();
      rest = rest.slice(at).trimStart();
    }
  }
  flush();
  return done;
}
