/** The sender on the real ledger, with platforms that do as they are told. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSender, type Prepared, type Sender } from '../../src/delivery/sender.ts';
import type { Platform } from '../../src/domain/group.ts';
import type { Address, ChatPlatform, Message, Outcome, Recall } from '../../src/ports/chat.ts';
import type { Delivery, DeliveryState, Ledger } from '../../src/ports/store.ts';
import { type Bench, bench, during, tell } from '../adapters/postgres/bench.ts';

type Sent = { to: Address; key: string; at: number };
type Told = (message: Message, nth: number) => Outcome | Promise<Outcome>;

let b: Bench;
let sender: Sender | undefined;
let sent: Sent[] = [];
let says: Told;
let recalls: (key: string) => Recall;
let replaced = 0;
const logged: string[] = [];

beforeAll(async () => {
  b = await bench();
});
beforeEach(async () => {
  await b.all(`update delivery set state = 'done'`);
  sent = [];
  replaced = 0;
  logged.length = 0;
  says = (message) => shown(message);
  recalls = () => ({ is: 'cannot-tell' });
});
afterEach(() => sender?.stop());
afterAll(() => b.drop());

const shown = ({ key }: Message): Outcome => ({
  is: 'sent',
  reference: { platform: 'teams', tenant: 'tenant-1', conversation: 'c', message: `m ${key}` },
});

/** What the sender does not ask for. */
const notSending = {} as Omit<ChatPlatform, 'name' | 'pace' | 'send' | 'replace' | 'recall' | 'mount' | 'close'>;

function platform(name: Platform): ChatPlatform {
  const fast = { perSecond: 10_000, burst: 10_000 };
  return {
    name,
    pace: { tenant: fast, conversation: fast },
    ...notSending,
    async send(to, message) {
      sent.push({ to, key: message.key.slice(message.key.indexOf(':') + 1), at: performance.now() });
      return says(message, sent.length);
    },
    async replace(_, message) {
      replaced += 1;
      return says(message, replaced);
    },
    recall: async (_, key) => recalls(key.slice(key.indexOf(':') + 1)),
    mount() {},
    close: async () => {},
  };
}

const card = { type: 'AdaptiveCard', version: '1.5' } as const;
type Given = {
  ledger?: Partial<Ledger>;
  prepare?: (batch: Delivery[]) => Promise<Map<string, Prepared>>;
  platforms?: Partial<Record<Platform, ChatPlatform>>;
};
function start({ ledger = {}, prepare, platforms }: Given = {}): Sender {
  const started = performance.now();
  const note = (_: object, message: string) => void logged.push(message);
  sender = createSender({
    ledger: { ...b.store.ledger, ...ledger },
    platforms: platforms ?? { teams: platform('teams'), slack: platform('slack') },
    clock: { now: () => during.add({ milliseconds: Math.floor(performance.now() - started) }) },
    prepare: prepare ?? (async (batch) => new Map(batch.map(({ id }) => [id, { is: 'send', card }]))),
    log: { warn: note, error: note },
    step: () => {},
  });
  return sender;
}

let named = 0;
/** Plans messages to these members; their keys. */
async function planned(...members: string[]): Promise<string[]> {
  const keys = members.map((member) => `test:${String(++named).padStart(4, '0')}:${member}`);
  const happenings = keys.map((key, index) => tell(key, members[index] as string));
  await b.store.groups.carryOut(b.group.key, () => ({ happenings, nextAt: null }));
  return keys;
}
const states = async (keys: string[]) => {
  const rows = await b.all<{ key: string; state: DeliveryState; reason: string | null }>(
    'select key, state, reason from delivery where key = any($1)',
    [keys],
  );
  return keys.map((key) => {
    const row = rows.find((one) => one.key === key);
    return [row?.state, row?.reason].filter(Boolean).join(' ');
  });
};
async function quiet(one: Sender): Promise<void> {
  await one.run();
  await one.idle();
}

