import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { botScopes, slackManifest } from '../../src/adapters/slack/manifest.ts';
import { presenceEvents } from '../../src/adapters/slack/presences.ts';
import { parseCommand } from '../../src/cards/commands.ts';
import { teamsFaults } from '../../src/cli/manifest/teams-faults.ts';
import { teamsApp } from '../../src/cli/manifest/teams-package.ts';
import { manifestCommand } from '../../src/cli/manifest.ts';

const appId = '3f1d2c4b-0000-4000-8000-00000000abcd';
let directory: string;
let out: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rond-manifest-'));
  out = join(directory, 'rond.zip');
});
afterEach(() => {
  rmSync(directory, { recursive: true });
  vi.unstubAllEnvs();
});

/** What is printed; rejects with the Exit of a refusal. */
async function run(...args: string[]): Promise<string> {
  const printed: string[] = [];
  const spy = vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(String(line)));
  try {
    const program = new Command('rond').exitOverride().configureOutput({ writeErr: () => {} });
    manifestCommand(program);
    await program.parseAsync(['node', 'rond', 'manifest', ...args]);
    return printed.join('\n');
  } finally {
    spy.mockRestore();
  }
}

const unpacked = () => {
  const files = unzipSync(new Uint8Array(readFileSync(out)));
  const json = (name: string) => JSON.parse(strFromU8(files[name] ?? new Uint8Array()));
  return { files, json };
};

describe('rond manifest teams', () => {
  test('writes a package that Teams would take, with everything at its top', async () => {
    expect(await run('teams', '--domain', 'bot.example.org', '--app-id', appId, '--out', out)).toContain(out);
    const { files, json } = unpacked();
    expect(Object.keys(files).sort()).toEqual(
      ['color.png', 'en.json', 'fi.json', 'manifest.json', 'nb.json', 'outline.png', 'sv.json'].sort(),
    );
    const manifest = json('manifest.json');
    expect(Number(manifest.manifestVersion)).toBeGreaterThanOrEqual(1.25);
    expect(manifest).toMatchObject({
      id: appId,
      bots: [{ botId: appId, scopes: ['personal', 'team', 'groupChat'], isNotificationOnly: false }],
      validDomains: ['bot.example.org'],
      localizationInfo: { defaultLanguageTag: 'en', defaultLanguageFile: 'en.json' },
      developer: { privacyUrl: 'https://bot.example.org/about#privacy' },
    });
    const languages = { en: json('en.json'), sv: json('sv.json'), nb: json('nb.json'), fi: json('fi.json') };
    expect(teamsFaults({ manifest, languages })).toEqual([]);
  });

  test('--json says what was written, and nothing else', async () => {
    const said = await run('teams', '--domain', 'bot.example.org', '--app-id', appId, '--out', out, '--json');
    const bytes = readFileSync(out).length;
    expect(JSON.parse(said)).toEqual({ file: out, bytes, appId, domain: 'bot.example.org', version: '1.0.0' });
  });

  test('the icons have the sizes Teams asks for, and the outline is white on nothing', async () => {
    await run('teams', '--domain', 'bot.example.org', '--app-id', appId, '--out', out);
    const { files } = unpacked();
    const header = (name: string) => {
      const view = new DataView((files[name] ?? new Uint8Array()).slice(0, 33).buffer);
      return { width: view.getUint32(16), height: view.getUint32(20), colour: view.getUint8(25) };
    };
    expect(header('color.png')).toMatchObject({ width: 192, height: 192 });
    expect(header('outline.png')).toEqual({ width: 32, height: 32, colour: 6 });
  });

  test('every word it suggests is a command that Rond understands, the same in each language', () => {
    const { manifest, languages } = teamsApp({ appId, domain: 'bot.example.org' });
    const [bot] = manifest.bots as { commandLists: { commands: { title: string }[] }[] }[];
    const own = bot?.commandLists.map((list) => list.commands.map(({ title }) => parseCommand(title))) ?? [];
    expect(own[0]).toContain('surveys');
    expect(own.flat()).not.toContain(null);
    for (const [language, strings] of Object.entries(languages)) {
      const said = own.map((list, at) =>
        list.map((_command, index) =>
          parseCommand(strings[`bots[0].commandLists[${at}].commands[${index}].title`] ?? ''),
        ),
      );
      expect(said, language).toEqual(own);
    }
  });

  test('the same keys in every language, and no text twice the same by accident', () => {
    const { languages } = teamsApp({ appId, domain: 'bot.example.org' });
    const keys = Object.keys(languages.en).sort();
    for (const strings of Object.values(languages)) {
      expect(Object.keys(strings).sort()).toEqual(keys);
      expect(Object.values(strings).every((text) => text.trim() !== '')).toBe(true);
    }
    const whole = Object.values(languages).map((strings) => strings['description.full']);
    expect(new Set(whole).size).toBe(4);
  });

  test('takes the id from TEAMS_APP_ID', async () => {
    vi.stubEnv('TEAMS_APP_ID', appId);
    expect(await run('teams', '--domain', 'bot.example.org', '--out', out)).toContain(appId);
  });

  test('without an id it says where to get one, and writes nothing', async () => {
    vi.stubEnv('TEAMS_APP_ID', '');
    await expect(run('teams', '--domain', 'bot.example.org', '--out', out)).rejects.toMatchObject({
      code: 2,
      message: expect.stringContaining('--app-id'),
    });
    expect(() => readFileSync(out)).toThrow('ENOENT');
  });

  test('an invalid package is refused with every fault named, and nothing is written', async () => {
    const wrong = [
      '--app-id',
      'nope',
      '--organisation',
      'x'.repeat(33),
      '--privacy',
      'ftp://x',
      '--domain',
      'https://x/y',
    ];
    const refusal = await run('teams', ...wrong, '--out', out).catch((error) => error);
    expect(refusal.code).toBe(2);
    for (const named of [
      'manifest.json: id',
      'bots.0.botId',
      'developer.name',
      'developer.privacyUrl',
      'validDomains',
    ]) {
      expect(refusal.message).toContain(named);
    }
    expect(() => readFileSync(out)).toThrow('ENOENT');
  });

  test.each([
    [
      'a short name of 31 characters',
      (app: ReturnType<typeof teamsApp>) => ({
        ...app,
        manifest: { ...app.manifest, name: { short: 'x'.repeat(31) } },
      }),
      'name.short',
    ],
    [
      'an unknown member',
      (app: ReturnType<typeof teamsApp>) => ({ ...app, manifest: { ...app.manifest, colour: 'red' } }),
      'colour',
    ],
    [
      'a translation of nothing',
      (app: ReturnType<typeof teamsApp>) => ({
        ...app,
        languages: { ...app.languages, sv: { ...app.languages.sv, 'name.shrt': 'x' } },
      }),
      'name.shrt',
    ],
    [
      'a translation too long',
      (app: ReturnType<typeof teamsApp>) => ({
        ...app,
        languages: { ...app.languages, fi: { ...app.languages.fi, 'description.short': 'x'.repeat(81) } },
      }),
      'description.short',
    ],
  ])('finds %s', (_what, spoil, named) => {
    const faults = teamsFaults(spoil(teamsApp({ appId, domain: 'bot.example.org' })));
    expect(JSON.stringify(faults)).toContain(named);
  });
});

