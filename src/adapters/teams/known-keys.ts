/**
 * The quick way to a yes, and a quiet one to a no. The SDK takes a token apart half a dozen times and rebuilds the key for each, which takes longer than
 * storing an answer; with a key by which the SDK has just accepted a token, the next are judged here, every one in full and
 * no more leniently. What is not right beyond doubt is left to the SDK.
 */

import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { JwtTokenExtractor } from 'botframework-connector/lib/auth/jwtTokenExtractor.js';
import { z } from 'zod';

const token = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/;
const algorithm = 'RS256';

/** Anything else in a header (a key, a certificate, an extension that must be understood) is for the SDK. */
const Header = z.strictObject({
  alg: z.literal(algorithm),
  kid: z.string().min(1),
  typ: z.string().optional(),
  x5t: z.string().optional(),
});
const Claims = z.object({
  iss: z.string(),
  aud: z.string(),
  serviceurl: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
  // These make it a token between bots, which has rules of its own.
  ver: z.undefined().optional(),
  appid: z.undefined().optional(),
  azp: z.undefined().optional(),
});

/** How the SDK's own algorithms are called by Node, and by how much it lets clocks differ. */
const hashes: Record<string, string> = { RS256: 'RSA-SHA256', RS384: 'RSA-SHA384', RS512: 'RSA-SHA512' };
const toleranceSeconds = 300;
const Signed = z.object({ alg: z.string(), kid: z.string() });
const Valid = z.object({ exp: z.number(), nbf: z.number().optional() });

export type KnownKeys = {
  /** True: signed with a known key, for us, for this service, and valid now. False: unknown. */
  accepts(authorization: string, serviceUrl: string): boolean;
  /**
   * True: the SDK would refuse it as well, and write the public key to standard error each time somebody asks it to. False:
   * not known to be bad. Rejects when the keys cannot be fetched.
   */
  refuses(authorization: string): Promise<boolean>;
  /** The SDK has accepted this token: its key is known for a while. Never rejects. */
  learn(authorization: string): Promise<void>;
};

export type KnownKeysOptions = {
  issuer: string;
  appId: string;
  metadataUrl: string;
  /** Real time in milliseconds. */
  clock: () => number;
};

/** A key that is withdrawn stops being known within this time. */
const knownMs = 600_000;
const mostKeys = 16;

export function knownKeys({ issuer, appId, metadataUrl, clock }: KnownKeysOptions): KnownKeys {
  // The SDK keeps one set of keys for each address: this is the one it has judged by.
  const { openIdMetadata } = new JwtTokenExtractor({ issuer }, metadataUrl, [algorithm]);
  const keys = new Map<string, { key: KeyObject; until: number }>();
  const known = (kid: string): KeyObject | null => {
    const found = keys.get(kid);
    return found && found.until > clock() ? found.key : null;
  };

  return {
    accepts(authorization, serviceUrl) {
      const [, head = '', body = '', seal = ''] = token.exec(authorization) ?? [];
      const header = Header.safeParse(decoded(head)).data;
      const key = header && known(header.kid);
      const claims = key && Claims.safeParse(decoded(body)).data;
      if (!key || !claims) return false;
      const now = clock() / 1000;
      if (claims.iss !== issuer || claims.aud !== appId || claims.serviceurl !== serviceUrl) return false;
      if (!(claims.exp > now) || (claims.nbf ?? 0) > now) return false;
      return verify('RSA-SHA256', Buffer.from(`${head}.${body}`), key, Buffer.from(seal, 'base64url'));
    },
    async refuses(authorization) {
      const [, head = '', body = '', seal = ''] = token.exec(authorization) ?? [];
      const header = Signed.safeParse(decoded(head)).data;
      const hash = header && hashes[header.alg];
      if (!hash) return true;
      const found = await openIdMetadata.getKey(header.kid);
      if (!found) return false;
      const key = createPublicKey(found.key);
      if (!verify(hash, Buffer.from(`${head}.${body}`), key, Buffer.from(seal, 'base64url'))) return true;
      const valid = Valid.safeParse(decoded(body)).data;
      const now = clock() / 1000;
      return !valid || valid.exp + toleranceSeconds < now || (valid.nbf ?? 0) - toleranceSeconds > now;
    },
    async learn(authorization) {
      const header = Header.safeParse(decoded(token.exec(authorization)?.[1] ?? '')).data;
      if (!header || known(header.kid)) return;
      const found = await openIdMetadata.getKey(header.kid).catch(() => null);
      if (!found) return;
      if (keys.size >= mostKeys) keys.clear();
      keys.set(header.kid, { key: createPublicKey(found.key), until: clock() + knownMs });
    },
  };
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
