/** What a person is told as their own: no survey's window as a task of theirs, nobody to ask who is themselves, their country's list. */

import { expect, test } from 'vitest';
import { pointsOf } from '../../src/app/models/activity.ts';
import { contactFor } from '../../src/app/models/contact.ts';
import { groupOf } from '../../src/app/start-group.ts';
import { readDraft } from '../../src/domain/plan/draft.ts';
import { emptyState } from '../../src/domain/state.ts';
import type { StoredDraft } from '../../src/ports/drafts.ts';
import { sampleCard } from '../browser/scene.ts';
import { coreGroup } from '../support/core-group.ts';

test('a survey’s window goes by its round: the convenor is not asked how it goes', () => {
  const convenor = coreGroup.members[0] ?? expect.fail();
  const mine = pointsOf(coreGroup, emptyState, convenor).map(({ activity }) => activity);
  expect(mine).toContain('Sammanställa resultatet');
  expect(mine).not.toContain('Datainsamling (enkät)');
});

test.each(['invitation', 'reminder', 'welcome'] as const)('%s names whom to ask, unless that is the reader', (name) => {
  const written = (reader: string) =>
    JSON.stringify(sampleCard(name, 'nb', { person: reader, convenor: contactFor(coreGroup, reader) }));
  expect(written('Tove Lind')).toContain('Ta kontakt med Maja Ek');
  expect(written('Maja Ek')).not.toContain('Ta kontakt');
});

test.each([
  ['NO', 'Europe/Oslo', 'no-helsepersonell-48'],
  ['FI', 'Europe/Helsinki', 'se-legitimation-2023'],
])('a group that begins in %s rates its own list when there is one', (country, timeZone, list) => {
  const draft: StoredDraft['draft'] = {
    name: 'Kompetanse',
    home: { language: 'nb', timeZone, country },
    rows: [{ line: 1, title: 'Datainnsamling (spørreskjema)', owners: 'Alle', due: '12.10–7.11', links: [] }],
    decided: '2022-09-23',
    people: [],
    charter: '',
    convenor: null,
    names: {},
    fixes: {},
  };
  const read = readDraft(draft, { today: Temporal.PlainDate.from('2022-09-26'), isHoliday: () => null });
  if (!read.ok) expect.fail();
  const stored = { draft, author: { platform: 'teams', tenant: 't', user: 'u' } } as StoredDraft;
  const now = Temporal.Instant.from('2022-09-26T06:00:00Z');
  const group = groupOf(stored, read.rows, { channel: 'c', name: 'k' }, 'u', now);
  expect(group.activities.map(({ kind, catalogue }) => [kind, catalogue])).toEqual([['collection', list]]);
});
