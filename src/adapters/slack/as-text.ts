/**
 * A view or blocks for the Web API client, as the JSON text that is sent in any case. Given an object, the client copies all of
 * it for a log that is off before it makes the same text.
 */
export function asText<T>(value: T): T {
  return JSON.stringify(value) as unknown as T;
}
