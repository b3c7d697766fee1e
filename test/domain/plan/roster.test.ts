import { describe, expect, it } from 'vitest';
import { namedConvenor, peopleOf } from '../../../src/domain/plan/roster.ts';

const person = (user: string, name: string) => ({ user, name, mail: null, language: null, timeZone: null });
const people = [
  { key: 'maja-ek', name: 'Maja Ek' },
  { key: 'tove-lind', name: 'Tove Lind' },
  { key: 'tove-alm', name: 'Tove Alm' },
];

describe('who convenes', () => {
  it.each([
    ['Sammankallande: Maja Ek', 'maja-ek'],
    ['Sammankallande är Maja, Ådala kommun', null],
    ['Sammankallande – Maja (Ådala kommun)', 'maja-ek'],
    ['Maja Ek (sammankallande), Tove', 'maja-ek'],
    ['Leder: Maja Ek', 'maja-ek'],
    ['Koollekutsuja: Maja Ek', 'maja-ek'],
    ['Convenor\tMaja Ek', 'maja-ek'],
    ['Arbetet leds av Maja Ek och utskottet', 'maja-ek'],
    ['Sammankallande: Tove', null],
    ['Sammankallande: Maja Ek och Tove Alm', null],
    ['Sammankallande: Per Ek', null],
    ['Maja Ek leverar rapporten', null],
    ['', null],
  ])('%j → %s', (text, key) => {
    expect(namedConvenor(`Uppdrag\n${text}\nAktiviteter`, people)?.key ?? null).toBe(key);
  });
});

describe('people of a channel', () => {
  it('have keys of their own, also when two have one name', () => {
    const found = peopleOf([person('u1', 'Åsa Öberg'), person('u2', 'Asa Oberg')], []);
    expect(found.map(({ key, left }) => [key, left])).toEqual([
      ['asa-oberg', false],
      ['asa-oberg-2', false],
    ]);
  });

  it('keep the key they have as members; who is gone is there as gone, who is reached elsewhere is not', () => {
    const members = [
      { key: 'asa', name: 'Åsa Öberg', user: 'u1' },
      { key: 'per', name: 'Per Ek', user: 'u9' },
      { key: 'liv', name: 'Liv Dahl', user: null },
    ];
    const found = peopleOf([person('u1', 'Åsa Ö')], members);
    expect(found.map(({ key, left }) => [key, left])).toEqual([
      ['asa', false],
      ['per', true],
      ['liv', false],
    ]);
  });
});
