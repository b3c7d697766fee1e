/** A calendar program: fetches, and reads with somebody else's parser. */

import ical, { type VEvent } from 'node-ical';

export async function fetched(link: string, headers: Record<string, string> = {}) {
  const response = await fetch(link, { headers });
  const text = await response.text();
  const events = Object.values(ical.sync.parseICS(text)).filter((one): one is VEvent => one?.type === 'VEVENT');
  const said = (value: unknown) =>
    typeof value === 'string' ? value : String((value as { val?: string } | undefined)?.val ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    events: events.map((event) => ({
      uid: event.uid,
      sequence: Number(event.sequence ?? 0),
      summary: said(event.summary),
      first: isoDay(event.start),
      /** As it stands there: the day after the last one. */
      until: isoDay(event.end as Date),
    })),
  };
}

/** Days are read as midnight of this machine's zone. */
const isoDay = (date: Date) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
