import { expect, test } from 'vitest';
import type { Draft } from '../../../src/domain/plan/draft.ts';
import { withPeopleNow } from '../../../src/domain/plan/people-now.ts';
import type { Person } from '../../../src/domain/plan/roster.ts';

const person = (key: string, user: string, name = key): Person => ({
  ...{ key, user, name, mail: null, language: null, timeZone: null, left: false },
});
const member = (key: string, user: string | null) => ({ key, name: key, user });
const draft = (people: Person[], more: Partial<Draft> = {}): Draft => ({
  name: 'Grupp',
  home: { language: 'sv', timeZone: 'Europe/Stockholm', country: 'SE' },
  rows: [],
  decided: null,
  people,
  charter: '',
  convenor: null,
  names: {},
  fixes: {},
  ...more,
});
const keysIn = ({ people }: Draft) => people.map(({ key, user }) => `${key} ${user}`.trim());

test('nobody has come or gone: nothing is another', () => {
  const before = draft([person('a', 'U1'), person('b', 'U2'), person('c', '')], {
    names: { Anna: 'b' },
    fixes: { 1: { owners: ['a', 'b'] }, 2: { owners: 'all', kind: 'task' }, 3: { owners: [] } },
  });
  expect(withPeopleNow(before, [member('a', 'U1'), member('c', null)], [])).toEqual(before);
});

test('a newcomer’s key that is somebody else’s by now, or was: another one, wherever the draft names them', () => {
  const before = draft([person('anna', 'U1'), person('bo', 'U2')], {
    names: { Anna: 'anna' },
    fixes: { 1: { owners: ['anna', 'bo'] } },
  });
  const after = withPeopleNow(before, [member('anna', 'U9')], [{ key: 'bo', user: 'U8' }]);
  expect(keysIn(after)).toEqual(['anna-2 U1', 'bo-2 U2', 'anna U9']);
  expect(after.names).toEqual({ Anna: 'anna-2' });
  expect(after.fixes).toEqual({ 1: { owners: ['anna-2', 'bo-2'] } });
});

test('a newcomer who is a member by now has the member’s key, once', () => {
  const after = withPeopleNow(draft([person('anna', 'U1')], { names: { Anna: 'anna' } }), [member('ann', 'U1')], []);
  expect(keysIn(after)).toEqual(['ann U1']);
  expect(after.names).toEqual({ Anna: 'ann' });
});

test('whoever is in the group no more is nobody, and what was set right with them stands as it was read', () => {
  const before = draft([person('anna', 'U1'), person('bo', 'U2'), person('far', '')], {
    names: { Anna: 'anna', Bo: 'bo' },
    fixes: { 1: { owners: ['anna'], kind: 'task' }, 2: { owners: ['anna', 'bo'] }, 3: { owners: ['far'] } },
  });
  const gone = [
    { key: 'anna', user: 'U1' },
    { key: 'far', user: null },
  ];
  const after = withPeopleNow(before, [member('bo', 'U2')], gone);
  expect(keysIn(after)).toEqual(['bo U2']);
  expect(after.names).toEqual({ Bo: 'bo' });
  expect(after.fixes).toEqual({ 1: { kind: 'task' }, 2: { owners: ['bo'] }, 3: {} });
});

test('removed and back: a member as before', () => {
  const after = withPeopleNow(draft([person('anna', 'U1')]), [member('anna', 'U1')], [{ key: 'old', user: 'U1' }]);
  expect(keysIn(after)).toEqual(['anna U1']);
});
