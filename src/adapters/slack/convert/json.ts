/** Reading JSON that may be anything. */

export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A string as it stands, a number or boolean written out, else "". */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
const suspect = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ud800-\udfff]/;

/** Text as any reader of JSON takes it: no half characters, no control characters but line breaks and tabs. */
export function tidy(value: string): string {
  return suspect.test(value) ? value.toWellFormed().replace(control, '') : value;
}

/** A word of the card schema, which compares without case. */
export function word(value: unknown): string {
  return typeof value === 'string' && value.length < 100 ? value.toLowerCase() : '';
}

/** JSON text, or null for what has none (cycles, bigint). */
export function jsonOf(value: unknown): string | null {
  try {
    return JSON.stringify(value) ?? null;
  } catch {
    return null;
  }
}
