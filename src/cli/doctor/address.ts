import { createHmac, randomBytes } from 'node:crypto';
import type { Config } from '../../config.ts';
import { type Finding, fault, ok, warn } from './finding.ts';

const withinMs = 10_000;

/** Whether Teams and Slack reach the Rond that runs; asked from this machine, by the public address. */
export async function lookAtAddress(config: Config, now: () => Temporal.Instant): Promise<Finding[]> {
  const slackOverHttp = config.slack !== null && !config.slack.appToken;
  const needed = config.teams?.auth || slackOverHttp || config.slack?.oauth;
  if (!config.publicUrl) return needed ? [notSaid(config)] : [ok('address', 'none is needed: nobody calls Rond')];
  const { publicUrl } = config;
  const health = await ask(`${publicUrl}/healthz`, { method: 'GET' });
  if ('why' in health) return [unreachable(publicUrl, health.why)];
  if (health.status !== 200 || !health.body.includes('"ok":true')) {
    const what = `somebody answers at ${publicUrl} (HTTP ${health.status}), but not Rond`;
    return [
      fault(
        'address',
        what,
        `Let the proxy pass every path on to http://${config.host}:${config.port}, and start Rond.`,
      ),
    ];
  }
  return [
    ok('address', `Rond answers at ${publicUrl}`),
    ...(config.teams?.auth ? [await teamsDoor(publicUrl)] : []),
    ...(slackOverHttp ? [await slackDoor(publicUrl, config.slack?.signingSecret ?? '', now)] : []),
    await pagesDoor(publicUrl),
  ];
}

/** An address that nobody was given: Rond says in its own words that nothing is there, a proxy in other ones. */
const pages = ['/calendar/none.ics', '/plan/none.png'];
const nothingHere = 'There is nothing here.';

async function pagesDoor(publicUrl: string): Promise<Finding> {
  for (const path of pages) {
    const said = await ask(`${publicUrl}${path}`, { method: 'GET' });
    if ('status' in said && said.status === 404 && said.body.includes(nothingHere)) continue;
    return warn(
      'address',
      `${path.slice(0, path.indexOf('/', 1))} does not lead to Rond (${answerOf(said)}), so calendars stay empty or plan cards have no picture`,
      'Let the proxy pass /calendar and /plan on unchanged as well.',
    );
  }
  return ok('address', 'calendars and pictures of the plan come through (/calendar, /plan)');
}

async function teamsDoor(publicUrl: string): Promise<Finding> {
  const headers = { 'content-type': 'application/json' };
  const said = await ask(`${publicUrl}/api/messages`, { method: 'POST', headers, body: '{}' });
  // What is no activity is refused by Rond itself, in these words.
  if ('status' in said && said.status === 400 && said.body.includes('BadRequest')) {
    return ok('address', "Teams' messages come through (/api/messages)");
  }
  return closed('/api/messages', said);
}

/** Slack's own handshake, signed: it is answered only when path and secret are right. */
async function slackDoor(publicUrl: string, secret: string, now: () => Temporal.Instant): Promise<Finding> {
  const challenge = randomBytes(8).toString('hex');
  const body = JSON.stringify({ type: 'url_verification', challenge });
  const stamp = String(Math.floor(now().epochMilliseconds / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'x-slack-request-timestamp': stamp,
    'x-slack-signature': `v0=${signature}`,
  };
  const said = await ask(`${publicUrl}/slack/events`, { method: 'POST', headers, body });
  if ('status' in said && said.status === 200 && said.body.includes(challenge)) {
    return ok('address', "Slack's requests come through (/slack/events)");
  }
  if ('status' in said && said.status === 401) {
    const remedy = 'Restart Rond with this configuration; it may run with an older SLACK_SIGNING_SECRET.';
    return fault('address', 'the Rond that runs has another signing secret, or another clock', remedy);
  }
  return closed('/slack/events', said);
}

function closed(path: string, said: Said): Finding {
  const remedy = 'Restart Rond with this configuration, and let the proxy pass the path on unchanged, with its body.';
  return fault('address', `${path} does not lead to Rond (${answerOf(said)})`, remedy);
}

const answerOf = (said: Said) => ('why' in said ? said.why : `HTTP ${said.status}`);

type Said = { status: number; body: string } | { why: string };

async function ask(url: string, request: RequestInit): Promise<Said> {
  try {
    const answer = await fetch(url, { ...request, redirect: 'manual', signal: AbortSignal.timeout(withinMs) });
    return { status: answer.status, body: (await answer.text()).slice(0, 10_000) };
  } catch (error) {
    const cause = (error as { cause?: { code?: string; message?: string } }).cause;
    return { why: cause?.code ?? cause?.message ?? (error as Error).name };
  }
}

function unreachable(publicUrl: string, why: string): Finding {
  const remedy =
    why === 'ECONNREFUSED' || why === 'ENOTFOUND' || why === 'EAI_AGAIN'
      ? 'Start Rond and its proxy, and let the name lead to this machine.'
      : /CERT|SSL|TLS/.test(why)
        ? 'Give the proxy a certificate that the world trusts, with its whole chain.'
        : 'Let the firewall through; if only this machine cannot go out and in again, ask from elsewhere with curl.';
  return fault('address', `${publicUrl} does not answer (${why})`, remedy);
}

function notSaid({ host, port }: Config): Finding {
  return warn(
    'address',
    'PUBLIC_URL is not set, so it is not known whether Teams and Slack reach Rond',
    `Set it to the address whose proxy leads to http://${host}:${port}; or ask from outside: curl https://<address>/healthz.`,
  );
}
