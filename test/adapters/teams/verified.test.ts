/** A token is trusted again without a check for a while, never past its end. */

import { expect, test } from 'vitest';
import { verifiedTokens } from '../../../src/adapters/teams/verified.ts';

const service = 'https://smba.trafficmanager.net/emea/';
let now = 1_700_000_000_000;
const inSeconds = (seconds: number) => now / 1000 + seconds;

test('until its end, for the service it was right for', () => {
  const verified = verifiedTokens(() => now);
  expect(verified.has('Bearer a', service)).toBe(false);
  verified.add('Bearer a', service, inSeconds(60));
  expect(verified.has('Bearer a', service)).toBe(true);
  expect(verified.has('Bearer a', 'https://smba.trafficmanager.net/amer/')).toBe(false);
  expect(verified.has('Bearer b', service)).toBe(false);
  now += 59_999;
  expect(verified.has('Bearer a', service)).toBe(true);
  now += 1;
  expect(verified.has('Bearer a', service)).toBe(false);
});

test('ten minutes at most, however long it runs', () => {
  const verified = verifiedTokens(() => now);
  verified.add('Bearer a', service, inSeconds(86_400));
  now += 599_999;
  expect(verified.has('Bearer a', service)).toBe(true);
  now += 1;
  expect(verified.has('Bearer a', service)).toBe(false);
});

test.each([undefined, null, 'soon', Number.NaN, Number.POSITIVE_INFINITY, -1])('never when it ends at %s', (ends) => {
  const verified = verifiedTokens(() => now);
  verified.add('Bearer a', service, ends);
  expect(verified.has('Bearer a', service)).toBe(false);
});

test('thousands of tokens do not fill the memory', () => {
  const verified = verifiedTokens(() => now);
  for (let index = 0; index < 2_001; index += 1) verified.add(`Bearer ${index}`, service, inSeconds(60));
  expect(verified.has('Bearer 0', service)).toBe(false);
  expect(verified.has('Bearer 2000', service)).toBe(true);
});
