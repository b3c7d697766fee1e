import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const fiveMinutes = 300;

/**
 * Slack's v0 signature, judged on both sides of now: Bolt looks only backwards, so that a request stamped for next year
 * would stay good until then. `nowSeconds` is the machine's real time, never the sandbox's movable one.
 */
export function signature(secret: string): (headers: IncomingHttpHeaders, body: Buffer, nowSeconds: number) => boolean {
  const key = createSecretKey(Buffer.from(secret));
  return (headers, body, nowSeconds) => isSigned(key, headers, body, nowSeconds);
}

function isSigned(key: KeyObject, headers: IncomingHttpHeaders, body: Buffer, nowSeconds: number): boolean {
  const stamp = headers['x-slack-request-timestamp'];
  const signature = headers['x-slack-signature'];
  if (typeof stamp !== 'string' || typeof signature !== 'string') return false;
  if (!/^\d{1,12}$/.test(stamp) || Math.abs(nowSeconds - Number(stamp)) > fiveMinutes) return false;
  const expected = `v0=${createHmac('sha256', key).update(`v0:${stamp}:`).update(body).digest('hex')}`;
  const [given, wanted] = [Buffer.from(signature), Buffer.from(expected)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
