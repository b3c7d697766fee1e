import { type Method, SlackError } from './api.ts';
import type { Desk } from './desk.ts';
import { paged } from './methods-conversations.ts';
import type { State } from './state.ts';

const locales = { sv: 'sv-SE', nb: 'nb-NO', en: 'en-GB', fi: 'fi-FI' } as const;

/** users.info, users.list, users.lookupByEmail. */
export function userMethods({ state, access }: Desk): Record<string, Method> {
  type Person = State['people'] extends Map<string, infer P> ? P : never;
  const described = (person: Person) => ({
    id: person.user,
    team_id: state.team,
    name: person.key,
    real_name: person.name,
    deleted: !person.active,
    is_bot: false,
    tz: person.timeZone,
    locale: locales[person.language],
    profile: {
      real_name: person.name,
      ...(access.scopes.includes('users:read.email') ? { email: mailOf(person) } : {}),
    },
  });
  return {
    'users.info': (args) => {
      if (args.user === state.bot.user) return { user: { id: state.bot.user, name: 'rond', is_bot: true } };
      const person = state.people.get(String(args.user ?? ''));
      if (!person) throw new SlackError('user_not_found');
      return { user: described(person) };
    },
    'users.list': (args) => paged('members', [...state.people.values()].map(described), args),
    'users.lookupByEmail': (args) => {
      const person = [...state.people.values()].find((one) => mailOf(one) === args.email && one.active);
      if (!person) throw new SlackError('users_not_found');
      return { user: described(person) };
    },
  };
}

const mailOf = (person: { key: string }) => `${person.key}@example.com`;
