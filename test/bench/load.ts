/** The load generator: kept-alive connections, one request at a time on each, bytes made beforehand. */

import { connect, type Socket } from 'node:net';

export type Burst = {
  /** Answers with status 200; nothing else counts. */
  ok: number;
  other: number;
  /** From the first request to the last answer. */
  seconds: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
};

type Line = { ask(request: Buffer): Promise<number>; close(): void };

/** Asks for about `ms`; what is under way then is waited for, so that every answer is known. `next` gives a new request each time. */
export async function burst(port: number, next: () => Buffer, ms: number, connections: number): Promise<Burst> {
  const lines = await Promise.all(Array.from({ length: connections }, () => openLine(port)));
  const times: number[] = [];
  let ok = 0;
  let other = 0;
  const from = performance.now();
  const until = from + ms;
  await Promise.all(
    lines.map(async (line) => {
      while (performance.now() < until) {
        const asked = performance.now();
        const status = await line.ask(next());
        times.push(performance.now() - asked);
        if (status === 200) ok += 1;
        else other += 1;
      }
    }),
  );
  const seconds = (performance.now() - from) / 1000;
  for (const line of lines) line.close();
  times.sort((one, two) => one - two);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] ?? 0;
  return { ok, other, seconds, perSecond: ok / seconds, p50: at(0.5), p99: at(0.99) };
}

/** One connection. Written by hand: a client library costs as much as the servers that are measured. */
function openLine(port: number): Promise<Line> {
  return new Promise((opened, failed) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let received: Buffer = Buffer.alloc(0);
    let answer: { done(status: number): void; fail(error: Error): void } | null = null;
    socket.on('data', (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const status = whole(received);
      if (status === null || !answer) return;
      const { done } = answer;
      received = Buffer.alloc(0);
      answer = null;
      done(status);
    });
    const broken = (error: Error) => {
      answer?.fail(error);
      failed(error);
    };
    socket.on('error', broken);
    socket.on('close', () => broken(new Error('the server closed the connection in a burst')));
    socket.on('connect', () =>
      opened({
        ask: (request) =>
          new Promise((done, fail) => {
            answer = { done, fail };
            socket.write(request);
          }),
        close: () => {
          socket.removeAllListeners('close');
          socket.destroy();
        },
      }),
    );
  });
}

/** The status of a response that has arrived whole, by its length or its last chunk; null while it has not. */
function whole(received: Buffer): number | null {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = received.toString('latin1', 0, end).toLowerCase();
  const length = /\r\ncontent-length: *(\d+)/.exec(head);
  const complete = length
    ? received.length >= end + 4 + Number(length[1])
    : head.includes('transfer-encoding: chunked')
      ? received.toString('latin1', Math.max(0, received.length - 7)).endsWith('\r\n0\r\n\r\n')
      : true;
  return complete ? Number(head.slice(9, 12)) : null;
}

/** One request's bytes. */
export function post(path: string, headers: Record<string, string>, body: Buffer): Buffer {
  const head = Object.entries({ host: '127.0.0.1', ...headers, 'content-length': String(body.length) });
  return Buffer.concat([
    Buffer.from(`POST ${path} HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`),
    body,
  ]);
}
