import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEmbedded } from '../../adapters/postgres/embedded.ts';
import { type Examined, examine } from '../../adapters/postgres/examine.ts';
import type { Config } from '../../config.ts';
import { type Finding, fault, ok } from './finding.ts';

const migrations = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));
const name = 'rond';

export type DatabaseSeen = {
  findings: Finding[];
  /** Null when nothing could be asked of it. */
  seen: Examined | null;
  url: string | null;
  close(): Promise<void>;
};

export async function lookAtDatabase(
  config: Pick<Config, 'databaseUrl' | 'data'>,
  now: () => Temporal.Instant,
): Promise<DatabaseSeen> {
  const nothing = { seen: null, url: null, close: async () => {} };
  if (!config.databaseUrl && !existsSync(join(config.data, 'postgres', 'data', 'PG_VERSION'))) {
    return { ...nothing, findings: [toBeMade(config.data)] };
  }
  try {
    const own = config.databaseUrl ? null : await openEmbedded(config.data);
    const url = config.databaseUrl ?? (await own?.url(name)) ?? '';
    const close = async () => own?.leave();
    try {
      const seen = await examine(url, migrations, now);
      return { seen, url, close, findings: judged(seen, own ? `Rond's own, in ${config.data}` : hostOf(url)) };
    } catch (error) {
      return { ...nothing, close, findings: [unreachable(error as Error & { code?: string }, hostOf(url))] };
    }
  } catch (error) {
    const remedy = 'Stop what else uses the directory, or set ROND_DATA to another; or set DATABASE_URL.';
    return { ...nothing, findings: [fault('database', (error as Error).message, remedy)] };
  }
}

function judged({ version, fsync, synchronousCommit, encoding, migrations }: Examined, where: string): Finding[] {
  const findings: Finding[] = [ok('database', `PostgreSQL ${version} answers (${where})`)];
  if (!fsync || !synchronousCommit) {
    const setting = fsync ? 'synchronous_commit' : 'fsync';
    findings.push(
      fault(
        'database',
        `${setting} is off: answers that were acknowledged are lost when the machine stops`,
        `Set ${setting} = on in postgresql.conf and reload the server.`,
      ),
    );
  }
  if (encoding !== 'UTF8') {
    const remedy = "Make a new database: create database rond encoding 'UTF8' template template0.";
    findings.push(fault('database', `is encoded in ${encoding}: å, ä and ö cannot be kept`, remedy));
  }
  if ('refused' in migrations) {
    const [what = '', remedy = ''] = migrations.refused.split(/(?<=\.) (?=Run|Restore)/);
    findings.push(fault('database', what, remedy || 'Use a database that only Rond uses.'));
  } else if (migrations.pending.length > 0) {
    const { pending } = migrations;
    const many = pending.length === 1 ? 'one migration' : `${pending.length} migrations`;
    findings.push(ok('database', `${many} will be applied at the next start: ${pending.join(', ')}`));
  } else findings.push(ok('database', 'is migrated'));
  return findings;
}

function toBeMade(data: string): Finding {
  let directory = data;
  while (!existsSync(directory) && dirname(directory) !== directory) directory = dirname(directory);
  try {
    accessSync(directory, constants.W_OK);
    return ok('database', `Rond's own will be made in ${data} at the first start`);
  } catch {
    const remedy = 'Give the user that runs Rond the right to write there, or set ROND_DATA to another directory.';
    return fault('database', `Rond's own cannot be made: ${directory} is not to be written in`, remedy);
  }
}

const remedies: Record<string, [what: string, remedy: string]> = {
  ECONNREFUSED: ['nobody listens there', 'Start PostgreSQL, or correct host and port in DATABASE_URL.'],
  ENOTFOUND: ['there is no such host', 'Correct the host in DATABASE_URL.'],
  ETIMEDOUT: [
    'it does not answer',
    'Let the firewall through to the database, or correct host and port in DATABASE_URL.',
  ],
  '28P01': [
    'the password is wrong',
    'Correct user and password in DATABASE_URL; characters as @ and / are written %40 and %2F.',
  ],
  '28000': ['the user may not connect', 'Correct the user in DATABASE_URL, or let it in by pg_hba.conf.'],
  '3D000': ['there is no such database', 'Make it (create database rond), or correct its name in DATABASE_URL.'],
  '42501': ['the user may not do what Rond needs', 'Make the user owner of the database.'],
};

function unreachable(error: Error & { code?: string }, where: string): Finding {
  const [what, remedy] = remedies[error.code ?? ''] ?? [
    error.message || 'it does not answer',
    'Check DATABASE_URL, and that the server runs.',
  ];
  return fault('database', `cannot be used (${where}): ${what}${error.code ? ` (${error.code})` : ''}`, remedy);
}

/** Without user and password. */
function hostOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.host}${parsed.pathname}` : 'DATABASE_URL';
}
