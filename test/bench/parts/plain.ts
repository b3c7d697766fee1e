/** A bare HTTP server that reads a request and says 200: how much the load generator itself can give. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ready } from './part.ts';

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.end('ok'));
});
server.listen(0, '127.0.0.1', () => ready({ port: (server.address() as AddressInfo).port }));
