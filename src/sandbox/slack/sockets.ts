/** Socket Mode: the bot opens the connection, and what Slack has to say comes down it in envelopes. */

import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Answer } from './delivery.ts';

export type Envelope = {
  type: 'events_api' | 'interactive' | 'slash_commands';
  payload: object;
  accepts_response_payload: boolean;
  retry_attempt?: number;
  retry_reason?: string;
};

export type Sockets = {
  /** Address for one connection, good for half a minute. */
  ticket(): string;
  /** Takes a WebSocket handshake over; false when it is not for us. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** The app is in Socket Mode: nothing goes over HTTP. */
  inUse(): boolean;
  open(): number;
  /** Connections made so far. */
  made(): number;
  /** Status 0 when no connection acknowledges it within three seconds. The envelope may be given again. */
  deliver(envelope: Envelope, id?: string): Promise<Answer>;
  /** Slack renews its connections every few hours: it says so, and the bot comes anew. */
  refresh(): void;
  /** The line breaks. */
  drop(): void;
  close(): void;
};

const threeSeconds = 3_000;
const ticketMs = 30_000;
const pingMs = 10_000;
const lookMs = 20;

/** `base`: where the wire is mounted, as "http://127.0.0.1:3979/slack". */
export function sockets(base: string, app: string): Sockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024 });
  const tickets = new Map<string, number>();
  const waiting = new Map<string, (answer: Answer) => void>();
  const path = `${new URL(base).pathname}/socket`;
  let began = false;
  let made = 0;

  const pings = setInterval(() => {
    for (const socket of server.clients) socket.ping();
  }, pingMs);
  pings.unref();

  server.on('connection', (socket) => {
    made += 1;
    socket.on('message', (data) => heard(String(data)));
    socket.on('error', () => socket.terminate());
    say(socket, {
      type: 'hello',
      num_connections: server.clients.size,
      debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: 3600 },
      connection_info: { app_id: app },
    });
  });

  function heard(text: string): void {
    let said: { envelope_id?: unknown; payload?: object };
    try {
      said = JSON.parse(text);
    } catch {
      return;
    }
    const id = String(said.envelope_id ?? '');
    const answer = said.payload && Object.keys(said.payload).length > 0 ? JSON.stringify(said.payload) : '';
    waiting.get(id)?.({ status: 200, body: answer });
    waiting.delete(id);
  }

  const ready = () => [...server.clients].filter((socket) => socket.readyState === socket.OPEN);

  return {
    ticket() {
      began = true;
      const ticket = randomBytes(16).toString('hex');
      tickets.set(ticket, Date.now() + ticketMs);
      return `${base.replace(/^http/, 'ws')}/socket?ticket=${ticket}`;
    },
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? '/', 'http://sandbox');
      if (url.pathname !== path) return false;
      const ticket = url.searchParams.get('ticket') ?? '';
      const until = tickets.get(ticket) ?? 0;
      tickets.delete(ticket);
      if (until < Date.now()) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n');
        return true;
      }
      server.handleUpgrade(request, socket, head, (opened) => server.emit('connection', opened, request));
      return true;
    },
    inUse: () => began,
    open: () => ready().length,
    made: () => made,
    async deliver(envelope, id = randomUUID()) {
      const until = performance.now() + threeSeconds;
      while (ready().length === 0 && performance.now() < until) await pause(lookMs);
      const open = ready();
      const socket = open[Math.floor(Math.random() * open.length)];
      if (!socket) return { status: 0, body: '' };
      const answer = new Promise<Answer>((resolve) => {
        waiting.set(id, resolve);
        setTimeout(() => resolve({ status: 0, body: '' }), threeSeconds).unref();
      });
      say(socket, { envelope_id: id, ...envelope });
      return answer.finally(() => waiting.delete(id));
    },
    refresh() {
      for (const socket of ready()) say(socket, { type: 'disconnect', reason: 'refresh_requested', debug_info: {} });
    },
    drop() {
      for (const socket of server.clients) socket.terminate();
    },
    close() {
      clearInterval(pings);
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

function say(socket: WebSocket, message: object): void {
  socket.send(JSON.stringify(message));
}
