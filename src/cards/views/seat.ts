/** The convenor's overview, a round as it runs, an activity, and the log. */

import type { ActivityModel, AuditModel, LiveModel, RoundState, SeatEntry, SeatModel } from '../convenor-models.ts';
import { clip, together } from '../text.ts';
import type { Voice } from '../voice.ts';
import { hasWords } from '../words.ts';
import {
  auditRow,
  button,
  openTitle,
  owners,
  paging,
  rate,
  type SheetButton,
  type SheetRow,
  saidLine,
  sheet,
  titleSpace,
  toGroups,
} from './sheet.ts';
import { constituency } from './summary.ts';
import type { View } from './view.ts';

export const seat: View<SeatModel> = (model, voice) => {
  const { ref, counts } = model;
  const may = (what: string) => model.may.includes(what);
  const turn = paging(model, 'seat.show', { group: ref, show: model.show }, voice);
  const steers = may('schedule-round');
  return {
    ...sheet({
      heading: voice.say(model.show === 'rounds' ? 'seat.rounds' : steers ? 'seat.heading' : 'seat.heading.observer'),
      group: model.group,
      said: saidLine(model.said, voice),
      lines: [
        voice.say('seat.counts', counts),
        counts.unreached > 0 ? voice.say('seat.unreached', { unreached: counts.unreached }) : '',
        model.entries.length === 0 ? voice.say('seat.empty') : '',
      ],
      rows: entryRows(model, voice),
      note: turn.note,
      sets: [
        turn.buttons,
        [
          ...(steers ? [button(voice.say('seat.newRound'), 'round.new', { group: ref, dialog: '1' }, 'positive')] : []),
          model.show === 'all'
            ? button(voice.say('seat.rounds'), 'seat.show', { group: ref, show: 'rounds' })
            : button(voice.say('seat.show'), 'seat.show', { group: ref }),
          button(voice.say('common.showPlan'), 'seat.plan', { group: ref }),
          ...(may('see-log') ? [button(voice.say('seat.showLog'), 'seat.log', { group: ref })] : []),
        ],
        [button(voice.say('seat.settings'), 'group.show', { group: ref })],
        toGroups(model.others, 'seat.show', voice),
      ],
    }),
  };
};

function entryRows({ ref, entries }: SeatModel, voice: Voice): SheetRow[] {
  let before: SeatEntry['section'] | null = null;
  return entries.map((entry) => {
    const heading = entry.section === before ? '' : voice.say(`seat.section.${entry.section}`);
    before = entry.section;
    const title = clip(entry.title, titleSpace);
    if (entry.section === 'rounds') {
      const detail = [stateLine(entry, voice), entry.state === 'scheduled' ? '' : answered(entry, voice)];
      if (entry.awaitsApproval) detail.push(voice.say('round.approval'));
      const buttons = [button(openTitle(entry.title, voice), 'seat.live', { group: ref, round: entry.key })];
      return { heading, title, detail: detail.filter(Boolean).join(' '), buttons };
    }
    const day = entry.day === null ? voice.say('plan.noDate') : voice.shortDay(entry.day);
    const buttons = [button(openTitle(entry.title, voice), 'seat.activity', { group: ref, activity: entry.key })];
    return { heading, title, detail: voice.say('seat.point', { day, owners: owners(entry.owners, voice) }), buttons };
  });
}

function stateLine(round: { state: RoundState; opens: string; closes: string }, voice: Voice): string {
  return voice.say(`round.state.${round.state}`, {
    opens: voice.shortDay(round.opens),
    closes: voice.shortDay(round.closes),
  });
}

/** Nobody is expected to answer a cancelled survey: what there is to tell is what had been answered. */
function answered(round: { state: RoundState; invited: number; submitted: number }, voice: Voice): string {
  if (round.state !== 'cancelled') return rate(round, voice);
  return round.invited === 0 ? '' : voice.say('round.answered', round);
}

