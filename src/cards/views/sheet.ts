/** One form for all cards that list things with buttons: a heading, lines, rows, and rows of buttons. */

import type { Asked } from '../../domain/schedule/audience.ts';
import type { AuditLine, Paged, SendLine, WarningLine } from '../convenor-models.ts';
import { clip } from '../text.ts';
import type { Voice } from '../voice.ts';
import { hasWords } from '../words.ts';
import type { ViewData } from './view.ts';

export const titleSpace = 160;
const buttonSpace = 45;
/** Teams shows six in a row; four read well on a phone. */
const inOneRow = 4;

export type SheetButton = {
  title: string;
  verb: string;
  style: 'default' | 'positive' | 'destructive';
  data: Record<string, string>;
  /** The same with the verb in it, for clients that know only Action.Submit. */
  all: Record<string, string>;
};

export function button(
  title: string,
  verb: string,
  data: Record<string, string>,
  style: SheetButton['style'] = 'default',
): SheetButton {
  return { title: clip(title, 75), verb, style, data, all: { ...data, verb } };
}

/** From a page to the card it was opened on, without saving. Only where the page took that card's place: Slack closes its modal. */
export function backTo(verb: string, values: Record<string, string>) {
  const data = { ...values, leaves: '1' };
  return { verb, data, all: { ...data, verb } };
}

export type SheetRow = { heading?: string; title?: string; detail?: string; buttons?: SheetButton[] };

export type Sheet = {
  heading: string;
  title?: string;
  group: string;
  said?: string;
  lines?: string[];
  facts?: { label: string; text: string }[];
  warnings?: string[];
  rows?: SheetRow[];
  note?: string;
  /** Each list becomes rows of buttons of its own. */
  sets?: SheetButton[][];
};

export function sheet(parts: Sheet): ViewData {
  return {
    heading: parts.heading,
    title: clip(parts.title ?? '', titleSpace),
    group: parts.group,
    said: parts.said ?? '',
    lines: (parts.lines ?? []).filter(Boolean).map((text) => ({ text })),
    facts: (parts.facts ?? []).map(({ label, text }) => ({ label: `${label}: `, text })),
    warnings: (parts.warnings ?? []).map((text) => ({ text: `⚠ ${text}` })),
    rows: (parts.rows ?? []).map(({ heading = '', title = '', detail = '', buttons = [] }) => ({
      heading,
      rowTitle: clip(title, titleSpace),
      detail,
      buttons,
      hasButtons: buttons.length > 0,
    })),
    note: parts.note ?? '',
    sets: (parts.sets ?? []).flatMap(inRows).map((buttons) => ({ buttons })),
  };
}

function inRows(buttons: SheetButton[]): SheetButton[][] {
  const rows: SheetButton[][] = [];
  for (let at = 0; at < buttons.length; at += inOneRow) rows.push(buttons.slice(at, at + inOneRow));
  return rows;
}

/** "✔ The survey is paused." */
export const saidLine = (said: string, voice: Voice): string => (said === '' ? '' : `✔ ${voice.say(`said.${said}`)}`);

/** "Open: Datainsamling", short enough for a button. */
export const openTitle = (title: string, voice: Voice): string =>
  voice.say('seat.open', { title: clip(title, buttonSpace) });

/** Previous and next, and where one is; nothing where there is one page. */
export function paging(
  { page, pages }: Paged,
  verb: string,
  data: Record<string, string>,
  voice: Voice,
): { note: string; buttons: SheetButton[] } {
  if (pages < 2) return { note: '', buttons: [] };
  const buttons: SheetButton[] = [];
  if (page > 1) buttons.push(button(voice.say('common.previousPage'), verb, { ...data, page: String(page - 1) }));
  if (page < pages) buttons.push(button(voice.say('common.nextPage'), verb, { ...data, page: String(page + 1) }));
  return { note: voice.say('common.page', { page, pages }), buttons };
}

/** More groups than this are a list of their own. */
const groupButtons = 4;

