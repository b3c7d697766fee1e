#!/usr/bin/env node
/**
 * Starts Rond from a clone with whatever Node is there (20 or newer): installs what is missing, then runs on the pinned Node.
 * Plain JavaScript, because the Node that reads it may be old.
 *
 *   rond.mjs <command …>            src/cli/main.ts
 *   rond.mjs --script <file> <…>    another TypeScript file of this project (tests, benchmark)
 */

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { prepare } from './prepare.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const needed = 26;
/**
 * Node's flags for the bot. A smaller young generation: it stays below 300 MB (measured), at no cost that shows. Collected without
 * helpers: where there are two cores, as Rond is made for, they take from PostgreSQL what they bring.
 */
const lean = JSON.parse(readFileSync(new URL('lean.json', import.meta.url), 'utf8'));

const given = process.argv.slice(2);
const isScript = given[0] === '--script';
const file = isScript ? resolve(root, given[1] ?? '') : join(root, 'src/cli/main.ts');
const args = isScript ? given.slice(2) : given;

// What has been compiled is kept: the next command takes a fifth less. Where nothing can be written, nothing is.
const cache = join(root, 'node_modules', '.cache', 'rond-compiled');
// The bot lives long: it carries no cache along, and two of the C library's arenas keep it some megabytes smaller (measured).
if (given[0] === 'start') process.env.MALLOC_ARENA_MAX ??= '2';
else process.env.NODE_COMPILE_CACHE ??= cache;

try {
  await prepare(root);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

if (Number(process.versions.node.split('.')[0]) >= needed) {
  // The same process goes on with the flag; where that cannot be had (Windows), without it.
  if (
    !isScript &&
    process.execve &&
    process.platform !== 'win32' &&
    !lean.every((flag) => process.execArgv.includes(flag))
  ) {
    process.execve(process.execPath, [process.execPath, ...lean, file, ...args], process.env);
  }
  if (process.env.NODE_COMPILE_CACHE) module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
  process.argv = [process.argv[0], file, ...args];
  await import(pathToFileURL(file).href);
} else {
  const pinned = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(pinned)) {
    console.error(
      `Rond runs on Node ${needed}; this is ${process.version}. Install Node ${needed}, or run "npm install" in ${root}.`,
    );
    process.exit(1);
  }
  const child = spawn(pinned, isScript ? [file, ...args] : [...lean, file, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 128 : 1)));
}
