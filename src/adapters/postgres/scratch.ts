/** A database for one run, on the server of another. */

import pg from 'pg';

/**
 * Creates `name` on the server of `url` and returns its address. `template`: a database there that it is a copy of, file by file;
 * for whoever makes many, as that takes a third of the work but a checkpoint of the server.
 */
export async function createDatabase(url: string, name: string, template?: string): Promise<string> {
  await onServer(url, (client) =>
    client.query(
      `create database ${client.escapeIdentifier(name)}${template ? ` template ${client.escapeIdentifier(template)} strategy file_copy` : ''}`,
    ),
  );
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.toString();
}

/** Drops it, ending whatever is still connected. */
export async function dropDatabase(url: string): Promise<void> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  await onServer(url, (client) =>
    client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`),
  );
}

async function onServer(url: string, use: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const server = new URL(url);
  server.pathname = '/postgres';
  const client = new pg.Client({ connectionString: server.toString(), application_name: 'rond' });
  client.on('error', () => {});
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
