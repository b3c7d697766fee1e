import { describe, expect, test } from 'vitest';
import { holidayName } from '../../src/adapters/calendar/holidays.ts';
import {
  addWorkingDays,
  civil,
  endOfDay,
  isWorkingDay,
  nextWorkingDay,
  previousWorkingDay,
} from '../../src/domain/calendar.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const nine = Temporal.PlainTime.from('09:00');

describe('working days', () => {
  test.each([
    ['2022-11-04', 'SE', true, 'Allhelgonaafton is a working morning'],
    ['2022-11-05', 'SE', false, 'Saturday'],
    ['2022-06-24', 'SE', false, 'Midsommarafton'],
    ['2022-06-24', 'NO', true, 'an ordinary Friday in Norway'],
    ['2022-12-26', 'SE', false, 'annandag jul'],
    ['2022-12-27', 'SE', true, 'a day between the holidays'],
    ['2022-12-06', 'FI', false, 'Finland’s independence day'],
    ['2022-12-06', 'SE', true, 'an ordinary Tuesday in Sweden'],
  ])('%s in %s: %s (%s)', (date, country, expected) => {
    expect(isWorkingDay(country, day(date), holidayName)).toBe(expected);
  });

  test('around a weekend and around Christmas', () => {
    expect(`${nextWorkingDay('SE', day('2022-10-12'), holidayName)}`).toBe('2022-10-12');
    expect(`${nextWorkingDay('SE', day('2022-12-24'), holidayName)}`).toBe('2022-12-27');
    expect(`${previousWorkingDay('SE', day('2022-11-07'), 1, holidayName)}`).toBe('2022-11-04');
    expect(`${previousWorkingDay('SE', day('2022-12-27'), 2, holidayName)}`).toBe('2022-12-22');
    expect(`${addWorkingDays('SE', day('2022-12-23'), 1, holidayName)}`).toBe('2022-12-27');
    expect(`${addWorkingDays('SE', day('2022-12-13'), 7, holidayName)}`).toBe('2022-12-22');
  });

  test('a country where every day is off is refused instead of searched for ever', () => {
    expect(() => nextWorkingDay('XX', day('2022-10-12'), () => 'holiday')).toThrow(RangeError);
  });
});

describe('civil time', () => {
  test.each([
    ['2022-10-28', '2022-10-28T07:00:00Z'],
    ['2022-10-31', '2022-10-31T08:00:00Z'],
    ['2023-03-24', '2023-03-24T08:00:00Z'],
    ['2023-03-27', '2023-03-27T07:00:00Z'],
  ])('nine in Stockholm on %s is %s', (date, instant) => {
    expect(`${civil(day(date), nine, 'Europe/Stockholm')}`).toBe(instant);
  });

  test('an hour that the clock change leaves out is the hour after; one that comes twice is the first', () => {
    const half = Temporal.PlainTime.from('02:30');
    expect(`${civil(day('2023-03-26'), half, 'Europe/Stockholm')}`).toBe('2023-03-26T01:30:00Z');
    expect(`${civil(day('2022-10-30'), half, 'Europe/Stockholm')}`).toBe('2022-10-30T00:30:00Z');
  });

  test('a day ends where the next one starts, also where that is not at midnight', () => {
    expect(`${endOfDay(day('2022-11-07'), 'Europe/Stockholm')}`).toBe('2022-11-07T23:00:00Z');
    // Beirut goes from 23:59 to 01:00.
    expect(`${endOfDay(day('2022-03-26'), 'Asia/Beirut')}`).toBe('2022-03-26T22:00:00Z');
  });
});
