/** What a channel is told: what changed, what comes, what is open. Counts, never who. */

import type { DigestEntry, DigestLine, DigestListModel, DigestModel, DigestPoint } from '../models.ts';
import { clip, together } from '../text.ts';
import type { Voice } from '../voice.ts';
import { backTo, button, owners as ownersText, paging, type SheetRow, sheet } from './sheet.ts';
import { fitting, sizeOf, type View } from './view.ts';

const frame = 90;
const textSpace = 160;
/** Together the sections fit into a message of either platform; what is less in all is told whole. */
const mostInAll = 10_000;
const mostOf = { changes: 4000, ahead: 2400, open: 1500, late: 900, blocked: 900, unowned: 900 };

export const digest: View<DigestModel> = (model, voice) => {
  const lines = entriesOf(model).map((entry) => ({ in: entry.in, text: `• ${told(entry, voice)}` }));
  const isLittle = sizeOf(lines, frame) <= mostInAll;
  const some = (section: DigestEntry['in']) => {
    const own = lines.filter((line) => line.in === section).map(({ text }) => ({ text }));
    return fitting(own, { bytes: isLittle ? mostInAll : mostOf[section], frame }, voice, 'digest.more');
  };
  const changes = some('changes');
  const ahead = some('ahead');
  const open = some('open');
  const late = some('late');
  const blocked = some('blocked');
  const unowned = some('unowned');
  const isWhole = [changes, ahead, open, late, blocked, unowned].every(({ more }) => more === '');
  return {
    // In Slack it opens over the channel's message, for whoever presses.
    toWhole: isWhole ? [] : [button(voice.say('digest.whole'), 'digest.whole', { ...model.whole, dialog: '1' })],
    late: late.shown,
    moreLate: late.more,
    hasLate: late.shown.length > 0,
    blocked: blocked.shown,
    moreBlocked: blocked.more,
    hasBlocked: blocked.shown.length > 0,
    unowned: unowned.shown,
    moreUnowned: unowned.more,
    hasUnowned: unowned.shown.length > 0,
    group: model.group,
    heading: voice.say(`digest.heading.${model.audience}`),
    day: voice.longDay(model.day),
    count: model.changes.length,
    changes: changes.shown,
    moreChanges: changes.more,
    ahead: ahead.shown,
    moreAhead: ahead.more,
    open: open.shown,
    moreOpen: open.more,
    hasChanges: changes.shown.length > 0,
    hasAhead: ahead.shown.length > 0,
    hasOpen: open.shown.length > 0,
  };
};

/** All of it in the order of a list. */
export function entriesOf({
  changes,
  late = [],
  blocked = [],
  unowned = [],
  ahead,
  open,
}: Omit<DigestModel, 'whole'>): DigestEntry[] {
  return [
    ...changes.map((line) => ({ in: 'changes' as const, line })),
    ...late.map((line) => ({ in: 'late' as const, line })),
    ...blocked.map((line) => ({ in: 'blocked' as const, line })),
    ...unowned.map((line) => ({ in: 'unowned' as const, line })),
    ...ahead.map((line) => ({ in: 'ahead' as const, line })),
    ...open.map((line) => ({ in: 'open' as const, line })),
  ];
}

/** A page of all of it. */
export const digestList: View<DigestListModel> = (model, voice) => {
  const turn = paging(model, 'digest.whole', model.whole, voice);
  const back = backTo('digest.show', model.whole);
  const list = sheet({
    heading: voice.say('digest.whole'),
    title: voice.say(`digest.heading.${model.audience}`),
    group: model.group,
    lines: [voice.say('digest-list.asOf', { told: voice.longDay(model.told) })],
    rows: model.lines.map((entry, at): SheetRow => {
      const heading = entry.in === model.lines[at - 1]?.in ? '' : voice.say(`digest.${entry.in}`);
      return { heading, detail: `• ${told(entry, voice)}` };
    }),
    note: turn.note,
    sets: [turn.buttons, [button(voice.say('common.back'), back.verb, back.data)]],
  });
  return { ...list, page: model.page, pages: model.pages };
};

function told(entry: DigestEntry, voice: Voice): string {
  switch (entry.in) {
    case 'changes':
      return change(entry.line, voice);
    case 'ahead':
      return comingUp(entry.line, voice);
    case 'open':
      return openRound(entry.line, voice);
    default:
      return point(entry.line, entry.in === 'unowned' ? 'ahead' : entry.in, voice);
  }
}

function point({ activity, day, owners }: DigestPoint, key: 'late' | 'blocked' | 'ahead', voice: Voice): string {
  const facts = {
    activity: clip(activity, textSpace),
    day: day === null ? voice.say('plan.noDate') : voice.shortDay(day),
    owners: ownersText(owners, voice),
  };
  return voice.say(`digest.line.${key === 'ahead' && day === null ? 'undated' : key}`, facts);
}

function change(line: DigestLine, voice: Voice): string {
  const say = (facts: Record<string, unknown>, key: string = line.what) => {
    const short = Object.entries(facts).map(([name, fact]) => [
      name,
      typeof fact === 'string' ? clip(fact, textSpace) : fact,
    ]);
    const said = voice.say(`digest.line.${key}`, Object.fromEntries(short));
    return 'of' in line && line.of ? `${clip(line.of, textSpace)}: ${said}` : said;
  };
  switch (line.what) {
    case 'round-opened':
      return say({ ...line, closes: voice.longDay(line.closes) });
    case 'round-extended':
      return say({ ...line, from: voice.shortDay(line.from), to: voice.longDay(line.to) });
    case 'round-reopened':
      return say({ ...line, to: voice.longDay(line.to) });
    case 'status': {
      const facts = { ...line, due: voice.shortDay(line.due), status: together(voice.status(line.status)) };
      return line.note === '' ? say(facts) : say(facts, 'status-note');
    }
    case 'date-moved':
      // An activity that had no date has not moved from anywhere.
      if (line.from === '') return say({ ...line, to: voice.longDay(line.to) }, 'date-set');
      return say({ ...line, from: voice.shortDay(line.from), to: voice.shortDay(line.to) });
    case 'overdue':
      return say({ ...line, due: voice.shortDay(line.due) });
    default:
      return say(line);
  }
}

function comingUp({ activity, day, until, owners }: DigestModel['ahead'][number], voice: Voice): string {
  const first = voice.shortDay(day);
  const facts = {
    activity: clip(activity, textSpace),
    day: until === undefined ? first : voice.say('common.window', { from: first, to: voice.shortDay(until) }),
    owners: ownersText(owners, voice),
  };
  return voice.say(owners !== '' ? 'digest.line.ahead-owners' : 'digest.line.ahead', facts);
}

function openRound(round: DigestModel['open'][number], voice: Voice): string {
  const facts = { ...round, title: clip(round.title, textSpace), closes: voice.shortDay(round.closes) };
  return voice.say('digest.line.open', facts);
}
