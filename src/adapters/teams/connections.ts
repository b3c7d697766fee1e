import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';

/** `code` of the error when no connection came about in time: nothing was sent. */
export const connectTimeout = 'ECONNECTTIMEOUT';

const connectWithinMs = 5000;
/**
 * An idle connection is closed by us before the far end does it: a request written into a connection that is being closed
 * fails in a way that cannot be told from "sent, then lost".
 */
const settings = { keepAlive: true, timeout: 4000, maxSockets: 64 };

function limitConnect<Socket extends Duplex | null | undefined>(socket: Socket, made: string): Socket {
  if (!socket) return socket;
  const timer = setTimeout(() => {
    socket.destroy(Object.assign(new Error('no connection in time'), { code: connectTimeout }));
  }, connectWithinMs);
  const stop = () => clearTimeout(timer);
  socket.once(made, stop).once('close', stop);
  return socket;
}

class HttpAgent extends http.Agent {
  override createConnection(...args: Parameters<http.Agent['createConnection']>) {
    return limitConnect(super.createConnection(...args), 'connect');
  }
}

class HttpsAgent extends https.Agent {
  override createConnection(...args: Parameters<https.Agent['createConnection']>) {
    return limitConnect(super.createConnection(...args), 'secureConnect');
  }
}

export type Connections = { agentFor(url: string): http.Agent; close(): void };

/** Kept-alive connections of one adapter; a connection that does not come about fails before anything is sent. */
export function openConnections(): Connections {
  const plain = new HttpAgent(settings);
  const secure = new HttpsAgent(settings);
  return {
    agentFor: (url) => (url.startsWith('https:') ? secure : plain),
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}
