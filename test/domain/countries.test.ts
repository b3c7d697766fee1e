import Holidays from 'date-holidays';
import { describe, expect, it } from 'vitest';
import { hasHolidays } from '../../src/adapters/calendar/holidays.ts';
import { countryOfZone, homeCountries, zoneOfCountry } from '../../src/domain/countries.ts';

/** The library gives these the clock of a neighbour, which goes as their own does. */
const sharesClock: Record<string, string> = { HR: 'Europe/Belgrade', LI: 'Europe/Zurich', SI: 'Europe/Belgrade' };

describe.each(homeCountries)('%s', (country) => {
  it('has holidays, and the zone most people live in is the one that the holidays are reckoned in', () => {
    expect(hasHolidays(country)).toBe(true);
    const [zone] = new Holidays(country).getTimezones();
    expect(sharesClock[country] ?? zoneOfCountry(country)).toBe(zone);
    expect(countryOfZone(zoneOfCountry(country) ?? '')).toBe(country);
  });
});
