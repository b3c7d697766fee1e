import { expect, test } from 'vitest';
import { holidayName } from '../../../src/adapters/calendar/holidays.ts';
import type { Group } from '../../../src/domain/group.ts';
import { emptyState } from '../../../src/domain/state.ts';
import type { Command } from '../../../src/domain/steering/command.ts';
import { sceneFor } from '../../../src/domain/steering/deed.ts';
import { steer } from '../../../src/domain/steering/steer.ts';
import { coreGroup } from '../../support/core-group.ts';

const now = Temporal.Instant.from('2022-10-03T08:00:00.750Z');
const since = Temporal.Instant.from('2022-09-28T08:00:00Z');
const linked: Group = { ...coreGroup, version: 3, calendar: { hash: 'old', since } };
const does = (group: Group, command: Command) =>
  steer(
    sceneFor(group, emptyState, now, null, holidayName, () => true),
    command,
  );

test('a first link, a new one in place of it, and none: each says from when to when', () => {
  const first = does({ ...linked, calendar: null }, { do: 'renew-calendar', hash: 'new', instead: null });
  expect(first).toMatchObject({
    ok: true,
    version: 3,
    group: { version: 3, calendar: { hash: 'new' } },
    edits: [{ field: 'calendar', from: null, to: '2022-10-03' }],
  });
  expect(first.ok === true && first.group.calendar?.since.toString()).toBe('2022-10-03T08:00:00Z');
  expect(does(linked, { do: 'renew-calendar', hash: 'new', instead: since })).toMatchObject({
    group: { calendar: { hash: 'new' } },
    edits: [{ from: '2022-09-28', to: '2022-10-03' }],
  });
  expect(does(linked, { do: 'revoke-calendar', instead: since })).toMatchObject({
    group: { calendar: null },
    edits: [{ from: '2022-09-28', to: null }],
  });
});

test('a link that somebody else has made meanwhile is not ended by who never saw it', () => {
  const changed = { ok: false, code: 'link-changed' };
  expect(does(linked, { do: 'renew-calendar', hash: 'new', instead: null })).toEqual(changed);
  expect(does(linked, { do: 'revoke-calendar', instead: since.add({ hours: 1 }) })).toEqual(changed);
  const none = { ...linked, calendar: null };
  expect(does(none, { do: 'renew-calendar', hash: 'new', instead: since })).toEqual(changed);
  expect(does(none, { do: 'revoke-calendar', instead: since })).toEqual({ ok: false, code: 'nothing-changes' });
});

test('no audit of it holds a hash', () => {
  const deed = does(linked, { do: 'renew-calendar', hash: 'never-told', instead: since });
  expect(JSON.stringify(deed.ok === true && [deed.edits, deed.subject, deed.subjectName])).not.toContain('never-told');
});
