import { describe, expect, it } from 'vitest';
import { hasHolidays, holidayName } from '../../../src/adapters/calendar/holidays.ts';

const on = (country: string, date: string) => holidayName(country, Temporal.PlainDate.from(date));

describe('Swedish days off', () => {
  it('Midsommarafton, Julafton and Nyårsafton are off, though no law says so', () => {
    expect(on('SE', '2022-06-24')).toBe('midsommarafton');
    expect(on('SE', '2022-12-24')).toBe('julafton');
    expect(on('SE', '2022-12-31')).toBe('nyårsafton');
  });

  it('half-day eves are working days: Allhelgonaafton, trettondagsafton, skärtorsdag, Valborg', () => {
    for (const date of ['2022-11-04', '2022-01-05', '2022-04-14', '2022-04-29']) expect(on('SE', date)).toBeNull();
  });

  it('the day after Allhelgonaafton is off', () => expect(on('SE', '2022-11-05')).toBe('alla helgons dag'));

  it('Lucia and other observances are working days', () => expect(on('SE', '2022-12-13')).toBeNull());
});

describe('the neighbours differ', () => {
  it('Maundy Thursday is off in Norway and Denmark, not in Sweden or Finland', () => {
    expect(on('NO', '2022-04-14')).toBe('Skjærtorsdag');
    expect(on('DK', '2022-04-14')).toBe('Skærtorsdag');
    expect(on('FI', '2022-04-14')).toBeNull();
  });

  it('national days belong to one country only', () => {
    expect(on('NO', '2022-05-17')).toBe('Grunnlovsdagen');
    expect(on('SE', '2022-05-17')).toBeNull();
    expect(on('FI', '2022-12-06')).toBe('itsenäisyyspäivä');
    expect(on('SE', '2022-12-06')).toBeNull();
  });

  it('Danish Store Bededag stopped being off in 2024', () => {
    expect(on('DK', '2023-05-05')).toBe('Store Bededag');
    expect(on('DK', '2024-04-26')).toBeNull();
  });

  it('a country in lower case is the same country', () => expect(on('se', '2022-06-06')).toBe('nationaldagen'));
});

describe('a holiday at the edge', () => {
  it('New Year belongs to the new year', () => {
    expect(on('SE', '2023-01-01')).toBe('nyårsdagen');
    expect(on('SE', '2022-12-30')).toBeNull();
  });

  it('an unknown country has no holidays and says that it is unknown', () => {
    expect(on('XX', '2022-12-25')).toBeNull();
    expect(hasHolidays('XX')).toBe(false);
    expect(hasHolidays('fi')).toBe(true);
    expect(hasHolidays('constructor')).toBe(false);
  });

  it('a year far away does not throw', () => {
    expect(on('SE', '1900-12-25')).toBe('juldagen');
    expect(() => on('SE', '9999-12-25')).not.toThrow();
  });
});
