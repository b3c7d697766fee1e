import { afterAll, beforeAll, expect, test } from 'vitest';
import { botScopes } from '../../src/adapters/slack/manifest.ts';
import { teamsApp } from '../../src/cli/manifest/teams-package.ts';
import { startWeb, type Web } from '../../src/web/server.ts';

let web: Web;
beforeAll(async () => {
  web = await startWeb({ host: '127.0.0.1', port: 0, ready: async () => {}, mount: [], log: { error() {} } });
});
afterAll(() => web.close());

const read = async (path: string, languages: string) => {
  const answer = await fetch(`${web.url}${path}`, { headers: { 'accept-language': languages } });
  return { status: answer.status, language: answer.headers.get('content-language'), text: await answer.text() };
};

test.each([
  ['/about', 'sv-SE,sv;q=0.9,en;q=0.8', 'sv'],
  ['/about', 'nb-NO,no;q=0.9', 'nb'],
  ['/about', 'no', 'nb'],
  ['/about', 'fi', 'fi'],
  ['/about', 'de', 'en'],
  ['/about', '*', 'en'],
  ['/about?lang=fi', 'sv', 'fi'],
  ['/about?lang=xx', 'sv', 'sv'],
])('%s for a reader of %s is in %s', async (path, languages, expected) => {
  const { status, language, text } = await read(path, languages);
  expect({ status, language }).toEqual({ status: 200, language: expected });
  expect(text).toContain(`<html lang="${expected}">`);
  expect(text.match(/<p>/g)?.length).toBeGreaterThanOrEqual(7);
});

test('what the Teams manifest leads to is on it', async () => {
  const { manifest } = teamsApp({ appId: '3f1d2c4b-0000-4000-8000-00000000abcd', domain: 'bot.example.org' });
  const { websiteUrl, privacyUrl, termsOfUseUrl } = manifest.developer as Record<string, string>;
  const { text } = await read('/about', 'en');
  for (const address of [websiteUrl, privacyUrl, termsOfUseUrl]) {
    const { pathname, hash } = new URL(address ?? '');
    expect(pathname).toBe('/about');
    if (hash) expect(text).toContain(`id="${hash.slice(1)}"`);
  }
});

test('who asks the platforms for addresses says so', async () => {
  expect(botScopes).toContain('users:read.email');
  const words = {
    sv: 'E-postadresser sparas',
    nb: 'E-postadresser lagres',
    en: 'E-mail addresses',
    fi: 'Sähköpostiosoitteita',
  };
  for (const [language, said] of Object.entries(words)) {
    expect((await read(`/about?lang=${language}`, language)).text).toContain(said);
  }
});
