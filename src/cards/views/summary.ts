/** The result of a round: how many answered, the critical roles in full, the others in a line, and what changes. */

import { levels, nonLevels, type SupplyLevel } from '../../domain/levels.ts';
import type { LevelCounts, SummaryModel } from '../models.ts';
import { levelSymbols } from '../symbols.ts';
import { clip, together } from '../text.ts';
import type { Voice } from '../voice.ts';
import { fitting, type View } from './view.ts';

/** More critical roles than this are told in a line each: Teams is given 20 KB, and Slack takes 13,200 characters. */
const criticalInFull = 6;
const nameSpace = 60;

export const summary: View<SummaryModel> = (model, voice) => {
  const critical = model.items.filter((item) => item.critical);
  const rest = [...critical.slice(criticalInFull), ...model.items.filter((item) => !item.critical)];
  const others = fitting(
    rest.map((item) => inBrief(item, voice)),
    { bytes: 9000, frame: 110 },
    voice,
  );
  const constituencies = fitting(
    model.constituencies.map((one) => ({
      text: `• ${
        one.name === null
          ? voice.say('summary.constituency-rest', { invited: one.invited, submitted: one.submitted })
          : voice.say('summary.constituency', { ...one, name: clip(one.name, nameSpace) })
      }`,
    })),
    { bytes: 2000, frame: 90 },
    voice,
  );
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
    criticalCount: critical.length,
    critical: critical.slice(0, criticalInFull).map((item) => ({
      name: clip(item.name, nameSpace),
      now: counted('now', item.now, model.periods.now, voice),
      nowDetail: detail(item.now, voice),
      coming: counted('coming', item.coming, model.periods.coming, voice),
      comingDetail: detail(item.coming, voice),
    })),
    others: others.shown,
    hasOthers: others.shown.length > 0,
    moreOthers: others.more,
    ...changes(model.change, voice),
  };
};

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
function inBrief(item: SummaryModel['items'][number], voice: Voice): { name: string; text: string } {
  const name = clip(item.name, nameSpace);
  const period = (counts: LevelCounts) =>
    counts.n === 0
      ? voice.say('summary.noAnswers')
      : voice.say('summary.compact', { median: middle(counts, voice), n: counts.n });
  return {
    name: item.critical ? voice.say('summary.criticalName', { name }) : name,
    text: `: ${period(item.now)} → ${period(item.coming)}`,
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
