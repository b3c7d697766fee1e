/** Secrets at rest: AES-256-GCM, the name of what they belong to bound in, the key named beside so that it can be changed. */

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

export type Sealing = {
  /** "v1.<key id>.<nonce, ciphertext and tag>"; opens only for the same `owner`. */
  seal(secret: string, owner: string): string;
  /** Throws when no key opens it: another key, another owner, or it was tampered with. Never says what was in it. */
  open(sealed: string, owner: string): string;
  /** Sealed with another key than the first: to be sealed anew. */
  isOld(sealed: string): boolean;
};

/** `keys` of 32 bytes: the first one seals, each one opens. */
export function sealing(keys: readonly Buffer[]): Sealing {
  const byId = new Map(keys.map((key) => [keyId(key), key]));
  const [first] = keys;
  if (!first) throw new Error('there is no key to keep secrets with');

  return {
    seal(secret, owner) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, first, nonce).setAAD(Buffer.from(owner));
      const body = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `v1.${keyId(first)}.${body.toString('base64url')}`;
    },
    open(sealed, owner) {
      const [version, id = '', body = ''] = sealed.split('.');
      const key = byId.get(id);
      if (version !== 'v1' || !key) {
        throw new Error(`a secret of ${owner} was sealed with key ${id}, which is not in ROND_SECRET_KEY`);
      }
      const bytes = Buffer.from(body, 'base64url');
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
      try {
        decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(-tagBytes));
        return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString(
          'utf8',
        );
      } catch {
        throw new Error(`a secret of ${owner} cannot be opened: it is not what was sealed`);
      }
    },
    isOld: (sealed) => sealed.split('.')[1] !== keyId(first),
  };
}

/** Says which key without saying anything of it. */
function keyId(key: Buffer): string {
  return createHash('sha256').update('rond key id').update(key).digest('hex').slice(0, 8);
}
