import Holidays from 'date-holidays';

/** Days off: public holidays, and the bank days people have off in practice (Midsommarafton, Julafton, Nyårsafton). */
const daysOff = ['public', 'bank'];

/** Country and year → ISO date → the day's name. Working a year out takes milliseconds, and every send asks. */
const known = new Map<string, ReadonlyMap<string, string>>();

/**
 * The name of the holiday on `date` in `country` (ISO 3166-1 alpha-2), in the country's own language; null on other days.
 * Half-day eves such as Allhelgonaafton or the Swedish skärtorsdag are working days. A country nobody has holidays for
 * has none: ask `hasHolidays` where a person gives the country.
 */
export function holidayName(country: string, date: Temporal.PlainDate): string | null {
  const key = `${country.toUpperCase()} ${date.year}`;
  let year = known.get(key);
  if (!year) {
    year = namesOf(country.toUpperCase(), date.year);
    known.set(key, year);
  }
  return year.get(date.toString()) ?? null;
}

/** Whether holidays are known for this country (ISO 3166-1 alpha-2, either case). */
export function hasHolidays(country: string): boolean {
  return Object.hasOwn(new Holidays().getCountries(), country.toUpperCase());
}

function namesOf(country: string, year: number): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  if (!hasHolidays(country)) return names;
  for (const day of new Holidays(country).getHolidays(year)) {
    if (!daysOff.includes(day.type)) continue;
    const first = Temporal.PlainDate.from(day.date.slice(0, 10));
    // Some countries' holidays last several days; clock changes make a day 23 or 25 hours.
    const days = Math.max(1, Math.round((day.end.getTime() - day.start.getTime()) / 86_400_000));
    for (let n = 0; n < days; n++) {
      const date = first.add({ days: n }).toString();
      if (!names.has(date)) names.set(date, day.name);
    }
  }
  return names;
}
