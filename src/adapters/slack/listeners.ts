/** Bolt's listeners: hand each payload, as the guard has read it, to the part that knows it. */

import type { App } from '@slack/bolt';
import { commanding } from './commanding.ts';
import type { Common, Connection } from './connection.ts';
import type { Connections } from './connections.ts';
import { homes, type Opened } from './home.ts';
import type { OAuth } from './oauth.ts';
import { type Payload, tenantOf } from './payloads.ts';
import { presenceEvents, presenceOf } from './presences.ts';
import { pressing } from './pressing.ts';
import { shortcuts } from './shortcuts.ts';
import { submitting } from './submitting.ts';

const everything = /^/;

/** The parts of one workspace's connection that take payloads in. */
function deskOf(connection: Connection, opened: Opened) {
  const home = homes(connection, opened);
  return {
    home,
    press: pressing(connection, home),
    submit: submitting(connection, home),
    commands: commanding(connection),
    shortcut: shortcuts(connection),
  };
}
type Desk = ReturnType<typeof deskOf>;

/** `oauth`: told when a workspace removed Rond. */
export function listen(
  app: App,
  connections: Connections,
  { inbox, later, remember }: Common,
  oauth: Pick<OAuth, 'removed'> | null,
): void {
  const desks = new WeakMap<Connection, Desk>();
  const opened: Opened = new Set();
  const connectionFor = async (payload: Payload): Promise<Connection> => {
    const tenant = tenantOf(payload);
    const connection = tenant && (await connections.to(tenant.team, tenant.enterprise));
    if (!connection) throw new Error('Rond was removed from the workspace a moment ago');
    return connection;
  };
  const deskFor = async (payload: Payload): Promise<Desk> => {
    const connection = await connectionFor(payload);
    const desk = desks.get(connection) ?? deskOf(connection, opened);
    desks.set(connection, desk);
    return desk;
  };
  /** Empty once the app is removed: nobody can be asked any more. */
  const botUserFor = async (payload: Payload): Promise<string> => {
    const workspace = await connectionFor(payload)
      .then((connection) => connection.workspace())
      .catch(() => null);
    return workspace?.botUser ?? '';
  };

  app.action(everything, async ({ context, ack }) => {
    const payload = read(context, 'actions');
    const { press } = await deskFor(payload);
    await ack();
    later('answer a press', press(payload.body, tenant(payload)));
  });
  app.view({ type: 'view_submission', callback_id: everything }, async ({ context, ack }) => {
    const payload = read(context, 'submission');
    const { submit } = await deskFor(payload);
    const answer = await submit(payload.body, tenant(payload));
    await (answer ? ack(answer) : ack());
  });
  app.command(everything, async ({ context, ack }) => {
    const payload = read(context, 'command');
    const { commands } = await deskFor(payload);
    await ack();
    later('answer a command', commands.slash(payload.body, tenant(payload)));
  });
  app.shortcut(everything, async ({ context, ack }) => {
    const payload = read(context, 'shortcut');
    const { shortcut } = await deskFor(payload);
    await ack();
    later('answer a shortcut', shortcut(payload.body, tenant(payload)));
  });
  for (const type of ['message', 'app_mention'] as const) {
    app.event(type, async ({ context }) => {
      const payload = read(context, 'event');
      const { body } = payload;
      const { commands } = await deskFor(payload);
      await commands.text(body.event, body.event_id, body.team_id);
    });
  }
  for (const type of presenceEvents) {
    app.event(type, async ({ context }) => {
      const payload = read(context, 'event');
      const { body } = payload;
      const news = presenceOf(body, await botUserFor(payload));
      if (!news) return;
      const { channel } = body.event;
      if (news.who && typeof channel === 'string' && channel.startsWith('D')) {
        remember(news.who, { conversation: channel, blocked: null });
      }
      await inbox.presence(news);
      if (body.event.type === 'app_home_opened' && body.event.tab !== 'messages' && news.who) {
        const { home } = await deskFor(payload);
        later('show an App Home', home.show(news.who));
      }
      const everywhere = news.what === 'uninstalled' && !news.who && !news.channel;
      if (everywhere) await oauth?.removed(body);
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
