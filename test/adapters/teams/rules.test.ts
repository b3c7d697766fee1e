/** The small rules of the adapter, over many inputs. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codesIn, defaultWaitMs, outcomeOf, waitMs } from '../../../src/adapters/teams/errors.ts';
import { allowedServiceUrl } from '../../../src/adapters/teams/service-hosts.ts';
import { flatten } from '../../../src/adapters/teams/submission.ts';
import { wordsFor } from '../../../src/adapters/teams/words.ts';

describe('service URLs', () => {
  test.each([
    'https://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net/teams',
    'https://SMBA.trafficmanager.net/amer/',
    'https://europe.api.botframework.com/',
    'https://emea.ng.msg.teams.microsoft.com/',
  ])("%s is Microsoft's", (url) => expect(allowedServiceUrl(url, null)).toBe(true));

  test.each([
    'http://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net.evil.test/',
    'https://evil@smba.trafficmanager.net/',
    'https://smba.trafficmanager.net@evil.test/',
    'https://smba.trafficmanager.net:8443/',
    'https://trafficmanager.net/',
    'https://evil.trafficmanager.net/',
    'https://notbotframework.com/',
    'https://botframework.com.evil.test/',
    'https://ѕmba.trafficmanager.net/',
    'https://smba。trafficmanager.net.evil.test/',
    'https://169.254.169.254/',
    'https://[::1]/',
    'http://localhost/',
    'ftp://botframework.com/',
    'javascript:alert(1)',
    '//botframework.com/',
    '',
  ])('%s is not', (url) => expect(allowedServiceUrl(url, null)).toBe(false));

  test("the sandbox's are exactly those it names", () => {
    const endpoints = {
      issuer: '',
      openIdMetadataUrl: '',
      loginUrl: '',
      serviceUrl: '',
      serviceHosts: ['127.0.0.1:3979'],
    };
    expect(allowedServiceUrl('http://127.0.0.1:3979/teams/emea/', endpoints)).toBe(true);
    for (const url of [
      'http://127.0.0.1:3978/',
      'http://127.0.0.1/',
      'http://x.127.0.0.1:3979/',
      'https://smba.trafficmanager.net/',
    ]) {
      expect(allowedServiceUrl(url, endpoints)).toBe(false);
    }
  });

  test("whatever is allowed ends where Microsoft's domains end", () => {
    const piece = fc.constantFrom(
      'https://',
      'http://',
      'evil',
      '.',
      '@',
      ':',
      '/',
      '#',
      '?',
      '\\',
      'botframework.com',
      'smba.trafficmanager.net',
      '%2e',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const url = pieces.join('');
        if (!allowedServiceUrl(url, null)) return;
        expect(new URL(url).hostname).toMatch(/(^|\.)(botframework\.com|smba\.trafficmanager\.net)$/);
        expect(new URL(url).origin).toMatch(/^https:\/\/[^@]*$/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('failures', () => {
  test('any thrown thing has an outcome, and never "sent"', () => {
    const response = fc.record({ status: fc.integer({ min: 0, max: 999 }), bodyAsText: fc.option(fc.json()) });
    const thrown = fc.oneof(
      fc.anything(),
      fc.record({ code: fc.string(), message: fc.string(), statusCode: fc.integer(), response }),
    );
    fc.assert(
      fc.property(thrown, fc.constantFrom('message' as const, 'harmless' as const), (what, repeating) => {
        const outcome = outcomeOf(what, repeating);
        expect(['again', 'failed', 'unknown']).toContain(outcome.is);
        if (repeating === 'harmless') expect(outcome.is).not.toBe('unknown');
      }),
    );
  });

  test.each([
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'ECONNECTTIMEOUT',
    'CERT_HAS_EXPIRED',
    'SELF_SIGNED_CERT_IN_CHAIN',
  ])('%s: never connected, so again', (code) =>
    expect(outcomeOf({ code, message: '' }, 'message')).toMatchObject({ is: 'again' }),
  );
  test.each(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'UND_ERR_SOCKET', ''])('%s: perhaps, so unknown', (code) =>
    expect(outcomeOf({ code, message: 'socket hang up' }, 'message')).toMatchObject({ is: 'unknown' }),
  );

  test('codes are found however deep JSON hides in JSON, and the search ends', () => {
    expect(codesIn('{"message":"{\\"a\\":{\\"subCode\\":\\"X\\"}}","errorCode":209,"error":{"code":"Y"}}')).toEqual([
      'X',
      'Y',
    ]);
    let text = '{"code":"deep"}';
    for (let index = 0; index < 12; index += 1) text = JSON.stringify({ message: text });
    expect(codesIn(text)).toEqual([]);
    fc.assert(fc.property(fc.json(), (json) => Array.isArray(codesIn(json))));
  });

  test('a wait is always a whole number of ms between nothing and a day', () => {
    const header = fc.option(
      fc.oneof(
        fc.string(),
        fc.integer().map(String),
        fc.double().map(String),
        fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
      ),
      { nil: undefined },
    );
    fc.assert(
      fc.property(header, header, (retryAfter, date) => {
        const wait = waitMs(retryAfter, date);
        expect(Number.isInteger(wait) && wait >= 0 && wait <= 24 * 3600 * 1000).toBe(true);
      }),
    );
    expect(waitMs('2.5', undefined)).toBe(2500);
    expect(waitMs('999999999', undefined)).toBe(24 * 3600 * 1000);
    expect(waitMs('Wed, 12 Oct 2022 09:00:30 GMT', 'Wed, 12 Oct 2022 09:00:00 GMT')).toBe(30_000);
    expect(waitMs('Wed, 12 Oct 2022 09:00:30 GMT', undefined)).toBe(defaultWaitMs);
  });
});

test('whatever a card carries comes out flat, as text a database takes, and pollutes nothing', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything()), (data) => {
      const values = flatten(data);
      for (const [key, value] of Object.entries(values)) {
        expect(typeof value).toBe('string');
        expect(`${key}${value}`.isWellFormed()).toBe(true);
        expect(`${key}${value}`).not.toContain('\0');
      }
      expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
    }),
  );
});

test.each([
  ['sv-SE', 'Försök igen'],
  ['nb-NO', 'Prøv igjen'],
  ['nn-NO', 'Prøv igjen'],
  ['no', 'Prøv igjen'],
  ['fi', 'uudelleen'],
  ['de-DE', 'try again'],
  [null, 'try again'],
])('in %s one reads "%s"', (locale, words) => expect(wordsFor('try-again', locale)).toContain(words));
