/** The result of a round: how many answered, the critical roles in full, the others in a line, and what changes. */

import { levels, nonLevels, type SupplyLevel } from '../../domain/levels.ts';
import type { LevelCounts, SummaryConstituency, SummaryItem, SummaryListModel, SummaryModel } from '../models.ts';
import { levelSymbols } from '../symbols.ts';
import { clip, together } from '../text.ts';
import type { Voice } from '../voice.ts';
import { backTo, button, paging, rate, type SheetRow, sheet } from './sheet.ts';
import { fitting, type View } from './view.ts';

const nameSpace = 60;

/** The roles in the order they are told: the critical ones first, and of them some in full, fewer where there are many roles. */
export function inOrder<Item extends { critical: boolean }>(items: readonly Item[]): { full: Item[]; brief: Item[] } {
  const critical = items.filter((item) => item.critical);
  const inFull = items.length > 25 ? 3 : 6;
  const brief = [...critical.slice(inFull), ...items.filter((item) => !item.critical)];
  return { full: critical.slice(0, inFull), brief };
}

/** Teams is given 20 KB, and Slack takes 13,200 characters. What is not all there has a button, and needs less. */
const mostOf = {
  brief: { bytes: 7500, ofMore: 4500, frame: 110 },
  constituencies: { bytes: 1500, ofMore: 1000, frame: 90 },
};

function someOf<T>(lines: readonly T[], what: keyof typeof mostOf, voice: Voice): { shown: T[]; more: string } {
  const { bytes, ofMore, frame } = mostOf[what];
  const all = fitting(lines, { bytes, frame }, voice, 'summary.more');
  return all.more === '' ? all : fitting(lines, { bytes: ofMore, frame }, voice, 'summary.more');
}

export const summary: View<SummaryModel> = (model, voice) => {
  // Of a survey that nobody answered there is nothing to tell of any role.
  const items = model.submitted === 0 ? [] : model.items;
  const { full, brief } = inOrder(items);
  const others = someOf(
    brief.map((item) => inBrief(item, voice)).map(({ name, text }) => ({ name, text: `: ${text}` })),
    'brief',
    voice,
  );
  const constituencies = someOf(
    model.constituencies.map((one) => ({ text: `• ${constituency(one, voice)}` })),
    'constituencies',
    voice,
  );
  const isWhole = others.more === '' && constituencies.more === '';
  return {
    group: model.group,
    title: model.title,
    submitted: model.submitted,
    invited: model.invited,
    percent: voice.percent(model.invited === 0 ? 0 : model.submitted / model.invited),
    nowPeriod: model.periods.now,
    comingPeriod: model.periods.coming,
    constituencies: constituencies.shown,
    moreConstituencies: constituencies.more,
    ruleText: voice.say(`summary.rule.${model.rule}`),
    criticalCount: items.filter((item) => item.critical).length,
    critical: full.map((item) => inFull(item, model.periods, voice)),
    others: others.shown,
    hasOthers: others.shown.length > 0,
    moreOthers: others.more,
    // In Slack it opens over the channel's message, for whoever presses.
    toWhole: isWhole ? [] : [button(voice.say('summary.whole'), 'summary.whole', { ...model.whole, dialog: '1' })],
    ...changes(model.change, voice),
  };
};

export const summaryList: View<SummaryListModel> = (model, voice) => {
  const turn = paging(model, 'summary.whole', model.whole, voice);
  const back = backTo('summary.show', model.whole);
  const facts = { nowPeriod: model.periods.now, comingPeriod: model.periods.coming };
  const sections = {
    constituency: { heading: voice.say('live.constituencies') },
    full: { heading: voice.say('summary.critical'), detail: voice.say(`summary.rule.${model.rule}`) },
    brief: { heading: voice.say('summary.others'), detail: voice.say('summary.compactNote', facts) },
  };
  const said = sheet({
    heading: voice.say('summary.whole'),
    title: model.title,
    group: model.group,
    lines: [rate(model, voice), model.outdated ? voice.say('summary-list.outdated') : ''],
    rows: model.lines.flatMap((line, at): SheetRow[] => [
      ...(line.is === model.lines[at - 1]?.is ? [] : [sections[line.is]]),
      ...told(line, model.periods, voice),
    ]),
    note: turn.note,
    sets: [turn.buttons, [button(voice.say('common.back'), back.verb, back.data)]],
  });
  return { ...said, page: model.page, pages: model.pages };
};

function told(line: SummaryListModel['lines'][number], periods: SummaryModel['periods'], voice: Voice): SheetRow[] {
  if (line.is === 'constituency') return [{ detail: constituency(line, voice) }];
  if (line.is === 'brief') {
    const { name, text } = inBrief(line, voice);
    return [{ title: name, detail: text }];
  }
  const { name, now, nowDetail, coming, comingDetail } = inFull(line, periods, voice);
  return [{ title: name, detail: `${now} ${nowDetail}` }, { detail: `${coming} ${comingDetail}` }];
}

