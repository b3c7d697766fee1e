import { describe, expect, it } from 'vitest';
import { readOwners, resolveOwner } from '../../../src/domain/plan/owners.ts';

const members = ['Maja Alm', 'Tove Lind Ek', 'Nils-Erik Berg', 'Åsa Öhman', 'Liisa Virtanen', 'Bo Alm'].map((name) => ({
  key: name,
  name,
}));
const who = (written: string) => {
  const found = resolveOwner(written, members);
  return found.is === 'one' ? found.member.name : found.is === 'many' ? found.candidates.map(({ name }) => name) : null;
};

describe('a cell of owners', () => {
  it.each([
    'Alla',
    'alle',
    'ALL',
    'samtliga',
    'Kaikki',
    'Hela gruppen',
    'everyone',
    'Alla medlemmar',
    'Alla (Maja sammankallar)',
    'Alla, Maja',
  ])('%s is everyone', (cell) => expect(readOwners(cell)).toBe('all'));
  it.each(['', ' ', '-', '–', '?', 'TBD', 'vakant', 'ej utsedd'])('%j is nobody', (cell) =>
    expect(readOwners(cell)).toEqual([]),
  );
  it.each([
    'Maja och Tove',
    'Maja, Tove',
    'Maja/Tove',
    'Maja & Tove',
    'Maja og Tove',
    'Maja ja Tove',
    'Maja and Tove',
    'Maja samt Tove',
    'Maja\nTove',
    'Maja; Tove?',
    'Maja, Tove, Maja',
  ])('%j is two', (cell) => expect(readOwners(cell)).toEqual(['Maja', 'Tove']));
  it('names are as written', () =>
    expect(readOwners('Maja Alm (region, kommun), Alma-Li')).toEqual(['Maja Alm (region, kommun)', 'Alma-Li']));
  it('"och" inside a name is no joint', () => expect(readOwners('Jochen, Roald')).toEqual(['Jochen', 'Roald']));
});

describe('which member a name is', () => {
  it.each([
    ['Maja', 'Maja Alm'],
    ['maja alm', 'Maja Alm'],
    ['Maja A.', 'Maja Alm'],
    ['M. Alm', 'Maja Alm'],
    ['Tove Ek', 'Tove Lind Ek'],
    ['Nils-Erik', 'Nils-Erik Berg'],
    ['Åsa'.normalize('NFD'), 'Åsa Öhman'],
    ['Virtanen', 'Liisa Virtanen'],
    ['Maja (sammankallande)', 'Maja Alm'],
  ])('%s is %s', (written, name) => expect(who(written)).toBe(name));

  it('a surname that two share is both, never the first', () => expect(who('Alm')).toEqual(['Maja Alm', 'Bo Alm']));
  it.each(['Nils', 'M', 'Alm Maja', 'Majas', '', '(Maja)'])('%j is nobody', (written) =>
    expect(who(written)).toBeNull(),
  );

  it('a full name wins over somebody whose name only begins so', () => {
    const two = ['Tove Lind', 'Tove Lind Ek'].map((name) => ({ key: name, name }));
    expect(resolveOwner('Tove Lind', two)).toMatchObject({ is: 'one', member: { name: 'Tove Lind' } });
    expect(resolveOwner('Tove', two)).toMatchObject({ is: 'many' });
  });

  it('a first name wins over the same surname', () => {
    const two = ['Alma Berg', 'Karl Alma'].map((name) => ({ key: name, name }));
    expect(resolveOwner('Alma', two)).toMatchObject({ is: 'one', member: { name: 'Alma Berg' } });
  });
});
