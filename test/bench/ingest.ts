/** Submissions: Rond, verified and committed, beside the bare SDKs that only acknowledge. */

import { type Contestant, contest, type Measured } from './contest.ts';
import { startPart } from './parts/part.ts';
import { family } from './processes.ts';
import { slackPages, slackSubmissions } from './slack-requests.ts';
import type { Stage } from './stage.ts';
import { teamsSubmissions, teamsTokens } from './teams-requests.ts';

export type IngestOptions = {
  entry: string;
  rounds: number;
  burstMs: number;
  connections: number;
  say(line: string): void;
};
export type Ingest = { bursts: Record<string, Measured[]>; bytes: Record<string, number> };

const portOf = (url: unknown) => Number(new URL(String(url)).port);

/** What every row of Rond's own contestants shares. */
function rond(stage: Stage) {
  return {
    port: portOf(stage.bot.url()),
    pid: stage.bot.pid() ?? 0,
    others: () => family(stage.opened.embedded?.pid() ?? 0),
    stored: async () => Number((await stage.counter.query('select count(*) as n from submission')).rows[0].n),
  };
}

export async function slackIngest(stage: Stage, { entry, ...options }: IngestOptions): Promise<Ingest> {
  const { botToken, signingSecret, apiUrl } = stage.credentials.slack;
  const echo = { botToken, signingSecret, apiUrl };
  const parts = await Promise.all([
    startPart(entry, 'bolt', { ...echo, receiver: 'default' }),
    startPart(entry, 'bolt', { ...echo, receiver: 'express' }),
    startPart(entry, 'plain', {}),
  ]);
  const pages = await slackPages(stage);
  const submit = slackSubmissions(stage, pages.last);
  const page = slackSubmissions(stage, pages.first);
  const [bolt, boltExpress, plain] = parts.map(({ pid, told }) => ({ pid, port: Number(told.port) }));
  const contestants: Contestant[] = [
    { name: 'rond submit', ...rond(stage), make: submit },
    { name: 'bolt', ...(bolt as { pid: number; port: number }), make: submit },
    { name: 'rond page', ...rond(stage), make: page },
    { name: 'bolt page', ...(bolt as { pid: number; port: number }), make: page },
    { name: 'bolt express', ...(boltExpress as { pid: number; port: number }), make: submit },
    { name: 'plain', ...(plain as { pid: number; port: number }), make: submit, isBlind: true },
  ];
  const bursts = await contest(contestants, options);
  await Promise.all(parts.map((part) => part.stop()));
  return { bursts: Object.fromEntries(bursts), bytes: { submit: submit().length, page: page().length } };
}

export async function teamsIngest(stage: Stage, { entry, ...options }: IngestOptions): Promise<Ingest> {
  const { appId, credentials, endpoints } = stage.credentials.teams;
  const { issuer, openIdMetadataUrl } = endpoints;
  const parts = await Promise.all([
    startPart(entry, 'botbuilder', { appId, password: credentials.password, issuer, openIdMetadataUrl }),
    startPart(entry, 'plain', {}),
  ]);
  const token = teamsTokens(stage);
  const submit = teamsSubmissions(stage);
  const one = token();
  const [botbuilder, plain] = parts.map(({ pid, told }) => ({ pid, port: Number(told.port) }));
  const contestants: Contestant[] = [
    { name: 'rond submit', ...rond(stage), make: () => submit(token()) },
    { name: 'botbuilder', ...(botbuilder as { pid: number; port: number }), make: () => submit(token()) },
    { name: 'rond submit, one token', ...rond(stage), make: () => submit(one) },
    { name: 'plain', ...(plain as { pid: number; port: number }), make: () => submit(one), isBlind: true },
  ];
  const bursts = await contest(contestants, options);
  await Promise.all(parts.map((part) => part.stop()));
  return { bursts: Object.fromEntries(bursts), bytes: { submit: submit(one).length } };
}
