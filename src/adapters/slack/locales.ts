import type { Identity } from '../../domain/group.ts';
import type { Connection } from './connection.ts';
import { platformCode } from './errors.ts';

/** The language somebody has set in Slack, e.g. "nb-NO": Slack is asked once, then it is kept. Null when it does not say. */
export function localeOf({
  client,
  contacts,
  remember,
  log,
}: Pick<Connection, 'client' | 'contacts' | 'remember' | 'log'>): (who: Identity) => Promise<string | null> {
  return async (who) => {
    try {
      const contact = await contacts.get({ platform: 'slack', tenant: who.tenant, id: who.user });
      if (contact?.locale) return contact.locale;
      const { user } = await client.users.info({ user: who.user, include_locale: true });
      const locale = user?.locale ?? null;
      if (locale) remember(who, { locale, ...(user?.tz ? { timeZone: user.tz } : {}) });
      return locale;
    } catch (error) {
      log.warn({ code: platformCode(error) ?? 'no answer' }, 'Slack does not say which language somebody has set');
      return null;
    }
  };
}
