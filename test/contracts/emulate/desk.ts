/**
 * What stands between the bot and the workspace: every call goes through to `emulate` as it came and its answer comes back
 * as it was given; faults are put in here, because `emulate` has none. After each call that shows something, what there is
 * to see is read back out of `emulate`.
 */

import express, { Router } from 'express';
import type { Block, ViewArguments } from '../../../src/sandbox/slack/state.ts';
import type { Shown, WireFault } from '../../../src/sandbox/wire.ts';
import type { Answer, Workspace } from './workspace.ts';

export type View = ViewArguments & { id: string; hash: string; root_view_id: string };
type HistoryMessage = { ts: string; user: string; text: string; blocks?: Block[]; metadata?: unknown };

const faultable: Record<string, WireFault['on']> = { 'chat.postMessage': 'send', 'chat.update': 'replace' };

export function openDesk(workspace: Workspace, happened: (about: { channel?: string; user?: string }) => void) {
  const faults: WireFault[] = [];
  const rooms = new Map<string, Shown[]>();
  const replaced = new Map<string, number>();
  const triggers = new Map<string, string>();
  /** Person → open views, lowest first. */
  const stacks = new Map<string, View[]>();
  const whispers: Shown[] = [];
  const responseUrls = new Map<string, { user: string; channel: string }>();
  const filesLead: { to: string | null } = { to: null };
  const calls: { method: string; args: Record<string, unknown>; answer: Answer }[] = [];

  async function readBack(channel: string): Promise<void> {
    // With a token that may read everything: what the bot may read is a matter of its own scopes.
    const reader =
      [...workspace.people.values()].find(({ direct }) => direct === channel) ?? workspace.people.values().next().value;
    const history = await workspace.call('conversations.history', { channel, limit: 1000 }, reader?.token);
    const messages = (history.messages ?? []) as HistoryMessage[];
    rooms.set(
      channel,
      messages.toReversed().map((message) => ({
        id: message.ts,
        conversation: channel,
        from: message.user === workspace.botUser ? 'bot' : 'person',
        at: new Date(Number(message.ts) * 1000).toISOString(),
        replaced: replaced.get(`${channel} ${message.ts}`) ?? 0,
        text: message.text,
        card: null,
        blocks: message.blocks ?? null,
        onlyFor: null,
      })),
    );
    happened({ channel });
  }

  function keepView(user: string, view: View, how: 'open' | 'push' | 'replace'): void {
    const stack = stacks.get(user) ?? [];
    if (how === 'open') stacks.set(user, [view]);
    else if (how === 'push') stacks.set(user, [...stack, view]);
    else
      stacks.set(
        user,
        stack.map((one) => (one.id === view.id ? view : one)),
      );
    happened({ user });
  }

  async function learn(method: string, args: Record<string, unknown>, answer: Answer): Promise<void> {
    if (!answer.ok) return;
    if (method === 'chat.update') {
      const name = `${args.channel} ${args.ts}`;
      replaced.set(name, (replaced.get(name) ?? 0) + 1);
    }
    if (['chat.postMessage', 'chat.update', 'chat.delete'].includes(method)) await readBack(String(answer.channel));
    const view = answer.view as View | undefined;
    if (!view) return;
    if (method === 'views.update') {
      const owner = [...stacks].find(([, stack]) => stack.some((one) => one.id === view.id))?.[0];
      if (owner) keepView(owner, view, 'replace');
    } else if (method === 'views.open' || method === 'views.push') {
      const user = triggers.get(String(args.trigger_id)) ?? '';
      keepView(user, view, method === 'views.open' ? 'open' : 'push');
    }
  }

  const router = Router();
  router.post('/api/:method', express.raw({ type: () => true, limit: '2mb' }), async (request, response) => {
    const method = String(request.params.method);
    const raw: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const type = request.headers['content-type'] ?? 'application/x-www-form-urlencoded';
    const forward = async () => {
      const passed = await fetch(`${workspace.url}/api/${method}`, {
        method: 'POST',
        headers: { 'content-type': type, authorization: request.headers.authorization ?? '' },
        body: new Uint8Array(raw),
      });
      const answer = (await passed.json()) as Answer;
      const args = argumentsIn(raw.toString(), type);
      calls.push({ method, args, answer });
      await learn(method, args, answer);
      return { status: passed.status, answer };
    };
    const at = faults.findIndex((fault) => fault.on === faultable[method]);
    const [fault] = at < 0 ? [] : faults.splice(at, 1);
    if (!fault) {
      const { status, answer } = await forward();
      response.status(status).json(answer);
      return;
    }
    if (fault.after) await forward();
    if (fault.how === 'reset') response.socket?.resetAndDestroy();
    else if (fault.how === 'status')
      response
        .status(fault.status)
        .set(fault.headers ?? {})
        .send(fault.body ?? '');
  });
  // The one host that the bot fetches files from: `emulate` judges the token, and whose the file is.
  router.get('/files-pri/:id/:name', async (request, response) => {
    if (filesLead.to) return response.redirect(302, filesLead.to);
    const passed = await fetch(`${workspace.url}${request.path}`, {
      headers: { authorization: request.headers.authorization ?? '' },
      redirect: 'manual',
    });
    response.status(passed.status).type(passed.headers.get('content-type') ?? 'text/plain');
    response.end(Buffer.from(await passed.arrayBuffer()));
  });
  // `emulate` has no response URLs: they are the driver's own.
  router.post('/response/:token', express.json(), (request, response) => {
    const to = responseUrls.get(String(request.params.token));
    if (!to) return void response.status(404).send('used_url');
    const { text = '', blocks = null } = request.body as { text?: string; blocks?: Block[] | null };
    whispers.push({
      id: `whisper-${whispers.length}`,
      conversation: to.channel,
      from: 'bot',
      at: new Date(0).toISOString(),
      replaced: 0,
      text,
      card: null,
      blocks,
      onlyFor: to.user,
    });
    happened(to);
    response.send('ok');
  });

  return { router, faults, rooms, stacks, triggers, whispers, responseUrls, calls, filesLead, readBack, keepView };
}

function argumentsIn(body: string, type: string): Record<string, unknown> {
  if (type.startsWith('application/json')) return JSON.parse(body || '{}') as Record<string, unknown>;
  return Object.fromEntries(new URLSearchParams(body));
}
