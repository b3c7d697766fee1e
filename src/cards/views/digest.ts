/** What a channel is told: what changed, what comes, what is open. Counts, never who. */

import type { DigestLine, DigestModel, DigestPoint } from '../models.ts';
import { clip, together } from '../text.ts';
import type { Voice } from '../voice.ts';
import { fitting, type View } from './view.ts';

const frame = 90;
const textSpace = 160;

export const digest: View<DigestModel> = (model, voice) => {
  const line = (text: string) => ({ text: `• ${text}` });
  const changes = fitting(
    model.changes.map((one) => line(change(one, voice))),
    { bytes: 8000, frame },
    voice,
  );
  const ahead = fitting(
    model.ahead.map((one) => line(comingUp(one, voice))),
    { bytes: 5000, frame },
    voice,
  );
  const open = fitting(
    model.open.map((one) => line(openRound(one, voice))),
    { bytes: 4000, frame },
    voice,
  );
  const late = points(model.late, 'late', voice);
  const blocked = points(model.blocked, 'blocked', voice);
  const unowned = points(model.unowned, 'ahead', voice);
  return {
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

function points(found: DigestPoint[] = [], key: 'late' | 'blocked' | 'ahead', voice: Voice) {
  const lines = found.map(({ activity, day, owners }) => {
    const facts = {
      activity: clip(activity, textSpace),
      day: day === null ? voice.say('plan.noDate') : voice.shortDay(day),
      owners:
        owners === ''
          ? voice.say('plan.noOwner')
          : owners === 'all'
            ? voice.say('common.everyone')
            : clip(owners, textSpace),
    };
    const said = key === 'ahead' && day === null ? 'undated' : key;
    return { text: `• ${voice.say(`digest.line.${said}`, facts)}` };
  });
  return fitting(lines, { bytes: 1500, frame }, voice);
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

function comingUp({ activity, day, owners }: DigestModel['ahead'][number], voice: Voice): string {
  const facts = {
    activity: clip(activity, textSpace),
    day: voice.shortDay(day),
    owners: owners === 'all' ? voice.say('common.everyone') : clip(owners, textSpace),
  };
  return voice.say(owners !== '' ? 'digest.line.ahead-owners' : 'digest.line.ahead', facts);
}

function openRound(round: DigestModel['open'][number], voice: Voice): string {
  const facts = { ...round, title: clip(round.title, textSpace), closes: voice.shortDay(round.closes) };
  return voice.say('digest.line.open', facts);
}
