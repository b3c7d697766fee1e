/** Which country a time zone lies in. Source: the tz database's zone.tab, of Europe. */

/** ISO 3166-1 alpha-2 → its zones (IANA), where most of its people live first. */
const zonesOf: Record<string, readonly [string, ...string[]]> = {
  AT: ['Europe/Vienna'],
  BE: ['Europe/Brussels'],
  BG: ['Europe/Sofia'],
  CH: ['Europe/Zurich'],
  CY: ['Asia/Nicosia', 'Asia/Famagusta'],
  CZ: ['Europe/Prague'],
  DE: ['Europe/Berlin', 'Europe/Busingen'],
  DK: ['Europe/Copenhagen'],
  EE: ['Europe/Tallinn'],
  ES: ['Europe/Madrid', 'Africa/Ceuta', 'Atlantic/Canary'],
  FI: ['Europe/Helsinki', 'Europe/Mariehamn'],
  FO: ['Atlantic/Faroe'],
  FR: ['Europe/Paris'],
  GB: ['Europe/London'],
  GR: ['Europe/Athens'],
  HR: ['Europe/Zagreb'],
  HU: ['Europe/Budapest'],
  IE: ['Europe/Dublin'],
  IS: ['Atlantic/Reykjavik'],
  IT: ['Europe/Rome'],
  LI: ['Europe/Vaduz'],
  LT: ['Europe/Vilnius'],
  LU: ['Europe/Luxembourg'],
  LV: ['Europe/Riga'],
  MT: ['Europe/Malta'],
  NL: ['Europe/Amsterdam'],
  NO: ['Europe/Oslo', 'Arctic/Longyearbyen'],
  PL: ['Europe/Warsaw'],
  PT: ['Europe/Lisbon', 'Atlantic/Madeira', 'Atlantic/Azores'],
  RO: ['Europe/Bucharest'],
  SE: ['Europe/Stockholm'],
  SI: ['Europe/Ljubljana'],
  SK: ['Europe/Bratislava'],
};

const countries = new Map(
  Object.entries(zonesOf).flatMap(([country, zones]) => zones.map((zone) => [zone, country] as const)),
);

/** ISO 3166-1 alpha-2 codes of the countries a group can be at home in, in no order for people. */
export const homeCountries: readonly string[] = Object.keys(zonesOf);

/** The country of an IANA zone; null outside Europe. */
export const countryOfZone = (zone: string): string | null => countries.get(zone) ?? null;

/** The zone most of the country's people live in; null outside Europe. */
export const zoneOfCountry = (country: string): string | null => zonesOf[country]?.[0] ?? null;