export const constituency = ({ name, invited, submitted }: SummaryConstituency, voice: Voice): string =>
  name === null
    ? voice.say('summary.constituency-rest', { invited, submitted })
    : voice.say('summary.constituency', { invited, submitted, name: clip(name, nameSpace) });

const inFull = ({ name, now, coming }: SummaryItem, periods: SummaryModel['periods'], voice: Voice) => ({
  name: clip(name, nameSpace),
  now: counted('now', now, periods.now, voice),
  nowDetail: detail(now, voice),
  coming: counted('coming', coming, periods.coming, voice),
  comingDetail: detail(coming, voice),
});

/** "Nu (2022): ▲ Sårbart 4 (44 %) · ■ Brist 5 (56 %)." What nobody chose is left out. */
function counted(when: 'now' | 'coming', counts: LevelCounts, period: string, voice: Voice): string {
  if (counts.n === 0) return voice.say(`summary.${when}`, { period, counts: voice.say('summary.noAnswers') });
  const shares = levels
    .filter((level) => counts[level] > 0)
    .map((level) => {
      const percent = voice.percent(counts[level] / counts.n);
      const share = voice.say('summary.count', { level: voice.level(level), count: counts[level], percent });
      // A symbol alone at the end of a line belongs to nothing.
      return share.replaceAll(' ', '\u00a0');
    });
  return voice.say(`summary.${when}`, { period, counts: shares.join(' · ') });
}

/** "Antal svar (n): 9. Median: ■ Brist. Svaren ligger samlade. Utanför skalan: ○ Kan inte bedöma 1." */
function detail(counts: LevelCounts, voice: Voice): string {
  const centre =
    counts.n === 0
      ? ''
      : voice.say('summary.middle', {
          n: counts.n,
          median: middle(counts, voice),
          spread: spread(counts.spread ?? 0, voice),
        });
  return [centre, outside(counts, voice)].filter(Boolean).join(' ');
}

/** "Dietist: ● Hållbart (8) → ● Hållbart (8)" */
function inBrief(item: SummaryItem, voice: Voice): { name: string; text: string } {
  const name = clip(item.name, nameSpace);
  const period = (counts: LevelCounts) =>
    counts.n === 0
      ? voice.say('summary.noAnswers')
      : voice.say('summary.compact', { median: middle(counts, voice), n: counts.n });
  return {
    name: item.critical ? voice.say('summary.criticalName', { name }) : name,
    text: `${period(item.now)} → ${period(item.coming)}`,
  };
}

/** Answers that are not levels are told, so that no denominator shrinks in silence. */
function outside(counts: LevelCounts, voice: Voice): string {
  const of: Record<(typeof nonLevels)[number], number> = {
    'cannot-assess': counts.cannotAssess,
    'not-with-us': counts.notWithUs,
  };
  const told = nonLevels.filter((code) => of[code] > 0);
  if (told.length === 0) return '';
  const list = told.map((code) =>
    voice.say('summary.outside.item', { level: together(voice.level(code)), count: of[code] }),
  );
  return voice.say('summary.outside', { list: voice.list(list) });
}

function middle(counts: LevelCounts, voice: Voice): string {
  if (counts.median === null) return voice.say('summary.noAnswers');
  return counts.median === 'split' ? voice.say('summary.split') : together(voice.level(counts.median));
}

/** The middle half of the answers lies on one level, within about one step, or wider. */
function spread(steps: number, voice: Voice): string {
  if (steps < 0.5) return voice.say('summary.spread.none');
  return voice.say(steps < 1.5 ? 'summary.spread.some' : 'summary.spread.wide');
}

/** A level in a narrow column: the same word with the places where it may be broken. */
function cell(level: SupplyLevel, voice: Voice): string {
  return `${levelSymbols[level]} ${voice.say(`summary.cell.${level}`)}`;
}

/** The matrix as rows of cells that each can be read alone, and its sum in a sentence. */
function changes(change: number[][], voice: Voice) {
  let same = 0;
  let worse = 0;
  let better = 0;
  const rows = levels.map((from, row) => ({
    label: cell(from, voice),
    cells: levels.map((_, column) => {
      const count = change[row]?.[column] ?? 0;
      if (column === row) same += count;
      else if (column > row) worse += count;
      else better += count;
      return { text: String(count) };
    }),
  }));
  const columns = levels.map((level) => ({ text: cell(level, voice) }));
  return { rows, columns, same, worse, better, hasChanges: same + worse + better > 0 };
}
