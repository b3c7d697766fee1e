/** Dates in words, in the group's zone. */

let zone = 'UTC';
export function setZone(name) {
  zone = name;
}

const written = (instant, options) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options }).format(new Date(instant));

export const longDate = (instant) =>
  written(instant, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });

export const shortDate = (instant) =>
  written(instant, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** For <input type="datetime-local">. */
export const inputDate = (instant) =>
  written(instant, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).replace(/^(\d+)\/(\d+)\/(\d+), /, '$3-$2-$1T');