describe('rond manifest slack', () => {
  test('over HTTP every address is below the given one', async () => {
    const manifest = JSON.parse(await run('slack', '--url', 'https://bot.example.org'));
    expect(manifest.settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: 'https://bot.example.org/slack/events' },
      interactivity: { request_url: 'https://bot.example.org/slack/events' },
    });
    expect(manifest.features.slash_commands[0]).toMatchObject({
      command: '/rond',
      url: 'https://bot.example.org/slack/events',
    });
    expect(manifest.oauth_config.redirect_urls).toEqual(['https://bot.example.org/slack/oauth_redirect']);
  });

  test('with sockets there is no address at all', async () => {
    const printed = await run('slack', '--socket');
    expect(printed).not.toContain('https://');
    expect(JSON.parse(printed).settings.socket_mode_enabled).toBe(true);
  });

  test('the files in manifest/slack are what it prints', async () => {
    const file = (name: string) =>
      JSON.parse(readFileSync(new URL(`../../manifest/slack/${name}`, import.meta.url), 'utf8'));
    expect(JSON.parse(await run('slack', '--socket'))).toEqual(file('socket.json'));
    expect(JSON.parse(await run('slack', '--url', 'https://bot.example.org'))).toEqual(file('http.json'));
  });

  test.each([
    [[]],
    [['--url', 'https://bot.example.org', '--socket']],
    [['--url', 'http://bot.example.org']],
    [['--url', 'https://x/y']],
  ])('is refused with %j', async (flags) => {
    await expect(run('slack', ...flags)).rejects.toMatchObject({ code: 2 });
  });

  test("it fits Slack's limits", () => {
    const { display_information: shown, features } = slackManifest('https://bot.example.org');
    expect(shown.name.length).toBeLessThanOrEqual(35);
    expect(shown.description?.length).toBeLessThanOrEqual(140);
    expect(shown.long_description?.length).toBeGreaterThanOrEqual(175);
    for (const shortcut of features?.shortcuts ?? []) {
      expect(shortcut.name.length).toBeLessThanOrEqual(24);
      expect(shortcut.description.length).toBeLessThanOrEqual(150);
      expect(parseCommand(shortcut.callback_id.replace('rond.', '').replace('surveys', 'my surveys'))).not.toBeNull();
    }
  });

  test('it subscribes to what the listeners take in', () => {
    const { settings } = slackManifest(null);
    expect(settings?.event_subscriptions?.bot_events).toEqual(['app_mention', 'message.im', ...presenceEvents].sort());
  });

  test('it asks for what the adapter uses, and for nothing else', () => {
    const directory = fileURLToPath(new URL('../../src/adapters/slack', import.meta.url));
    const source = readdirSync(directory)
      .filter((name) => name.endsWith('.ts') && name !== 'manifest.ts')
      .map((name) => readFileSync(join(directory, name), 'utf8'))
      .join('\n');
    const methods = [...source.matchAll(/\bclient\s*\.([a-z]+(?:\.[a-zA-Z]+)+)(?=\()/g)];
    const used = [...new Set(methods.flatMap(([, method]) => method ?? []))];
    expect(used.filter((method) => !(method in scopesOfMethod))).toEqual([]);
    const needed = [
      ...used.flatMap((method) => scopesOfMethod[method] ?? []),
      ...['app_mention', 'message.im', ...presenceEvents].flatMap((event) => scopeOfEvent(event)),
      ...(source.includes('url_private') ? ['files:read'] : []),
      'commands',
    ];
    expect(botScopes).toEqual([...new Set(needed)].sort());
  });
});

const histories = ['channels:history', 'groups:history', 'im:history'];
const scopesOfMethod: Record<string, string[]> = {
  'auth.test': [],
  'auth.teams.list': [],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'conversations.history': histories,
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.members': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};

function scopeOfEvent(event: string): string[] {
  if (event === 'app_mention') return ['app_mentions:read'];
  if (event === 'message.im') return ['im:history'];
  if (event.startsWith('channel_')) return ['channels:read'];
  if (event.startsWith('group_')) return ['groups:read'];
  return event.startsWith('member_') ? ['channels:read', 'groups:read'] : [];
}
