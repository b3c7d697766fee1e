import { createServer, get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { connectTimeout, openConnections } from '../../../src/adapters/teams/connections.ts';

const listening = (server: ReturnType<typeof createTcpServer>) =>
  new Promise<number>((ready) => server.listen(0, '127.0.0.1', () => ready((server.address() as AddressInfo).port)));

test('a far end that takes the call and says nothing: no connection came about, and that is what it is called', async () => {
  const sockets: Socket[] = [];
  const mute = createTcpServer((socket) => sockets.push(socket.on('error', () => undefined)));
  const url = `https://127.0.0.1:${await listening(mute)}/`;
  const connections = openConnections(200);
  const error = await new Promise<NodeJS.ErrnoException>((fail) =>
    getSecure(url, { agent: connections.agentFor(url) }).on('error', fail),
  );
  expect(error.code).toBe(connectTimeout);
  connections.close();
  for (const socket of sockets) socket.destroy();
  mute.close();
});

test('an answer that takes longer than a connection may take is waited for', async () => {
  const slow = createServer((_request, response) => setTimeout(() => response.end('at last'), 400));
  const url = `http://127.0.0.1:${await listening(slow)}/`;
  const connections = openConnections(200);
  const status = await new Promise((done, fail) =>
    getPlain(url, { agent: connections.agentFor(url) }, (response) => {
      response.resume().on('end', () => done(response.statusCode));
    }).on('error', fail),
  );
  expect(status).toBe(200);
  connections.close();
  slow.close();
});
