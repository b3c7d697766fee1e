import { allOrNone, areSet, type Fault, listed, type Read } from './problems.ts';

export type SlackConfig = {
  /** One workspace; null when workspaces let Rond in by OAuth. */
  botToken: string | null;
  /** Set for HTTP. */
  signingSecret: string | null;
  /** Set for Socket Mode, which is then the way, whatever else is set: Slack sends such an app nothing over HTTP. */
  appToken: string | null;
  oauth: SlackOAuth | null;
};

export type SlackOAuth = {
  clientId: string;
  clientSecret: string;
  stateSecret: string;
  /** Of 32 bytes each: the first seals tokens, each opens them. */
  secretKeys: Buffer[];
};

const oauthNames = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'] as const;
export const slackNames = ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN', ...oauthNames] as const;

/** Null when Slack is not connected, or cannot be. */
export function readSlack(text: Read, fault: Fault): SlackConfig | null {
  const set = slackNames.filter((name) => text(name) !== null);
  if (set.length === 0) return null;
  const slack: SlackConfig = {
    botToken: text('SLACK_BOT_TOKEN'),
    signingSecret: text('SLACK_SIGNING_SECRET'),
    appToken: text('SLACK_APP_TOKEN'),
    oauth: readOAuth(text, fault),
  };
  const wantsOAuth = oauthNames.some((name) => text(name) !== null);
  if (slack.botToken && wantsOAuth) {
    fault(
      'SLACK_BOT_TOKEN',
      'is set beside OAuth: it would not be known which speaks in which workspace',
      `For one workspace remove ${listed(oauthNames)}; for several remove SLACK_BOT_TOKEN and let each in at /slack/install.`,
    );
  }
  if (!slack.botToken && !wantsOAuth) {
    fault(
      'SLACK_BOT_TOKEN',
      `is missing, while ${areSet(set)}`,
      'Copy "Bot User OAuth Token" from the app\'s page "OAuth & Permissions"; or remove the others.',
    );
  }
  if (!slack.signingSecret && !slack.appToken) {
    fault(
      'SLACK_SIGNING_SECRET',
      'is missing, and so is SLACK_APP_TOKEN: Rond would not hear anything',
      'Set SLACK_SIGNING_SECRET when Slack reaches Rond at a public address; SLACK_APP_TOKEN for Socket Mode when not.',
    );
  }
  checkForms(slack, fault);
  return slack;
}

function checkForms({ botToken, signingSecret, appToken }: SlackConfig, fault: Fault): void {
  if (botToken && !botToken.startsWith('xoxb-')) {
    fault(
      'SLACK_BOT_TOKEN',
      'is not a bot token',
      'Copy "Bot User OAuth Token" from the app\'s page "OAuth & Permissions"; it starts with xoxb-.',
    );
  }
  if (signingSecret && !/^[0-9a-f]{16,}$/i.test(signingSecret)) {
    fault(
      'SLACK_SIGNING_SECRET',
      'is not a signing secret',
      'Copy "Signing Secret" from the app\'s page "Basic Information"; it is 32 characters of 0-9 and a-f.',
    );
  }
  if (appToken && !appToken.startsWith('xapp-')) {
    fault(
      'SLACK_APP_TOKEN',
      'is not an app-level token',
      'Make one with connections:write under "Basic Information" → "App-Level Tokens"; it starts with xapp-.',
    );
  }
}

function readOAuth(text: Read, fault: Fault): SlackOAuth | null {
  const complete = allOrNone(text, fault, oauthNames, 'let several workspaces in');
  if (oauthNames.every((name) => text(name) === null)) return null;
  const [clientId, clientSecret, stateSecret] = oauthNames.map((name) => text(name) ?? '') as [string, string, string];
  if (clientId && !/^\d+\.\d+$/.test(clientId)) {
    fault(
      'SLACK_CLIENT_ID',
      'is not a client id',
      'Copy "Client ID" from "Basic Information"; it is two numbers with a dot.',
    );
  }
  if (stateSecret && stateSecret.length < 16) {
    fault('SLACK_STATE_SECRET', 'is too short', 'Set it to at least 16 characters that nobody can guess.');
  }
  if (!text('PUBLIC_URL')) {
    fault('PUBLIC_URL', 'is missing', 'Set it to the address a browser reaches Rond at, as https://bot.example.org.');
  }
  const secretKeys = readKeys(text, fault);
  return complete ? { clientId, clientSecret, stateSecret, secretKeys } : null;
}

function readKeys(text: Read, fault: Fault): Buffer[] {
  const make = 'Make one with: openssl rand -base64 32';
  const written = (text('ROND_SECRET_KEY') ?? '').split(/[\s,;]+/).filter(Boolean);
  if (written.length === 0)
    fault('ROND_SECRET_KEY', "is missing: workspaces' tokens are kept sealed with it", `${make}.`);
  return written.map((key, at) => {
    const bytes = Buffer.from(key, 'base64');
    if (bytes.length !== 32 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(key)) {
      const which = written.length > 1 ? ` (number ${at + 1})` : '';
      fault(
        'ROND_SECRET_KEY',
        `is not a key of 32 bytes in base64${which}`,
        `${make}; to change it, put the new one before the old, with a comma.`,
      );
    }
    return bytes;
  });
}
