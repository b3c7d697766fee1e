import { afterAll, beforeAll, expect, test } from 'vitest';
import { dropDatabase } from '../../src/adapters/postgres/scratch.ts';
import { rond } from '../support/command.ts';
import { emptyDatabase } from '../support/database.ts';

type Delivery = { key: string; kind: string; to: string; platform: string; at: string; state: string };
type Played = {
  deliveries: Delivery[];
  answers: number;
  rounds: { key: string; opened: string; closed: string; invited: number; submitted: number }[];
  summaries: number;
};

let env: Record<string, string>;
beforeAll(async () => {
  env = { DATABASE_URL: await emptyDatabase() };
});
afterAll(() => dropDatabase(env.DATABASE_URL ?? ''));

test('the core seed, from the decision to the year end: every key once, everything sent, everybody heard', async () => {
  const ran = await rond(['play', '--from', '2022-09-26', '--to', '2022-12-31', '--json'], env);
  expect(ran).toMatchObject({ code: 0, err: '' });
  const played = JSON.parse(ran.out) as Played;

  expect(new Set(played.deliveries.map((delivery) => delivery.key)).size).toBe(played.deliveries.length);
  expect(played.deliveries.filter((delivery) => delivery.state !== 'sent' && delivery.state !== 'skipped')).toEqual([]);
  expect(played.rounds).toEqual([
    {
      key: 'datainsamling-enkat/2022-10-12/2022-11-07',
      opened: '2022-10-12T07:00:00Z',
      closed: '2022-11-07T23:00:00Z',
      invited: 3,
      submitted: 3,
    },
  ]);
  expect(played.answers).toBe(3);
  expect(played.summaries).toBe(2);

  const of = (kind: string) => played.deliveries.filter((delivery) => delivery.kind === kind);
  expect(of('invitation').map(({ to, at }) => [to, at])).toEqual([
    ['tove-almgren', '2022-10-12T07:00:00Z'],
    ['jonas-ekdahl', '2022-10-12T07:00:00Z'],
    ['liv-sandell', '2022-10-12T07:00:00Z'],
  ]);
  // Only the one who had not answered was reminded.
  expect(new Set(of('reminder').map(({ to }) => to))).toEqual(new Set(['jonas-ekdahl']));
  expect(of('reminder').map(({ at }) => at)).toEqual(['2022-10-25T07:00:00Z', '2022-11-04T08:00:00Z']);
  expect(new Set(played.deliveries.map(({ platform }) => platform))).toEqual(new Set(['teams', 'slack']));
  const days = played.deliveries
    // What is put anew follows what people do.
    .filter(({ kind, key }) => kind !== 'receipt' && !key.startsWith('renewed:'))
    .map(({ at }) => Temporal.Instant.from(at).toZonedDateTimeISO('Europe/Stockholm'));
  expect(days.filter((day) => day.dayOfWeek > 5 || day.hour !== 9)).toEqual([]);
}, 120_000);

test('an answers file that is wrong is bad input', async () => {
  const ran = await rond(['play', '--answers', '/nonexistent.yaml'], env);
  expect(ran.code).toBe(2);
  expect(ran.err).toContain('There is no file');
});
