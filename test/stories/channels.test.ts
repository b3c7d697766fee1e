/** Over the whole timetable: a channel hears only of changes, each once, and never who has answered or has not. */

import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { catalogue } from '../../src/library/library.ts';
import { exampleRatings } from '../../src/sandbox/answers.ts';
import { startTestRond, type TestRond } from '../support/rond.ts';
import { personIn, textOf } from './person.ts';

let t: TestRond;
let told: { purpose: string; text: string }[] = [];

beforeAll(async () => {
  t = await startTestRond();
  const [tove, liv] = [personIn(t.sandbox, t.group, 'tove-almgren'), personIn(t.sandbox, t.group, 'liv-sandell')];
  await t.moveTo('2022-10-12T07:00:00Z');
  // One answers, one leaves a draft, one does nothing.
  const invitation = tove.with('rate.open').id;
  await tove.rate(exampleRatings(catalogue('se-legitimation-2023'), 1, 'sv'), invitation);
  await vi.waitFor(() => expect(tove.message(invitation)).toContain('Tack för dina svar'));
  const livs = liv.with('rate.open').id;
  await liv.press(livs, 'rate.open');
  await liv.press(livs, 'rate.page', {
    'now:apotekare': 'shortage',
    'coming:apotekare': 'shortage',
    'comment:apotekare': 'Hemligt skäl',
  });
  await t.moveTo('2023-01-20T08:00:00Z');
  told = t.group.channels.flatMap(({ platform, id, purpose }) =>
    t.sandbox.wires[platform]
      .channel(id)
      .filter(({ from }) => from === 'bot')
      .map((shown) => ({ purpose, text: textOf(shown) })),
  );
}, 60_000);
afterAll(() => t.close());

const digests = (purpose: string) =>
  told.filter((one) => one.purpose === purpose && /Läget (i korthet|för styrgruppen)/.test(one.text));
const changes = (text: string) =>
  /Det här har hänt (.*?)( Sent •| Stoppat •| Utan ansvarig •| De närmaste två veckorna| Pågående enkäter|$)/
    .exec(text)?.[1]
    ?.split('• ')
    .filter(Boolean) ?? [];

test('nobody is named for having answered, for not having answered, or for what they answered', () => {
  expect(told.length).toBeGreaterThan(12);
  for (const { text } of told) {
    // Names stand beside what people answer for, never beside a survey.
    const beside = text.split('• ').filter((line) => /Almgren|Ekdahl|Sandell/.test(line));
    for (const line of beside) expect(line).not.toMatch(/enkät|svar|Datainsamling/i);
    expect(text).not.toContain('Hemligt skäl');
    expect(text).not.toMatch(/[\w-]+-(almgren|ekdahl|sandell)/);
  }
  const summary = told.filter(({ text }) => /^Resultat\b.*1 av 3 svarade/.test(text));
  expect(summary.map(({ purpose }) => purpose).sort()).toEqual(expect.arrayContaining(['group', 'steering']));
  for (const { text } of summary) expect(text).not.toMatch(/Almgren|Ekdahl|Sandell/);
});

test.each(['group', 'steering'])(
  '%s: every change is told once, and nothing is said when nothing has changed',
  (purpose) => {
    const all = digests(purpose);
    expect(all.length).toBeGreaterThan(3);
    for (const { text } of all) expect(changes(text).length, text).toBeGreaterThan(0);
    const lines = all.flatMap(({ text }) => changes(text)).map((line) => line.trim());
    expect(lines.filter((line, index) => lines.indexOf(line) !== index)).toEqual([]);
    expect(lines).toContain('Enkäten ”Datainsamling (enkät)” är stängd. 1 av 3 svarade.');
  },
);

test('a survey that has closed is not late, whatever nobody said about it', async () => {
  for (const { text } of told) expect(text).not.toContain('Datainsamling (enkät) skulle vara klar');
  const liv = personIn(t.sandbox, t.group, 'liv-sandell');
  await liv.say('läget');
  await vi.waitFor(() => expect(liv.last()).toContain('Det här ansvarar du för'));
  expect(liv.last()).not.toContain('Datainsamling (enkät)');
});

test('the group hears on Mondays (or the first working day after), the steering channel on working mornings', async () => {
  const rows = await t.rond.store.ledger.rows(t.group.key);
  const days = (kind: string) =>
    rows
      .filter((row) => row.kind === kind && row.state === 'sent')
      .map((row) => row.at.toZonedDateTimeISO('Europe/Stockholm'));
  for (const day of days('digest')) expect([day.dayOfWeek, day.hour]).toEqual([1, 9]);
  for (const day of days('steering')) {
    expect(day.dayOfWeek).toBeLessThan(6);
    expect(day.hour).toBe(9);
  }
});

test('after the last change the channels are left in peace', () => {
  const last = told.filter(({ purpose }) => purpose === 'group').at(-1);
  expect(last?.text).toContain('Sammanställning rapport');
});
