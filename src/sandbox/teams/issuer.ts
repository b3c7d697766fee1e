/** The sandbox's token issuer: signs what comes to the bot as the Bot Framework does, and gives the bot tokens of its own. */

import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  randomUUID,
  sign,
  timingSafeEqual,
} from 'node:crypto';
import { z } from 'zod';

export const SavedIssuer = z.object({ appId: z.string(), password: z.string(), key: z.string() });
export type SavedIssuer = z.infer<typeof SavedIssuer>;

export type Issuer = {
  readonly name: string;
  appId(): string;
  password(): string;
  /** JSON Web Key Set with the endorsements the bot asks for. */
  keys(): object;
  /** Value of the Authorization header of a request to the bot; claims and header fields given here replace the right ones. */
  authorization(serviceUrl: string, claims?: object, header?: object): string;
  /** A token for the bot's own requests, and whether one that came back is good. */
  grant(): { token: string; seconds: number };
  granted(authorization: string | undefined): boolean;
  save(): SavedIssuer;
  load(saved: SavedIssuer): void;
};

const base64 = (data: object) => Buffer.from(JSON.stringify(data)).toString('base64url');

/** Tokens are judged by real time, whatever the sandbox's clock shows. */
const seconds = () => Math.floor(Temporal.Now.instant().epochMilliseconds / 1000);

const tokenSeconds = 3600;

const newKey = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

/** One for all sandboxes of a process: finding its primes takes a tenth of a second. */
let processKey: KeyObject | null = null;
export function keyOfProcess(): KeyObject {
  processKey ??= newKey();
  return processKey;
}

/** `first`: what it signs with until another key is loaded. */
export function openIssuer(name: string, first = newKey()): Issuer {
  let appId = randomUUID() as string;
  let password = randomBytes(24).toString('base64url');
  let key = first;

  const publicKey = () => createPublicKey(key).export({ format: 'jwk' });
  const kid = () => createHash('sha256').update(String(publicKey().n)).digest('base64url').slice(0, 16);
  const seal = (text: string) => createHmac('sha256', password).update(text).digest('base64url');

  return {
    name,
    appId: () => appId,
    password: () => password,
    keys: () => ({ keys: [{ ...publicKey(), kid: kid(), use: 'sig', alg: 'RS256', endorsements: ['msteams'] }] }),
    authorization(serviceUrl, claims = {}, header = {}) {
      const now = seconds();
      const signed = [
        base64({ alg: 'RS256', typ: 'JWT', kid: kid(), ...header }),
        base64({
          iss: name,
          aud: appId,
          serviceurl: serviceUrl,
          nbf: now - 60,
          iat: now,
          exp: now + tokenSeconds,
          ...claims,
        }),
      ].join('.');
      return `Bearer ${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
    },
    grant() {
      const until = String(seconds() + tokenSeconds);
      return { token: `${until}.${randomBytes(6).toString('base64url')}.${seal(until)}`, seconds: tokenSeconds };
    },
    granted(authorization) {
      const [until = '', , mac = ''] = (authorization ?? '').replace(/^Bearer /, '').split('.');
      const [given, right] = [Buffer.from(mac), Buffer.from(seal(until))];
      return given.length === right.length && timingSafeEqual(given, right) && Number(until) > seconds();
    },
    save: () => ({ appId, password, key: key.export({ type: 'pkcs8', format: 'pem' }).toString() }),
    load(saved) {
      ({ appId, password } = saved);
      key = createPrivateKey(saved.key);
    },
  };
}