export const live: View<LiveModel> = (model, voice) => {
  const at = { group: model.ref, round: model.round };
  const turn = paging(model, 'seat.live', at, voice);
  const running = model.state === 'open' || model.state === 'paused';
  return {
    ...sheet({
      heading: voice.say('live.heading'),
      title: model.title,
      group: model.group,
      said: saidLine(model.said, voice),
      lines: [
        stateLine(model, voice),
        model.state === 'scheduled' ? voice.say('round.asked', { invited: model.invited }) : answered(model, voice),
        voice.say('live.others', model.state === 'cancelled' ? { ...model, draft: 0 } : model).trim(),
        model.awaitsApproval ? voice.say('round.approval') : '',
        running ? nextReminder(model, voice) : '',
        running && model.names === 'hidden' ? voice.say('live.anonymous') : '',
      ],
      rows: [...constituencyRows(model, voice), ...peopleRows(model, voice)],
      note: turn.note,
      sets: [
        turn.buttons,
        ...roundButtons(model, voice),
        [
          button(voice.say('live.refresh'), 'seat.live', at),
          button(voice.say('seat.show'), 'seat.show', { group: model.ref }),
        ],
      ],
    }),
    state: model.state,
    submitted: model.submitted,
    invited: model.invited,
  };
};

const nextReminder = ({ nextReminder: next }: LiveModel, voice: Voice) =>
  next ? voice.say('live.next', { at: voice.moment(next) }) : voice.say('live.noNext');

function constituencyRows({ constituencies, page }: LiveModel, voice: Voice): SheetRow[] {
  if (page > 1 || constituencies.length < 2) return [];
  const lines = constituencies.map((one) => constituency(one, voice));
  return [{ heading: voice.say('live.constituencies'), detail: lines.join(' · ') }];
}

function peopleRows(
  { people, constituencies, names, state, invited, submitted, draft, page }: LiveModel,
  voice: Voice,
): SheetRow[] {
  let before = '';
  const rows = people.map((one): SheetRow => {
    const section = one.why === 'unreached' ? 'unreached' : 'missing';
    const heading = section === before ? '' : voice.say(section === 'unreached' ? 'live.unreached' : 'live.missing');
    before = section;
    if (one.why === 'unreached') return { heading, title: one.name, detail: unreached(one.reason, voice) };
    // Where all are of one constituency, it says nothing.
    const state =
      constituencies.length < 2
        ? voice.say(`surveys.state.${one.why}`)
        : voice.say(`live.missing.${one.why}`, { constituency: one.constituency });
    const own = one.until === null ? [] : [voice.say('live.ownDay', { day: voice.shortDay(one.until) })];
    return { heading, title: one.name, detail: [state, ...own].join(' · ') };
  });
  const complete = names === 'shown' && invited > 0 && submitted === invited && draft === 0 && page === 1;
  return complete && state !== 'scheduled' ? [...rows, { detail: voice.say('live.nobodyMissing') }] : rows;
}

/** Why a message did not arrive, and what to do about it. */
function unreached(code: string, voice: Voice): string {
  const reason = hasWords(`reason.${code}`) ? voice.say(`reason.${code}`) : code;
  return voice.say('live.step', { reason, step: voice.say(`step.${stepFor(code)}`) });
}

function stepFor(code: string): 'person' | 'admin' | 'substitute' | 'wait' {
  if (code === 'blocked' || code === 'not-installed') return 'person';
  if (code === 'disabled-by-admin' || code === 'not-authorised') return 'admin';
  return code === 'not-found' ? 'substitute' : 'wait';
}

const asked = ['nudge', 'pause', 'resume', 'cancel-round'];

