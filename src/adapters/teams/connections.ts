import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';

/** `code` of the error when no connection came about in time: nothing was sent. */
export const connectTimeout = 'ECONNECTTIMEOUT';

/**
 * An idle connection is closed by us before the far end does it: a request written into a connection that is being closed
 * fails in a way that cannot be told from "sent, then lost".
 */
const settings = { keepAlive: true, timeout: 4000, maxSockets: 64 };

function limitConnect<Socket extends Duplex | null | undefined>(
  socket: Socket,
  made: string,
  withinMs: number,
): Socket {
  if (!socket) return socket;
  const timer = setTimeout(() => {
    socket.destroy(Object.assign(new Error('no connection in time'), { code: connectTimeout }));
  }, withinMs);
  const stop = () => clearTimeout(timer);
  socket.once(made, stop).once('close', stop);
  return socket;
}

class HttpAgent extends http.Agent {
  readonly #connectWithinMs: number;
  constructor(connectWithinMs: number) {
    super(settings);
    this.#connectWithinMs = connectWithinMs;
  }
  override createConnection(...args: Parameters<http.Agent['createConnection']>) {
    return limitConnect(super.createConnection(...args), 'connect', this.#connectWithinMs);
  }
}

class HttpsAgent extends https.Agent {
  readonly #connectWithinMs: number;
  constructor(connectWithinMs: number) {
    super(settings);
    this.#connectWithinMs = connectWithinMs;
  }
  override createConnection(...args: Parameters<https.Agent['createConnection']>) {
    return limitConnect(super.createConnection(...args), 'secureConnect', this.#connectWithinMs);
  }
}

export type Connections = { agentFor(url: string): http.Agent; close(): void };

/** Kept-alive connections of one adapter; a connection that does not come about fails before anything is sent. */
export function openConnections(connectWithinMs = 5000): Connections {
  const plain = new HttpAgent(connectWithinMs);
  const secure = new HttpsAgent(connectWithinMs);
  return {
    agentFor: (url) => (url.startsWith('https:') ? secure : plain),
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}
