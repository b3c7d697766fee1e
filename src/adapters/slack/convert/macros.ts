/** `{{DATE(…)}}` and `{{TIME(…)}}` of Adaptive Cards: an instant, written out in the reader's way. */

import { type Span, span } from './spans.ts';

/** How dates read where Slack does not write them itself. Unknown locales and zones fall back to English and UTC. */
export type DateWords = { locale: string; timeZone: string };

const macro = /\{\{(DATE|TIME)\(([^(){},\s]{1,40})(?:\s?,\s?(COMPACT|SHORT|LONG))?\s?\)\}\}/y;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

type Form = 'COMPACT' | 'SHORT' | 'LONG' | 'TIME';
const slackFormat: Record<Form, string> = {
  COMPACT: '{date_num}',
  SHORT: '{date_short}',
  LONG: '{date_long}',
  TIME: '{time}',
};
const intlFormat: Record<Form, Intl.DateTimeFormatOptions> = {
  COMPACT: { dateStyle: 'short' },
  SHORT: { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' },
  LONG: { dateStyle: 'full' },
  TIME: { timeStyle: 'short' },
};

/** Making a formatter costs more than a whole card; a group uses a handful. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(form: Form, words: DateWords): Intl.DateTimeFormat {
  const key = `${form}|${words.locale}|${words.timeZone}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  let made: Intl.DateTimeFormat;
  try {
    made = new Intl.DateTimeFormat(words.locale, { ...intlFormat[form], timeZone: words.timeZone });
  } catch {
    made = new Intl.DateTimeFormat('en', { ...intlFormat[form], timeZone: 'UTC' });
  }
  if (formatters.size >= 64) formatters.clear();
  formatters.set(key, made);
  return made;
}

/** The macro that stands at `at`, or null. A macro with an unreadable instant is no macro and stays as text. */
export function macroAt(text: string, at: number, words: DateWords): { found: Span; end: number } | null {
  macro.lastIndex = at;
  const match = macro.exec(text);
  if (match === null) return null;
  const [whole, name, iso = '', style] = match;
  const time = instant.test(iso) ? Date.parse(iso) : Number.NaN;
  if (Number.isNaN(time)) return null;
  const form: Form = name === 'TIME' ? 'TIME' : ((style ?? 'COMPACT') as Form);
  const stamp = { seconds: Math.floor(time / 1000), format: slackFormat[form] };
  return { found: { ...span(formatter(form, words).format(time)), stamp }, end: at + whole.length };
}

/** Text without Markdown, macros written out as spans. */
export function withMacros(text: string, words: DateWords): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (let at = text.indexOf('{{'); at !== -1; at = text.indexOf('{{', at + 1)) {
    const hit = macroAt(text, at, words);
    if (hit === null) continue;
    if (at > from) spans.push(span(text.slice(from, at)));
    spans.push(hit.found);
    from = hit.end;
    at = hit.end - 1;
  }
  if (from < text.length) spans.push(span(text.slice(from)));
  return spans;
}
