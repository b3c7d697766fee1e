/** A due point that is done, moved or somebody else's: what lies in people's chats says so, where it stands, and asks again when it is not. */

import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { longDay } from '../../src/cards/dates.ts';
import { say } from '../../src/cards/words.ts';
import type { Group } from '../../src/domain/group.ts';
import { startTestRond, type TestRond } from '../support/rond.ts';
import { personIn, type StoryPerson } from './person.ts';

const title = 'Kunskapssammanställning';
const [tovesKey, jonassKey] = ['tove-almgren', 'jonas-ekdahl'];
/** One of them is in Teams, the other in Slack. */
const sharedByTwo = (group: Group): Group => ({
  ...group,
  activities: group.activities.map((one) => (one.title === title ? { ...one, owners: [tovesKey, jonassKey] } : one)),
});

let all: TestRond;
let tove: StoryPerson;
let jonas: StoryPerson;
let liv: StoryPerson;
/** Everything that was said of it to each of them. */
let toves: string[];
let jonass: string[];
let livs: string[];

const word = (code: string, values: Record<string, unknown> = {}) => say('sv', code, values);
const about = (who: StoryPerson) => who.about(title, 'status.more');
const says = (who: StoryPerson, ids: string[], text: string, verbs: string[]) =>
  vi.waitFor(() => {
    for (const id of ids) {
      expect(who.message(id)).toContain(text);
      expect(who.message(id)).toContain(title);
      expect([...new Set(who.verbs(id))].sort()).toEqual(verbs);
    }
  });
const asks = (who: StoryPerson, ids: string[]) =>
  vi.waitFor(() => {
    for (const id of ids) {
      expect(who.message(id)).toMatch(/Ska vara klart|Skulle ha varit klart/);
      expect(who.verbs(id)).toContain('status.set');
    }
  });
const without = (ids: string[], id: string) => ids.filter((one) => one !== id);
const done = (by: string, day: string) => word('due-over.text.done', { by, hasBy: 'yes', day: longDay(day, 'sv') });
const counts = () => [tove, jonas, liv].map((who) => who.chat().length);

beforeAll(async () => {
  all = await startTestRond({ change: sharedByTwo });
  [tove, jonas, liv] = [tovesKey, jonassKey, 'liv-sandell'].map((key) => personIn(all.sandbox, all.group, key)) as [
    StoryPerson,
    StoryPerson,
    StoryPerson,
  ];
  await all.moveTo('2022-10-13T08:00:00Z');
  [toves, jonass, livs] = [about(tove), about(jonas), about(liv)];
});
afterAll(() => all.close());

test('one of two says that it is done: nobody is asked any more, and an owner may still say otherwise', async () => {
  expect([toves.length, jonass.length, livs.length]).toEqual([3, 3, 1]);
  const before = counts();
  const pressed = toves.at(-1) ?? '';
  await tove.press(pressed, 'status.set', {}, { status: 'done' });
  await says(tove, without(toves, pressed), done('Tove Almgren', '2022-10-13'), ['status.more']);
  await says(jonas, jonass, done('Tove Almgren', '2022-10-13'), ['status.more']);
  await says(liv, livs, done('Tove Almgren', '2022-10-13'), ['status.more']);
  // Where it was pressed it can be taken back as before.
  expect(tove.message(pressed)).toContain('Senaste läge: ✔ Klart, enligt Tove Almgren.');
  expect(tove.verbs(pressed)).toContain('status.set');
  expect(counts()).toEqual(before);
});

test('not done after all: what was sent asks again', async () => {
  const pressed = jonass[0] ?? '';
  await jonas.press(pressed, 'status.more');
  await jonas.handIn(pressed, 'status.save', { status: 'under-way', note: 'En bilaga saknas' });
  await asks(tove, toves);
  await asks(jonas, without(jonass, pressed));
  await asks(liv, livs);
});

test('somebody has a page of it open: in Teams that message waits until they have had the time, in Slack it need not', async () => {
  await tove.press(toves[0] ?? '', 'status.more');
  await jonas.press(jonass[0] ?? '', 'status.more');
  const pressed = livs[0] ?? '';
  await liv.press(pressed, 'status.more');
  await liv.handIn(pressed, 'status.save', { status: 'stopped' });
  const stopped = word('due-over.text.stopped', { by: 'Liv Sandell', hasBy: 'yes', day: longDay('2022-10-13', 'sv') });
  await says(tove, toves.slice(1), stopped, ['status.more']);
  await says(jonas, jonass, stopped, ['status.more']);
  expect(tove.message(toves[0] ?? '')).toContain(word('status-page.heading'));
  jonas.wire.closeDialog(jonas.user);
  await all.moveTo('2022-10-13T08:30:00Z');
  await says(tove, toves, stopped, ['status.more']);
});

test('another day: what was said of the old one names the new one and asks nothing', async () => {
  const pressed = jonass[0] ?? '';
  await jonas.press(pressed, 'status.more');
  await jonas.handIn(pressed, 'status.save', { status: 'late', newDate: '2022-10-20' });
  const moved = word('due-over.text.moved', { day: longDay('2022-10-20', 'sv') });
  await says(tove, toves, moved, []);
  await says(jonas, without(jonass, pressed), moved, []);
  await says(liv, livs, moved, []);
  expect(jonas.message(pressed)).toContain('Ska vara klart torsdag 20 oktober 2022.');
});

test('handed over: whoever was asked is told who answers for it, also where it was done, and whoever shares it still does', async () => {
  await all.moveTo('2022-10-20T08:00:00Z');
  const later = about(tove);
  const jonassLater = about(jonas);
  expect(later.length).toBeGreaterThan(0);
  const pressed = later.at(-1) ?? '';
  await tove.press(pressed, 'status.more');
  await tove.press(pressed, 'status.save', { status: 'under-way', handTo: 'liv-sandell' });
  await says(tove, [...toves, ...later], word('due-over.text.another'), []);
  for (const id of [...toves, ...later]) expect(tove.message(id)).toContain('Ansvariga: Jonas Ekdahl och Liv Sandell.');
  for (const id of [...jonass, ...jonassLater]) expect(jonas.message(id)).not.toContain(word('due-over.text.another'));
});
