/** Bolt's listeners: hand each payload, as the guard has read it, to the part that knows it. */

import type { App } from '@slack/bolt';
import { commanding } from './commanding.ts';
import type { Connection } from './connection.ts';
import { type Payload, tenantOf } from './payloads.ts';
import { presenceEvents, presenceOf } from './presences.ts';
import { pressing } from './pressing.ts';
import { submitting } from './submitting.ts';

const everything = /^/;

export function listen(app: App, connection: Connection): void {
  const { inbox, later, remember } = connection;
  const press = pressing(connection);
  const submit = submitting(connection);
  const commands = commanding(connection);

  app.action(everything, async ({ context, ack }) => {
    const payload = read(context, 'actions');
    await ack();
    later('answer a press', press(payload.body, tenant(payload)));
  });
  app.view({ type: 'view_submission', callback_id: everything }, async ({ context, ack }) => {
    const payload = read(context, 'submission');
    const answer = await submit(payload.body, tenant(payload));
    await (answer ? ack(answer) : ack());
  });
  app.command(everything, async ({ context, ack }) => {
    const payload = read(context, 'command');
    await ack();
    later('answer a command', commands.slash(payload.body, tenant(payload)));
  });
  for (const type of ['message', 'app_mention'] as const) {
    app.event(type, async ({ context }) => {
      const { body } = read(context, 'event');
      await commands.text(body.event, body.event_id, body.team_id);
    });
  }
  for (const type of presenceEvents) {
    app.event(type, async ({ context }) => {
      const { body } = read(context, 'event');
      const botUser = typeof context.botUserId === 'string' ? context.botUserId : '';
      const news = presenceOf(body, botUser);
      if (!news) return;
      const { channel } = body.event;
      if (news.who && typeof channel === 'string' && channel.startsWith('D')) {
        remember(news.who, { conversation: channel, blocked: null });
      }
      await inbox.presence(news);
    });
  }
}

function read<K extends Payload['kind']>(context: { [name: string]: unknown }, kind: K): Extract<Payload, { kind: K }> {
  const payload = context.payload as Payload | undefined;
  if (payload?.kind !== kind) throw new Error(`Bolt reads this as something else than ${kind}`);
  return payload as Extract<Payload, { kind: K }>;
}

function tenant(payload: Payload): string {
  return tenantOf(payload)?.team ?? '';
}
