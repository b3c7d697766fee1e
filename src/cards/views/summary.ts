/** The result of a round: how many answered, the critical roles in full, the others in a line, and what changes. */

import { levels, nonLevels } from '../../domain/levels.ts';
import type { LevelCounts, SummaryModel } from '../models.ts';
import { clip } from '../text.ts';
import type { Voice } from '../voice.ts';
import { atMost, type View } from './view.ts';

/** More critical roles than this are told in a line each: the card stays within 20 KB. */
const criticalInFull = 8;
const rolesShown = 60;
const constituenciesShown = 12;
const nameSpace = 60;

export const summary: View<SummaryModel> = (model, voice) => {
  const critical = model.items.filter((item) => item.critical);
  const inFull = critical.slice(0, criticalInFull);
  const brief = atMost(
    [...critical.slice(criticalInFull), ...model.items.filter((i) => !i.critical)],
    rolesShown,
    voice,
  );
  const constituencies = atMost(model.constituencies, constituenciesShown, voice);
  return {
    group: model.group,
    title: model.title,
    submitted: model.submitted,
    invited: model.invited,
    percent: voice.percent(model.invited === 0 ? 0 : model.submitted / model.invited),
    nowPeriod: model.periods.now,
    comingPeriod: model.periods.coming,
    constituencies: constituencies.shown.map((one) => ({
      text: `• ${voice.say('summary.constituency', { ...one, name: clip(one.name, nameSpace) })}`,
    })),
    moreConstituencies: constituencies.more,
    ruleText: voice.say(`summary.rule.${model.rule}`),
    criticalCount: critical.length,
    critical: inFull.map((item) => ({
      name: clip(item.name, nameSpace),
      now: inWords('now', item.now, model.periods.now, voice),
      coming: inWords('coming', item.coming, model.periods.coming, voice),
    })),
    others: brief.shown.map((item) => ({
      name: item.critical
        ? voice.say('summary.criticalName', { name: clip(item.name, nameSpace) })
        : clip(item.name, nameSpace),
      text: `: ${inBrief(item.now, voice)} → ${inBrief(item.coming, voice)}`,
    })),
    hasOthers: brief.shown.length > 0,
    moreOthers: brief.more,
    ...changes(model.change, voice),
  };
};

/** "Nu (2022): ◆ Övertalighet 0 (0 %), … n = 10. Median: ■ Brist. Svaren är eniga." */
function inWords(when: 'now' | 'coming', counts: LevelCounts, period: string, voice: Voice): string {
  if (counts.n === 0) {
    const none = voice.say(`summary.${when}`, { period, counts: voice.say('summary.noAnswers') });
    return [none, outside(counts, voice)].filter(Boolean).join(' ');
  }
  const shares = levels.map((level) =>
    voice.say('summary.count', {
      level: voice.level(level),
      count: counts[level],
      percent: voice.percent(counts[level] / counts.n),
    }),
  );
  const told = voice.say(`summary.${when}`, { period, counts: shares.join(' · ') });
  const centre = voice.say('summary.middle', {
    n: counts.n,
    median: middle(counts, voice),
    spread: voice.say(`summary.spread.${spread(counts.spread ?? 0)}`),
  });
  return [told, centre.trim(), outside(counts, voice)].filter(Boolean).join(' ');
}

function inBrief(counts: LevelCounts, voice: Voice): string {
  if (counts.n === 0) return voice.say('summary.noAnswers');
  return voice.say('summary.compact', { median: middle(counts, voice), n: counts.n });
}

/** Answers that are not levels are told, so that no denominator shrinks in silence. */
function outside(counts: LevelCounts, voice: Voice): string {
  const of: Record<(typeof nonLevels)[number], number> = {
    'cannot-assess': counts.cannotAssess,
    'not-with-us': counts.notWithUs,
  };
  const told = nonLevels.filter((code) => of[code] > 0);
  if (told.length === 0) return '';
  const list = told.map((code) => voice.say('summary.outside.item', { level: voice.level(code), count: of[code] }));
  return voice.say('summary.outside', { list: voice.list(list) });
}

function middle(counts: LevelCounts, voice: Voice): string {
  if (counts.median === null) return voice.say('summary.noAnswers');
  return counts.median === 'split' ? voice.say('summary.split') : voice.level(counts.median);
}

/** The middle half of the answers lies on one level, within about one step, or wider. */
function spread(steps: number): 'none' | 'some' | 'wide' {
  if (steps < 0.5) return 'none';
  return steps < 1.5 ? 'some' : 'wide';
}

/** The matrix as rows of cells that each can be read alone, and its sum in a sentence. */
function changes(change: number[][], voice: Voice) {
  let same = 0;
  let worse = 0;
  let better = 0;
  const rows = levels.map((from, row) => ({
    label: voice.level(from),
    cells: levels.map((_, column) => {
      const count = change[row]?.[column] ?? 0;
      if (column === row) same += count;
      else if (column > row) worse += count;
      else better += count;
      return { text: String(count) };
    }),
  }));
  const columns = levels.map((level) => ({ text: voice.level(level) }));
  return { rows, columns, same, worse, better, hasChanges: same + worse + better > 0 };
}