/** To the same card of the person's other groups. */
export function toGroups(others: readonly { ref: string; name: string }[], verb: string, voice: Voice): SheetButton[] {
  if (others.length > groupButtons) return [button(voice.say('seat.groups'), 'group.list', {})];
  return others.map(({ ref, name }) =>
    button(voice.say('seat.group', { title: clip(name, buttonSpace) }), verb, { group: ref }),
  );
}

/** Owners of an activity: a name or names, 'all', nobody, or how many its survey asks. */
export function owners(named: string | string[] | Asked, voice: Voice): string {
  if (typeof named === 'object' && 'asked' in named) return voice.say('send.people', { count: named.asked });
  if (named === 'all') return voice.say('common.everyone');
  if (named.length === 0) return voice.say('plan.noOwner');
  return clip(typeof named === 'string' ? named : voice.list(named), titleSpace);
}

/** "onsdag 12 oktober 2022 kl. 09.00 · Inbjudan · 3 personer" */
export function sendLine({ at, kind, step, count, to, unknown }: SendLine, voice: Voice): string {
  const what = step !== null && hasWords(`send.kind.${step}`) ? step : kind;
  return voice.say('send.line', {
    at: voice.moment(at),
    what: voice.say(`send.kind.${what}`),
    to: unknown
      ? voice.say('send.unanswered')
      : count === 1 && to !== ''
        ? clip(to, titleSpace)
        : voice.say('send.people', { count }),
  });
}

export function warningLine({ code, facts }: WarningLine, voice: Voice): string {
  const { day, ...rest } = facts;
  const words = { title: '', name: '', ...rest, day: day ? voice.longDay(day) : '' };
  return voice.say(`warning.${code}`, words);
}

/** Who, when, what, and from what to what: the last two as two lines. */
export function auditRow(line: AuditLine, voice: Voice): SheetRow {
  const did = (what: string) => (hasWords(`audit.did.${what}`) ? voice.say(`audit.did.${what}`) : what);
  const action =
    line.action === 'refused' ? voice.say('audit.refused', { what: did(line.field ?? '') }) : did(line.action);
  const shown = (value: string | null) =>
    clip(value === null || value === '' ? voice.say('audit.none') : said(value, voice), 120);
  const what = line.subject === '' ? action : voice.say('audit.what', { action, subject: clip(line.subject, 120) });
  const change =
    line.field === null || line.action === 'refused'
      ? ''
      : voice.say('audit.change', {
          field: fieldWord(line.field, voice),
          from: shown(line.from),
          to: shown(line.to),
        });
  return {
    title: `${what}${change}`,
    detail: voice.say('audit.who', {
      at: voice.moment(line.at),
      by: line.isAdmin ? voice.say('audit.admin', { by: line.by }) : line.by,
    }),
  };
}

/** "closes for Per Ek" → "last day Per Ek". */
function fieldWord(field: string, voice: Voice): string {
  const [first = '', ...rest] = field.split(' ');
  if (!hasWords(`audit.field.${first}`)) return field;
  const about = rest.join(' ').replace(/^(for|in|from|cap)\b ?/, '');
  return [voice.say(`audit.field.${first}`), about].filter(Boolean).join(' – ');
}

/** A day, an hour, a state or a role in words; names as they stand. */
function said(value: string, voice: Voice): string {
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return voice.shortDay(value);
  if (/^\d\d:\d\d$/.test(value)) return voice.clock(value);
  if (hasWords(`audit.value.${value}`)) return voice.say(`audit.value.${value}`);
  const family = ['status', 'role'].find((one) => hasWords(`${one}.${value}`));
  return family ? voice.say(`${family}.${value}`) : value;
}

export const rate = (counts: { invited: number; submitted: number }, voice: Voice): string =>
  voice.say('round.rate', {
    ...counts,
    percent: voice.percent(counts.invited === 0 ? 0 : counts.submitted / counts.invited),
  });
