import { describe, expect, test } from 'vitest';
import { isSandboxed, readConfig } from '../src/config.ts';

const guid = '7c1c2f0e-0000-4000-8000-000000000001';
const key = Buffer.alloc(32, 7).toString('base64');
const teams = { TEAMS_APP_ID: guid, TEAMS_APP_PASSWORD: 'a~secret', TEAMS_TENANT_IDS: guid };
const slack = { SLACK_BOT_TOKEN: 'xoxb-1-2', SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef' };
const oauth = {
  SLACK_SIGNING_SECRET: slack.SLACK_SIGNING_SECRET,
  SLACK_CLIENT_ID: '123.456',
  SLACK_CLIENT_SECRET: 'client',
  SLACK_STATE_SECRET: 'a state of sixteen',
  ROND_SECRET_KEY: key,
  PUBLIC_URL: 'https://bot.example.org/',
};

const read = (env: Record<string, string>) => readConfig(env, '/srv/rond');
function config(env: Record<string, string>) {
  const found = read(env);
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return found.config;
}
function problems(env: Record<string, string>): string[] {
  const found = read(env);
  return found.ok ? [] : found.problems.map(({ variable, problem }) => `${variable} ${problem}`);
}

describe('what can be run', () => {
  test('nothing set: the sandbox, on loopback, with its own database', () => {
    const found = config({});
    expect(found).toMatchObject({
      host: '127.0.0.1',
      port: 3978,
      data: '/srv/rond/.rond',
      databaseUrl: null,
      databaseConnections: 16,
      teams: null,
      slack: null,
    });
    expect(isSandboxed(found)).toBe(true);
  });

  test('what is set to nothing but spaces is not set', () => {
    expect(config({ SLACK_BOT_TOKEN: '  ', PORT: '', PUBLIC_URL: ' ' })).toMatchObject({ slack: null, port: 3978 });
  });

  test('fewer connections, where the database has few', () => {
    expect(config({ DATABASE_CONNECTIONS: '4' }).databaseConnections).toBe(4);
    expect(problems({ DATABASE_CONNECTIONS: '1' })).toEqual([
      'DATABASE_CONNECTIONS "1" is not how many connections Rond may take',
    ]);
  });

  test('Teams, with several tenants written anyhow', () => {
    const found = config({ ...teams, TEAMS_TENANT_IDS: `${guid.toUpperCase()}, ${guid};\n${guid}` });
    expect(found.teams).toEqual({
      appId: guid,
      password: 'a~secret',
      appTenant: null,
      tenants: [guid, guid, guid],
      auth: true,
    });
  });

  test('Teams with a single-tenant registration', () => {
    expect(config({ ...teams, TEAMS_APP_TENANT_ID: guid }).teams?.appTenant).toBe(guid);
  });

  test('Teams for a local test tool needs nothing else, and is no sandbox', () => {
    const found = config({ TEAMS_AUTH: 'off' });
    expect(found.teams).toMatchObject({ auth: false, tenants: [] });
    expect(isSandboxed(found)).toBe(false);
  });

  test('Slack over HTTP, one workspace', () => {
    expect(config(slack).slack).toEqual({
      botToken: 'xoxb-1-2',
      signingSecret: slack.SLACK_SIGNING_SECRET,
      appToken: null,
      oauth: null,
    });
  });

  test('Slack over sockets needs no signing secret', () => {
    const found = config({ SLACK_BOT_TOKEN: 'xoxb-1-2', SLACK_APP_TOKEN: 'xapp-1-2' });
    expect(found.slack).toMatchObject({ appToken: 'xapp-1-2', signingSecret: null });
  });

  test('Slack with both: both are kept, and the app token decides', () => {
    expect(config({ ...slack, SLACK_APP_TOKEN: 'xapp-1-2' }).slack).toMatchObject({
      appToken: 'xapp-1-2',
      signingSecret: slack.SLACK_SIGNING_SECRET,
    });
  });

  test('Slack in several workspaces, with a new key before the old', () => {
    const other = Buffer.alloc(32, 9).toString('base64');
    const found = config({ ...oauth, ROND_SECRET_KEY: `${other}, ${key}` });
    expect(found.publicUrl).toBe('https://bot.example.org');
    expect(found.slack).toMatchObject({ botToken: null, oauth: { clientId: '123.456' } });
    expect(found.slack?.oauth?.secretKeys.map((bytes) => bytes[0])).toEqual([9, 7]);
  });
});

describe('what cannot', () => {
  test('every problem is told at once, each with its remedy', () => {
    const found = read({
      PORT: 'eighty',
      DATABASE_URL: 'mysql://x',
      LOG_LEVEL: 'loud',
      PUBLIC_URL: 'bot.example.org',
      TEAMS_APP_ID: 'rond',
      TEAMS_TENANT_IDS: 'contoso',
      SLACK_BOT_TOKEN: 'xoxp-user',
    });
    if (found.ok) throw new Error('expected problems');
    expect(found.problems.map(({ variable }) => variable)).toEqual([
      'PORT',
      'PUBLIC_URL',
      'DATABASE_URL',
      'LOG_LEVEL',
      'TEAMS_APP_PASSWORD',
      'TEAMS_APP_ID',
      'TEAMS_TENANT_IDS',
      'SLACK_SIGNING_SECRET',
      'SLACK_BOT_TOKEN',
    ]);
    for (const { remedy } of found.problems) expect(remedy).toMatch(/^(Set|Give|Copy|Make|Remove|For)\b.*\.$/s);
  });

  const table: [what: string, env: Record<string, string>, expected: string[]][] = [
    [
      'half of Teams',
      { TEAMS_APP_ID: guid, TEAMS_TENANT_IDS: guid },
      ['TEAMS_APP_PASSWORD is missing, while TEAMS_APP_ID and TEAMS_TENANT_IDS are set'],
    ],
    ['a name for an id', { ...teams, TEAMS_APP_ID: 'rond' }, ['TEAMS_APP_ID is not an application id']],
    ['a name for a tenant', { ...teams, TEAMS_TENANT_IDS: `${guid},contoso` }, ['TEAMS_TENANT_IDS "contoso" is not']],
    ['a name for the registration', { ...teams, TEAMS_APP_TENANT_ID: 'x' }, ['TEAMS_APP_TENANT_ID "x" is not']],
    ["a secret's id", { ...teams, TEAMS_APP_PASSWORD: guid }, ['TEAMS_APP_PASSWORD is the id of a secret']],
    ['no login, for the world', { TEAMS_AUTH: 'off', HOST: '0.0.0.0' }, ['TEAMS_AUTH is off while HOST is 0.0.0.0']],
    ['a third kind of login', { ...teams, TEAMS_AUTH: 'no' }, ['TEAMS_AUTH "no" is not known']],
    [
      'a bot token alone',
      { SLACK_BOT_TOKEN: 'xoxb-1' },
      ['SLACK_SIGNING_SECRET is missing, and so is SLACK_APP_TOKEN'],
    ],
    ['a signing secret alone', { SLACK_SIGNING_SECRET: slack.SLACK_SIGNING_SECRET }, ['SLACK_BOT_TOKEN is missing']],
    ['an app token alone', { SLACK_APP_TOKEN: 'xapp-1' }, ['SLACK_BOT_TOKEN is missing']],
    ['a user token', { ...slack, SLACK_BOT_TOKEN: 'xoxp-1' }, ['SLACK_BOT_TOKEN is not a bot token']],
    [
      'tokens the wrong way round',
      { SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1' },
      ['SLACK_BOT_TOKEN is not a bot token', 'SLACK_APP_TOKEN is not an app-level token'],
    ],
    ['a secret with a space in it', { ...slack, SLACK_SIGNING_SECRET: '0123 4567' }, ['SLACK_SIGNING_SECRET is not']],
    ['a token beside OAuth', { ...oauth, ...slack }, ['SLACK_BOT_TOKEN is set beside OAuth']],
    [
      'half of OAuth',
      { ...slack, SLACK_BOT_TOKEN: '', SLACK_CLIENT_ID: '1.2', PUBLIC_URL: oauth.PUBLIC_URL },
      ['SLACK_CLIENT_SECRET is missing', 'SLACK_STATE_SECRET is missing', 'ROND_SECRET_KEY is missing'],
    ],
    ['OAuth without a key', { ...oauth, ROND_SECRET_KEY: '' }, ['ROND_SECRET_KEY is missing']],
    ['a key too short', { ...oauth, ROND_SECRET_KEY: 'c2hvcnQ=' }, ['ROND_SECRET_KEY is not a key of 32 bytes']],
    [
      'a second key too short',
      { ...oauth, ROND_SECRET_KEY: `${key},x` },
      ['ROND_SECRET_KEY is not a key of 32 bytes in base64 (number 2)'],
    ],
    ['OAuth without an address', { ...oauth, PUBLIC_URL: '' }, ['PUBLIC_URL is missing']],
    ['a state anybody can guess', { ...oauth, SLACK_STATE_SECRET: 'x' }, ['SLACK_STATE_SECRET is too short']],
    [
      'an address without https',
      { PUBLIC_URL: 'http://bot.example.org' },
      ['PUBLIC_URL "http://bot.example.org" is not'],
    ],
    [
      'an address with a path',
      { PUBLIC_URL: 'https://example.org/rond' },
      ['PUBLIC_URL "https://example.org/rond" is not'],
    ],
    ['a sandbox for the world', { HOST: '0.0.0.0' }, ['HOST is 0.0.0.0']],
    ['two on one port', { PORT: '4000', SANDBOX_PORT: '4000' }, ['SANDBOX_PORT is the same as PORT']],
  ];
  test.each(table)('%s', (_what, env, expected) => {
    const found = problems(env);
    expect(found).toHaveLength(expected.length);
    for (const [at, begins] of expected.entries()) expect(found[at]).toContain(begins);
  });

  test('no secret is ever said back', () => {
    const secrets = { SLACK_BOT_TOKEN: 'hunter2', SLACK_SIGNING_SECRET: 'hunter2', SLACK_APP_TOKEN: 'hunter2' };
    const found = read({
      ...secrets,
      SLACK_CLIENT_ID: 'hunter2',
      SLACK_STATE_SECRET: 'hunter2',
      ROND_SECRET_KEY: 'hunter2',
    });
    expect(found).toMatchObject({ ok: false, problems: expect.arrayContaining([expect.anything()]) });
    expect(JSON.stringify('problems' in found && found.problems)).not.toContain('hunter2');
  });
});
