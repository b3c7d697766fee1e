/** What there is to know of a database before Rond runs on it; nothing is changed. */

import type { Installation } from '../../ports/installations.ts';
import { connect } from './connect.ts';
import { installations } from './installations.ts';
import { pendingMigrations } from './migrate.ts';

export type Examined = {
  /** "18.1". */
  version: string;
  fsync: boolean;
  synchronousCommit: boolean;
  encoding: string;
  /** What time it was there when it was so late here. */
  clock: { theirs: Temporal.Instant; ours: Temporal.Instant };
  /** Migrations the next start will apply, or the sentence why it would refuse. */
  migrations: { pending: string[] } | { refused: string };
};

/** Rejects with pg's error when the server does not answer. */
export async function examine(url: string, migrations: string, now: () => Temporal.Instant): Promise<Examined> {
  const database = connect(url, 1);
  try {
    const { rows: settings } = await database.pool.query(
      `select current_setting('server_version') as version, current_setting('fsync') as fsync,
        current_setting('synchronous_commit') as commit, current_setting('server_encoding') as encoding`,
    );
    const before = now();
    const { rows: times } = await database.pool.query('select extract(epoch from clock_timestamp()) * 1000 as now');
    const took = now().since(before).total('milliseconds');
    const [setting] = settings;
    return {
      version: String(setting.version).split(' ')[0] ?? '',
      fsync: setting.fsync === 'on',
      synchronousCommit: setting.commit !== 'off',
      encoding: setting.encoding,
      clock: {
        theirs: Temporal.Instant.fromEpochMilliseconds(Math.round(Number(times[0].now))),
        ours: before.add({ milliseconds: Math.round(took / 2) }),
      },
      migrations: await pendingMigrations(database.pool, migrations).then(
        (pending) => ({ pending }),
        (error: Error) => ({ refused: error.message }),
      ),
    };
  } finally {
    await database.close();
  }
}

/** The workspaces that let Rond in. Rejects when a token cannot be opened with these keys. */
export async function readInstallations(url: string, keys: readonly Buffer[]): Promise<Installation[]> {
  const database = connect(url, 1);
  try {
    return await installations(database, keys).all();
  } finally {
    await database.close();
  }
}