describe('lanes', () => {
  test('a slow one holds up neither another nor whoever asked', async () => {
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    const slow = platform('teams');
    const { send } = slow;
    slow.send = async (to, message) => {
      await held;
      return send(to, message);
    };
    const one = start({ platforms: { teams: slow, slack: platform('slack') } });
    const [teams, slack] = [await planned('maja-ek'), await planned('disa-norr')];
    await one.run();
    await vi.waitFor(async () => expect(await states(slack)).toEqual(['sent']));
    const later = await planned('disa-norr');
    await one.run();
    await vi.waitFor(async () => expect(await states(later)).toEqual(['sent']));
    expect(await states(teams)).toEqual(['intent']);
    release();
    await one.idle();
    expect(await states(teams)).toEqual(['sent']);
  });

  test('what is planned while a lane is about to end is not forgotten', async () => {
    const one = start();
    const all: string[] = [];
    for (let round = 0; round < 15; round += 1) {
      all.push(...(await planned('maja-ek')));
      await one.run();
    }
    await one.idle();
    expect(new Set(await states(all))).toEqual(new Set(['sent']));
  });

  test('within a conversation the order is kept', async () => {
    const keys = await planned(...Array.from({ length: 40 }, (_, index) => (index % 2 ? 'maja-ek' : 'tove-lind')));
    says = async (message, nth) => {
      await new Promise((done) => setTimeout(done, nth % 3));
      return shown(message);
    };
    await quiet(start());
    for (const member of ['maja-ek', 'tove-lind']) {
      const mine = keys.filter((key) => key.endsWith(member));
      expect(sent.map(({ key }) => key).filter((key) => key.endsWith(member))).toEqual(mine);
    }
  });
});

test('a card whose group changes while it is made is not sent; the one of the group as it is now is, once', async () => {
  const keys = await planned('maja-ek', 'maja-ek');
  const word = { activity: 'kunskapssammanstallning', due: '2022-10-12', note: '', newDate: null, by: 'tove-lind' };
  const shownAs: unknown[] = [];
  says = (message) => {
    shownAs.push(message.card.speak);
    return shown(message);
  };
  let made = 0;
  const prepare = async (batch: Delivery[]) => {
    made += 1;
    const speak = made === 1 ? 'as it was' : 'as it is';
    const { id } = await b.loaded();
    if (made === 1)
      await b.store.plans.saveStatus(id, { ...word, status: 'done', event: 'meanwhile', pressed: null }, during);
    return new Map(batch.map((one): [string, Prepared] => [one.id, { is: 'send', card: { ...card, speak } }]));
  };
  await quiet(start({ prepare }));
  expect(await states(keys)).toEqual(['sent', 'sent']);
  expect(sent.map(({ key }) => key)).toEqual(keys);
  expect(shownAs).toEqual(['as it is', 'as it is']);
});