function roundButtons({ ref, round, version, may, awaitsApproval }: LiveModel, voice: Voice): SheetButton[][] {
  const has = (what: string) => may.includes(what);
  const words = (what: string) => voice.say(`do.${what}`);
  const ask = (what: string, style: SheetButton['style'] = 'default') =>
    button(
      words(what),
      'steer.ask',
      { group: ref, command: JSON.stringify({ do: what, round, seen: version }) },
      style,
    );
  const page = (what: string, verb: string) =>
    button(words(what), verb, { group: ref, mode: what, key: round, version: String(version), dialog: '1' });
  return [
    awaitsApproval && has('approve-summary')
      ? [button(words('approve-summary'), 'seat.approve', { group: ref, round }, 'positive')]
      : [],
    asked.filter((what) => has(what) && what !== 'cancel-round').map((what) => ask(what)),
    [
      ...['extend', 'reopen'].filter(has).map((what) => page(what, 'steer.date')),
      ...['excuse', 'substitute'].filter(has).map((what) => page(what, 'steer.person')),
    ],
    [
      ...(has('change-round') ? [button(words('change-round'), 'round.edit', { group: ref, round, dialog: '1' })] : []),
      ...(has('cancel-round') ? [ask('cancel-round', 'destructive')] : []),
    ],
  ];
}

export const activity: View<ActivityModel> = (model, voice) => {
  const { ref, key } = model;
  const has = (what: string) => model.may.includes(what);
  const turn = paging(model, 'seat.activity', { group: ref, activity: key }, voice);
  const about = { group: ref, mode: '', key, version: String(model.version), dialog: '1' };
  const ask = (command: Record<string, unknown>, words: string) =>
    button(voice.say(`do.${words}`), 'steer.ask', {
      group: ref,
      command: JSON.stringify({ ...command, activity: key, seen: model.version }),
    });
  return {
    ...sheet({
      heading: voice.say('activity.heading'),
      title: model.title,
      group: model.group,
      said: saidLine(model.said, voice),
      lines: [
        typeof model.owners === 'string'
          ? voice.say('activity.owners', { owners: owners(model.owners, voice) })
          : voice.say('round-plan.people', { people: model.owners.asked }),
        model.points.length === 0 ? voice.say('plan.noDate') : '',
        model.parked ? voice.say('activity.parked') : '',
      ],
      rows: model.points.map((point) => ({
        detail: voice.say('activity.point', {
          day: voice.longDay(point.day),
          status: point.status ? together(voice.status(point.status)) : voice.say('status-list.noStatus'),
        }),
        buttons:
          has('set-status') && point.status !== 'done'
            ? [ask({ do: 'set-status', due: point.key, status: 'done' }, 'set-status')]
            : [],
      })),
      note: turn.note,
      sets: [
        turn.buttons,
        [
          ...(has('assign') ? [button(voice.say('do.assign'), 'steer.person', { ...about, mode: 'assign' })] : []),
          ...(has('move-date')
            ? [button(voice.say('do.move-date'), 'steer.date', { ...about, mode: 'move-date' })]
            : []),
          ...(has('hand-over')
            ? [button(voice.say('do.hand-over'), 'steer.person', { ...about, mode: 'hand-over' })]
            : []),
          ...(has('park') && !model.parked ? [ask({ do: 'park' }, 'park')] : []),
          ...(has('unpark') && model.parked ? [ask({ do: 'unpark' }, 'unpark')] : []),
        ],
        has('schedule-round')
          ? [
              button(voice.say('do.schedule-round'), 'round.new', {
                group: ref,
                activity: key,
                ...(model.window ? { due: model.window } : {}),
                dialog: '1',
              }),
            ]
          : [],
        [button(voice.say('seat.show'), 'seat.show', { group: ref })],
      ],
    }),
  };
};

export const audit: View<AuditModel> = (model, voice) => ({
  ...sheet({
    heading: voice.say('audit.heading'),
    group: model.group,
    lines: [model.entries.length === 0 ? voice.say('audit.empty') : ''],
    rows: model.entries.map((line) => auditRow(line, voice)),
    sets: [
      [
        ...(model.page > 1
          ? [button(voice.say('audit.newer'), 'seat.log', { group: model.ref, page: String(model.page - 1) })]
          : []),
        ...(model.more
          ? [button(voice.say('audit.older'), 'seat.log', { group: model.ref, page: String(model.page + 1) })]
          : []),
        button(voice.say('seat.show'), 'seat.show', { group: model.ref }),
      ],
    ],
  }),
});
