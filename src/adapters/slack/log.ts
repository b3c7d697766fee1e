import { type Logger, LogLevel } from '@slack/bolt';

/** The part of a pino logger that the adapter uses. */
export type Log = {
  debug(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
};

export const silent: Log = { debug() {}, warn() {}, error() {} };

/** Bolt's and the Web API client's own words, without the payloads they would add at debug level. */
export function sdkLogger(log: Log): Logger {
  const words = (parts: unknown[]) =>
    parts.map((part) => (part instanceof Error ? part.message : typeof part === 'string' ? part : '')).join(' ');
  return {
    debug() {},
    info() {},
    warn: (...parts) => log.warn({ from: 'slack-sdk' }, words(parts)),
    error: (...parts) => log.error({ from: 'slack-sdk' }, words(parts)),
    setLevel() {},
    getLevel: () => LogLevel.WARN,
    setName() {},
  };
}