describe('refused for now', () => {
  test('thirty times over: nothing is lost, nothing is shown twice, and nobody is asked before the time', async () => {
    const keys = await planned('maja-ek');
    says = (message, nth) => (nth <= 30 ? { is: 'again', afterMs: 25, why: '429' } : shown(message));
    await quiet(start());
    expect(await states(keys)).toEqual(['sent']);
    expect(sent).toHaveLength(31);
    const gaps = sent.slice(1).map(({ at }, index) => at - (sent[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(24);
  });

  test('the whole lane waits, other messages keep their turn', async () => {
    const keys = await planned('maja-ek', 'tove-lind', 'maja-ek');
    let refused = 0;
    says = (message) => (refused++ < 2 ? { is: 'again', afterMs: 2_000, why: '429' } : shown(message));
    const one = start();
    await one.run();
    await vi.waitFor(() => expect(sent.length).toBeGreaterThan(0));
    await new Promise((done) => setTimeout(done, 100));
    expect(sent.length).toBeLessThanOrEqual(2);
    await one.idle();
    expect(await states(keys)).toEqual(['sent', 'sent', 'sent']);
    const majas = sent.filter(({ key }) => key.endsWith('maja-ek')).map(({ key }) => key);
    expect(majas.at(-1)).toBe(keys[2]);
  });
});

describe('cards put anew, above what the platform takes of them', () => {
  /** Three are taken, and the next ones when it takes more. */
  function updatesAreFew() {
    const slack = platform('slack');
    const { replace } = slack;
    let allowed = 3;
    slack.replace = async (what, message) => {
      if (allowed === 0) return { is: 'again', afterMs: 60, why: 'rate limited' };
      allowed -= 1;
      return replace(what, message);
    };
    const takesMore = () => {
      allowed = Number.POSITIVE_INFINITY;
    };
    return { slack, takesMore };
  }

  test('all are made in the end, once each; what is due meanwhile goes at once', async () => {
    const renewals = await planned(...Array.from({ length: 12 }, () => 'disa-norr'));
    await b.all(
      `update delivery set mode = 'replace', reference = jsonb_build_object('platform', 'slack', 'message', key) where key = any($1)`,
      [renewals],
    );
    const { slack, takesMore } = updatesAreFew();
    const one = start({ platforms: { slack } });
    await one.run();
    await vi.waitFor(async () => expect((await states(renewals)).join()).toContain('rate limited'));
    const meanwhile = await planned('disa-norr', 'disa-norr');
    await one.run();
    await vi.waitFor(async () => expect(await states(meanwhile)).toEqual(['sent', 'sent']));
    expect((await states(renewals)).filter((state) => state === 'sent')).toHaveLength(3);
    takesMore();
    await one.idle();
    expect(await states(renewals)).toEqual(renewals.map(() => 'sent'));
    expect(replaced).toBe(renewals.length);
    expect(sent.map(({ key }) => key)).toEqual(meanwhile);
  });

  test('a pause from what is posted is none for what is put anew', async () => {
    const [post = '', anew = ''] = await planned('disa-norr', 'disa-norr');
    await b.all(
      `update delivery set mode = 'replace', reference = jsonb_build_object('platform', 'slack', 'message', key) where key = $1`,
      [anew],
    );
    says = ({ key }, nth) =>
      key.endsWith(post) && nth === 1 && sent.length > 0 && replaced === 0
        ? { is: 'again', afterMs: 2_000, why: '429' }
        : shown({ key, card });
    const one = start();
    await one.run();
    await vi.waitFor(async () => expect(await states([anew])).toEqual(['sent']));
    expect(await states([post])).toEqual(['planned 429']);
    await one.idle();
    expect(await states([post])).toEqual(['sent']);
  });
});

describe('in doubt', () => {
  test('a message is asked for once: found is sent, absent is sent again, dark stays unknown', async () => {
    const [found = '', absent = '', dark = ''] = await planned('maja-ek', 'maja-ek', 'maja-ek');
    const asked: string[] = [];
    says = (message, nth) => (nth <= 3 ? { is: 'unknown', why: '500' } : shown(message));
    recalls = (key) => {
      asked.push(key);
      if (key === found)
        return {
          is: 'found',
          reference: { platform: 'teams', tenant: 'tenant-1', conversation: 'c', message: 'found' },
        };
      return key === absent ? { is: 'absent' } : { is: 'cannot-tell' };
    };
    const one = start();
    await quiet(one);
    expect(await states([found, absent, dark])).toEqual(['sent', 'sent', 'unknown cannot-tell']);
    expect(sent.map(({ key }) => key)).toEqual([found, absent, dark, absent]);
    await one.recover();
    expect(asked).toEqual([found, absent, dark]);
  });

  test('what cannot be read back now is read back later', async () => {
    const [key = ''] = await planned('maja-ek');
    says = () => ({ is: 'unknown', why: 'reset' });
    recalls = () => ({ is: 'not-now' });
    const one = start();
    await quiet(one);
    expect(await states([key])).toEqual(['unknown reset']);
    recalls = () => ({
      is: 'found',
      reference: { platform: 'teams', tenant: 'tenant-1', conversation: 'c', message: 'later' },
    });
    await one.recover();
    expect(await states([key])).toEqual(['sent']);
    expect(sent).toHaveLength(1);
  });

  test('a replacement may be put again', async () => {
    const [key = ''] = await planned('maja-ek');
    await b.all(
      `update delivery set mode = 'replace', reference = '{"platform":"teams","tenant":"tenant-1","conversation":"c","message":"m"}' where key = $1`,
      [key],
    );
    says = (message, nth) => (nth === 1 ? { is: 'unknown', why: '500' } : shown(message));
    const one = start();
    await quiet(one);
    expect(await states([key])).toEqual(['planned 500']);
    await b.all('update delivery set not_before = null where key = $1', [key]);
    await quiet(one);
    expect(await states([key])).toEqual(['sent']);
    expect(replaced).toBe(2);
  });
});

describe('what goes wrong on our side', () => {
  test('a card that cannot be made is given up after a few tries; the lane goes on', async () => {
    const [bad = '', good = ''] = await planned('maja-ek', 'maja-ek');
    const one = start({
      prepare: async (batch) =>
        new Map(batch.filter(({ key }) => key !== bad).map(({ id }) => [id, { is: 'send', card }])),
    });
    for (let turn = 0; turn < 5; turn += 1) {
      await quiet(one);
      await b.all(`update delivery set not_before = null where key = $1 and state = 'planned'`, [bad]);
    }
    expect(await states([bad, good])).toEqual(['failed refused', 'sent']);
  });

  test('the database goes away after the send: what is known is written down when it is back', async () => {
    const keys = await planned('maja-ek');
    let away = 3;
    const one = start({
      ledger: {
        async sent(...given) {
          if (away-- > 0) throw new Error('the database is away');
          return b.store.ledger.sent(...given);
        },
      },
    });
    await quiet(one);
    expect(await states(keys)).toEqual(['sent']);
    expect(sent).toHaveLength(1);
    expect(logged).toHaveLength(3);
  });

  test('the database goes away at the intent: nothing is sent, and the message waits', async () => {
    const keys = await planned('maja-ek');
    let away = true;
    const one = start({
      ledger: {
        async intend(...given) {
          if (away) throw new Error('the database is away');
          return b.store.ledger.intend(...given);
        },
      },
    });
    await quiet(one);
    expect(sent).toEqual([]);
    expect(await states(keys)).toEqual(['planned interrupted']);
    away = false;
    await b.all('update delivery set not_before = null where key = any($1)', [keys]);
    await quiet(one);
    expect(await states(keys)).toEqual(['sent']);
  });

  test('the state cannot be loaded: everything waits, nothing is lost', async () => {
    const keys = await planned('maja-ek', 'tove-lind');
    await quiet(start({ prepare: () => Promise.reject(new Error('the database is away')) }));
    expect(await states(keys)).toEqual(['planned not-prepared', 'planned not-prepared']);
  });
});

test('asked to stop: what is under way ends, the rest is planned again, and nothing new begins', async () => {
  const keys = await planned(...Array.from({ length: 30 }, () => 'maja-ek'));
  says = async (message) => {
    await new Promise((done) => setTimeout(done, 20));
    return shown(message);
  };
  const one = start();
  await one.run();
  await vi.waitFor(() => expect(sent.length).toBeGreaterThan(2));
  await one.stop();
  const ended = await states(keys);
  expect(ended.filter((state) => state === 'sent')).toHaveLength(sent.length);
  expect(ended.filter((state) => state === 'planned waiting')).toHaveLength(30 - sent.length);
  await one.run();
  await one.idle();
  expect(ended.filter((state) => state === 'sent')).toHaveLength(sent.length);
});
