/** The small checks that block and element limits are made of; each reports a JSON pointer and Slack's words. */

export type Json = Record<string, unknown>;
export type Report = (pointer: string, message: string) => void;
export type Surface = 'message' | 'modal' | 'home';

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export function plainText(value: unknown, most: number, at: string, report: Report) {
  if (!isObject(value) || value.type !== 'plain_text') return report(at, 'must be plain_text');
  textObject(value, most, at, report);
}

export function textObject(value: unknown, most: number, at: string, report: Report) {
  if (!isObject(value) || typeof value.text !== 'string') return report(at, 'must be a text object');
  if (value.type !== 'plain_text' && value.type !== 'mrkdwn') report(`${at}/type`, 'must be plain_text or mrkdwn');
  if (value.text.length === 0) report(`${at}/text`, 'must be more than 0 characters');
  atMost(value.text, most, `${at}/text`, report);
}

export function atMost(value: unknown, most: number, at: string, report: Report) {
  if (typeof value !== 'string') return report(at, 'must be a string');
  if (value.length > most) report(at, `must be less than ${most + 1} characters`);
}

export function count(values: unknown[], most: number, at: string, report: Report) {
  if (values.length > most) report(at, `no more than ${most} items allowed`);
}

export function nonEmpty(value: unknown, most: number, at: string, report: Report) {
  if (listOf(value).length === 0) report(at, 'no fewer than 1 item allowed');
  count(listOf(value), most, at, report);
}
