/** Which list a collection asks about can be said in the group's file. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { holidayName } from '../../src/adapters/calendar/holidays.ts';
import { groupOf, readGroupFile } from '../../src/app/group-file.ts';
import { startValues } from '../../src/app/models/convenor-round.ts';
import { decide } from '../../src/domain/schedule/decide.ts';
import { emptyState } from '../../src/domain/state.ts';

const example = readFileSync(new URL('../../src/library/example/group.yaml', import.meta.url), 'utf8');
const plan = [
  '| Aktivitet | Ansvarig | Tidplan |',
  '|---|---|---|',
  '| Datainsamling (enkät) | Alla | 12/10 - 7/11 |',
  '| Skriva rapport | Alla | 13/12 |',
].join('\n');
const now = Temporal.Instant.from('2022-10-12T07:00:00Z');

function imported(setting: string) {
  const read = readGroupFile(`${example}\nactivities:\n  - title: Datainsamling (enkät)\n${setting}`);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const made = groupOf(read.file, { text: plan, tables: [] }, now, holidayName);
  if (!made.ok) throw new Error(made.message);
  return made.group;
}
const opened = (group: ReturnType<typeof imported>) =>
  decide(group, emptyState, now, holidayName).find((one) => one.do === 'open-round');

test('the round that opens asks about the list that was chosen', () => {
  const group = imported('    catalogue: no-helsepersonell-48\n');
  expect(group.activities[0]).toMatchObject({
    kind: 'collection',
    instrument: 'role-rating',
    catalogue: 'no-helsepersonell-48',
  });
  expect(opened(group)).toMatchObject({ catalogue: 'no-helsepersonell-48' });
  expect(group.activities[1]?.catalogue ?? null).toBeNull();
});

test('unless one is chosen it is the instrument’s own', () => {
  expect(opened(imported('    parked: false\n'))).toMatchObject({ catalogue: 'se-legitimation-2023' });
});

test('a list that does not exist is a fault with its line, and the known ones are named', () => {
  const read = readGroupFile(
    `${example}\nactivities:\n  - title: Datainsamling (enkät)\n    catalogue: no-such-list\n`,
  );
  expect(read.ok).toBe(false);
  const fault = read.ok ? null : read.faults[0];
  expect(fault).toMatchObject({ where: 'activities.0.catalogue', line: example.split('\n').length + 3 });
  expect(fault?.message).toContain('se-naravard');
});

test('a round from nothing starts from the list of the group’s country', () => {
  const group = imported('    parked: false\n');
  const list = (country: string) =>
    startValues({ ...group, country }, Temporal.PlainDate.from('2022-10-01'), '', '').catalogue;
  expect(['NO', 'SE', 'FI'].map(list)).toEqual([
    'no-helsepersonell-48',
    'se-legitimation-2023',
    'se-legitimation-2023',
  ]);
});
