/** How the Web API client reaches Slack: over kept connections, and with no more made of question and answer than Rond wants of them. */

import { type IncomingMessage, request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { parse, stringify } from 'node:querystring';
import type { WebClientOptions } from '@slack/web-api';
import { behind } from './beside.ts';

type Fetch = NonNullable<WebClientOptions['fetch']>;
type Init = NonNullable<Parameters<Fetch>[1]>;
/** What the client reads of an answer. */
type Answer = Pick<Response, 'status' | 'statusText' | 'url' | 'text' | 'arrayBuffer'> & {
  headers: Pick<Headers, 'get' | 'entries'>;
};

/** They answer with the whole view or message, of which its name is all that Rond wants; it comes first. */
const beginnings = [
  /^\{"ok":true,"view":\{"id":"[A-Z0-9]+"(?=,)/,
  /^\{"ok":true,"channel":"[A-Z0-9]+","ts":"[0-9.]+"(?=,)/,
];
const repeating = /\/(views\.(open|update|push|publish)|chat\.(postMessage|update))$/;

/** For the Web API client alone: of what fetch promises it keeps what the client relies on. Rejects as fetch does. */
export const transport: Fetch = async (url, init = {}) => {
  const address = String(url);
  if (typeof init.body !== 'string') return fetch(url, init);
  const { body, type } = bodyOf(address, init.body);
  const response = await answerTo(address, init, body, type);
  const { statusCode: status = 0, statusMessage: statusText = '' } = response;
  if (status >= 300 && status < 400) {
    response.resume();
    throw new TypeError('redirected');
  }
  const content = await contentOf(response, status === 200 && repeating.test(address));
  const { headers } = response;
  const answer: Answer = {
    status,
    statusText,
    url: address,
    headers: {
      get: (name) => headerText(headers[name.toLowerCase()]),
      *entries() {
        for (const name of Object.keys(headers)) yield [name, headerText(headers[name]) ?? ''];
        return undefined;
      },
    },
    text: async () => content.toString(),
    arrayBuffer: async () => new Uint8Array(content).buffer,
  };
  return answer as Response;
};

const headerText = (header: string | string[] | undefined) =>
  Array.isArray(header) ? header.join(', ') : (header ?? null);

/** The client's form, with what waits beside it. Views go as JSON, which Slack prefers and which needs no encoding. */
function bodyOf(url: string, form: string): { body: Buffer; type: string } {
  const fields = Object.entries(parse(form)).map(([name, value]) => [name, String(value)] as const);
  const beside = fields.map(([, value]) => behind(value));
  if (!beside.some((json) => json !== undefined))
    return { body: Buffer.from(form), type: 'application/x-www-form-urlencoded' };
  if (/\/views\.\w+$/.test(url)) {
    const members = fields.map(([name, value], at) => `${JSON.stringify(name)}:${beside[at] ?? JSON.stringify(value)}`);
    return { body: Buffer.from(`{${members.join(',')}}`), type: 'application/json; charset=utf-8' };
  }
  const pairs = fields.map(([name, value], at) => {
    const json = beside[at];
    return json === undefined ? stringify({ [name]: value }) : `${name}=${encodeURIComponent(json)}`;
  });
  return { body: Buffer.from(pairs.join('&')), type: 'application/x-www-form-urlencoded' };
}

function answerTo(url: string, init: Init, body: Buffer, type: string): Promise<IncomingMessage> {
  const request = url.startsWith('https:') ? secure : plain;
  const headers = {
    ...(init.headers as Record<string, string>),
    'Content-Type': type,
    'Content-Length': body.length,
  };
  const options = { method: init.method ?? 'POST', headers, ...(init.signal ? { signal: init.signal } : {}) };
  return new Promise((done, fail) => {
    request(url, options, done).on('error', fail).end(body);
  });
}

/** The whole body; with `briefly`, of a view or message its name, as soon as that has come. The connection is free once all has. */
function contentOf(response: IncomingMessage, briefly: boolean): Promise<Buffer> {
  return new Promise((done, fail) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => {
      if (briefly && chunks.length === 0) {
        const name = nameIn(chunk);
        if (name) {
          response.removeAllListeners('data').resume();
          return done(name);
        }
      }
      chunks.push(chunk);
    });
    response.once('end', () => done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    response.on('error', fail);
  });
}

function nameIn(chunk: Buffer): Buffer | null {
  const start = chunk.toString('latin1', 0, 200);
  for (const beginning of beginnings) {
    const found = beginning.exec(start)?.[0];
    if (found) return Buffer.from(`${found}${found.includes('"view"') ? '}' : ''}}`);
  }
  return null;
}
