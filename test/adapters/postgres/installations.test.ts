import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sealing } from '../../../src/adapters/postgres/sealing.ts';
import type { Installation } from '../../../src/ports/installations.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';

const [key, other] = [randomBytes(32), randomBytes(32)];
const at = Temporal.Instant.from('2026-11-22T09:00:00.123Z');
const one: Installation = {
  team: 'T0ONE',
  enterprise: 'E0ORG',
  botToken: 'xoxb-one-secret',
  botUser: 'U0BOT',
  bot: 'B0BOT',
  scopes: ['chat:write', 'commands'],
  installedBy: 'U0ADMIN',
  installedAt: at,
};

describe('sealing', () => {
  test('what was sealed opens again, for its owner only, and says nothing of itself', () => {
    const seals = sealing([key]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (secret, owner) => {
        const sealed = seals.seal(secret, owner);
        expect(seals.open(sealed, owner)).toBe(secret);
        expect(() => seals.open(sealed, `${owner}!`)).toThrow('not what was sealed');
        if (secret.length > 5) expect(sealed).not.toContain(secret);
      }),
    );
  });

  test('the same twice is never the same', () => {
    const seals = sealing([key]);
    expect(seals.seal('xoxb', 'T')).not.toBe(seals.seal('xoxb', 'T'));
  });

  test('one changed byte anywhere is found', () => {
    const seals = sealing([key]);
    const sealed = seals.seal('xoxb-token', 'T');
    const [version, id, body = ''] = sealed.split('.');
    const bytes = Buffer.from(body, 'base64url');
    for (let index = 0; index < bytes.length; index++) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => seals.open(`${version}.${id}.${changed.toString('base64url')}`, 'T')).toThrow('not what was sealed');
    }
    for (const broken of ['', 'v1', `v1.${id}.`, `v1.${id}.AAAA`, `v2.${id}.${body}`]) {
      expect(() => seals.open(broken, 'T')).toThrow();
    }
  });

  test('another key does not open it, and which one is missing is said without saying it', () => {
    const sealed = sealing([key]).seal('xoxb', 'T');
    expect(() => sealing([other]).open(sealed, 'T')).toThrow(/key [0-9a-f]{8}, which is not in ROND_SECRET_KEY/);
    expect(sealed).not.toContain(key.toString('base64url').slice(0, 10));
  });
});

describe('installations in the database', () => {
  let database: TestDatabase;
  let raw: pg.Client;
  beforeAll(async () => {
    database = await testDatabase();
    raw = new pg.Client({ connectionString: database.url });
    await raw.connect();
  });
  afterAll(async () => {
    await raw.end();
    await database.drop();
  });
  beforeEach(() => raw.query('delete from slack_installation'));

  test('what is put is found by its own id, and by no other', async () => {
    const installations = database.installations([key]);
    await installations.put(one);
    expect(await installations.find('T0ONE')).toEqual(one);
    expect(await installations.find('E0ORG')).toBeNull();
    const whole = { ...one, team: null, botToken: 'xoxb-whole' };
    await installations.put(whole);
    expect(await installations.find('E0ORG')).toEqual(whole);
    expect((await installations.all()).map(({ botToken }) => botToken)).toEqual(['xoxb-whole', 'xoxb-one-secret']);
  });

  test('let in anew, the newest counts', async () => {
    const installations = database.installations([key]);
    await installations.put(one);
    await installations.put({ ...one, botToken: 'xoxb-new', scopes: [] });
    expect(await installations.all()).toMatchObject([{ botToken: 'xoxb-new', scopes: [] }]);
  });

  test('news of a removal takes what was there before it, and nothing that came after', async () => {
    const installations = database.installations([key]);
    await installations.put(one);
    await installations.remove('T0ONE', at.subtract({ seconds: 1 }));
    expect(await installations.find('T0ONE')).not.toBeNull();
    await installations.remove('T0ONE', at);
    expect(await installations.find('T0ONE')).toBeNull();
    await installations.remove('T0ONE', at);
  });

  test('a new key before the old: read with the old, sealed with the new, and then the old can go', async () => {
    await database.installations([key]).put(one);
    expect(await database.installations([other, key]).find('T0ONE')).toEqual(one);
    expect(await database.installations([other]).find('T0ONE')).toEqual(one);
    await expect(database.installations([key]).find('T0ONE')).rejects.toThrow('ROND_SECRET_KEY');
  });

  test('a row moved to another id does not open', async () => {
    const installations = database.installations([key]);
    await installations.put(one);
    await raw.query(`update slack_installation set id = 'T0TWO', team = 'T0TWO'`);
    await expect(installations.find('T0TWO')).rejects.toThrow('not what was sealed');
  });
});
