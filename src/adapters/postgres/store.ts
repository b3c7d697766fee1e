/** The store port on PostgreSQL. */

import type { Contacts } from '../../ports/contacts.ts';
import type { Settings, Store } from '../../ports/store.ts';
import { answerStore } from './answers.ts';
import { calendarLinks } from './calendar-links.ts';
import type { Database } from './connect.ts';
import { contacts } from './contacts.ts';
import { draftStore } from './drafts.ts';
import { groupStore } from './groups.ts';
import { ledger } from './ledger.ts';
import { peopleStore } from './people.ts';
import { planStore } from './plans.ts';
import { reachStore } from './reach.ts';
import { steeringStore } from './steering.ts';
import type { Worker } from './worker.ts';

export function createStore(database: Database, worker: Worker): Store & { contacts: Contacts } {
  const groups = groupStore(database);
  return {
    groups,
    ledger: ledger(database, worker),
    answers: answerStore(database),
    plans: planStore(database),
    people: peopleStore(database),
    reach: reachStore(database),
    settings: settings(database),
    steering: steeringStore(database, groups.load),
    drafts: draftStore(database),
    calendars: calendarLinks(database),
    contacts: contacts(database),
    async ping() {
      await database.pool.query('select 1');
    },
  };
}

function settings({ prisma }: Database): Settings {
  return {
    async get(key) {
      return (await prisma.setting.findUnique({ where: { key } }))?.value ?? null;
    },
    async set(key, value) {
      const json = value as never;
      await prisma.setting.upsert({
        where: { key },
        create: { key, value: json },
        update: { value: json },
      });
    },
  };
}
