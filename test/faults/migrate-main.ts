/** Migrates and says when it is in the middle of it: a process to be killed there. */

import { connect } from '../../src/adapters/postgres/connect.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';

const [url = '', directory = ''] = process.argv.slice(2);
const database = connect(url, 2);
const migrating = migrate(database.pool, directory);
const looking = setInterval(async () => {
  const asleep = await database.pool.query(
    `select 1 from pg_stat_activity where datname = current_database() and state = 'active' and wait_event = 'PgSleep'`,
  );
  if (asleep.rowCount) process.send?.('in the middle');
}, 20);
await migrating;
clearInterval(looking);
await database.close();
