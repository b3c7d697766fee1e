/** The JSON API behind the page. Everything here acts as a person would; nothing reaches into the bot. */

import { setTimeout as wait } from 'node:timers/promises';
import express, { type Router } from 'express';
import { z } from 'zod';
import { languages, platforms } from '../domain/group.ts';
import type { BotClockClient } from './bot-clock.ts';
import type { Changes } from './changes.ts';
import type { SandboxClock } from './clock.ts';
import { idOf } from './directory.ts';
import { parsed, Refusal } from './guard.ts';
import { newChannel, newPerson } from './newcomers.ts';
import { channelOf, markRead, membersOf, personOf, type Stage, unread } from './stage.ts';
import { viewOf } from './view.ts';
import type { Directory, SandboxChannel, SandboxPerson } from './wire.ts';

const id = z.string().min(1).max(600);
const Where = z.union([
  z.object({ person: id, tab: z.literal('home').optional() }),
  z.object({ channel: id, as: id.optional() }),
]);
const PressBody = z.object({
  person: id,
  target: z.union([z.object({ message: id }), z.object({ dialog: id })]),
  verb: z.string().max(300).optional(),
  label: z.string().max(3000).optional(),
  values: z.record(z.string(), z.unknown()).default({}),
  inputs: z.record(z.string(), z.string()).default({}),
});
const SayBody = z.object({
  person: id,
  // A whole timetable may be pasted.
  text: z.string().trim().min(1).max(30_000),
  channel: id.optional(),
});
const GiveQuery = z.object({
  person: id,
  name: z.string().trim().min(1).max(255),
  text: z.string().max(4000).default(''),
  channel: id.optional(),
});
const name = z.string().trim().min(1, 'A name is missing.').max(80);
const PersonBody = z.object({ name, platform: z.enum(platforms), language: z.enum(languages) });
const ChannelBody = z.object({ name, platform: z.enum(platforms), members: z.array(id).max(5000) });
const AddBody = z.object({ channel: id });
const sayPatienceMs = 1_000;
const PersonOnly = z.object({ person: id });
const FaultBody = z.object({ platform: z.enum(platforms), fault: z.string().max(100), on: z.boolean().default(true) });
const ClockBody = z.object({ to: z.string().min(1).max(64) });

export type PageParts = {
  stage: Stage;
  clock: SandboxClock;
  botClock: BotClockClient;
  changes: Changes;
  /** Takes in who and what is new, and lets both wires tell the bot. */
  takeIn: (news: Directory) => Promise<void>;
};

export function pageApi({ stage, clock, botClock, changes, takeIn }: PageParts): Router {
  const api = express.Router();
  api.use(express.json({ limit: '256kb' }));

  type Resolved = { where: SandboxPerson | SandboxChannel; as: SandboxPerson | null; isHome?: boolean };
  const resolved = (query: unknown): Resolved => {
    const asked = parsed(Where, query);
    if ('person' in asked) {
      const person = personOf(stage, asked.person);
      return { where: person, as: person, isHome: asked.tab === 'home' };
    }
    const channel = channelOf(stage, asked.channel);
    return {
      where: channel,
      as: asked.as ? personOf(stage, asked.as) : (membersOf(stage, channel)[0] ?? null),
    };
  };
  const roomIn = (channel: string | undefined) => {
    if (channel === undefined) return undefined;
    const { id, withoutRond } = channelOf(stage, channel);
    if (withoutRond) throw new Refusal(409, 'not-there', 'Rond is not in this channel. Add it first.');
    return id;
  };
  const zoneNow = async () => (await botClock.look())?.zone ?? stage.directory.people[0]?.timeZone ?? 'UTC';

  api.get('/state', async (_request, response) => {
    const bot = await botClock.look();
    const listed = (one: SandboxPerson | SandboxChannel) => ({
      id: idOf(one),
      name: one.name,
      platform: one.platform,
      unread: unread(stage, one),
    });
    response.json({
      clock: {
        now: clock.now().toString(),
        zone: await zoneNow(),
        next: bot?.next ?? null,
        what: bot?.what ?? null,
      },
      bot: bot ? 'up' : 'away',
      channels: stage.directory.channels.map(listed),
      people: stage.directory.people.map((one) => ({
        ...listed(one),
        key: one.key,
      })),
    });
  });

  api.get('/view', async (request, response) => {
    const { where, as, isHome } = resolved(request.query);
    response.json(await viewOf(stage, where, as, isHome));
  });

  api.post('/read', (request, response) => {
    const { where } = resolved(request.body);
    const before = unread(stage, where);
    markRead(stage, where);
    if (before > 0) changes.happened();
    response.json({ unread: 0 });
  });

  api.post('/press', async (request, response) => {
    const { person, target, verb, label, values, inputs } = parsed(PressBody, request.body);
    const { platform, user } = personOf(stage, person);
    const wire = stage.wires[platform];
    const texts = asTexts(values);
    // The renderer in the browser knows the button by its words and its own data: the wire's list says which one that is.
    const meant = wire
      .buttons(user, target)
      .find(
        (button) =>
          (verb === undefined || button.verb === verb) &&
          (label === undefined || button.label === label) &&
          Object.entries(button.values).every(([key, value]) => texts[key] === undefined || texts[key] === value),
      );
    if (!meant) throw new Refusal(409, 'no-button', 'That button is no longer there.');
    response.json(await wire.press(user, target, { verb: meant.verb, values: meant.values }, inputs));
  });

  api.post('/say', async (request, response) => {
    const { person, text, channel } = parsed(SayBody, request.body);
    const { user, platform } = personOf(stage, person);
    const wire = stage.wires[platform];
    const command = /^\/rond(?:\s+|$)/i.exec(text);
    const said =
      command && wire.slash
        ? wire.slash(user, text.slice(command[0].length), roomIn(channel))
        : wire.say(user, text, roomIn(channel));
    await shortly(said, text);
    response.json({ said: true });
  });

  api.post('/give', express.raw({ type: () => true, limit: '30mb' }), async (request, response) => {
    const { person, name, text, channel } = parsed(GiveQuery, request.query);
    const { user, platform } = personOf(stage, person);
    const wire = stage.wires[platform];
    const into = roomIn(channel);
    // In Teams a bot is handed files in the personal chat only.
    if (!wire.give || (into !== undefined && platform === 'teams')) {
      throw new Refusal(409, 'no-files', 'Files can be given to Rond in its own chat only.');
    }
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    await shortly(wire.give(user, { name, bytes }, text.trim(), into), name);
    response.json({ given: true });
  });

  api.post('/home', async (request, response) => {
    const { user, platform } = personOf(stage, parsed(PersonOnly, request.body).person);
    await stage.wires[platform].openHome?.(user);
    response.json({ opened: true });
  });

  api.post('/people', async (request, response) => {
    const person = newPerson(stage.directory, parsed(PersonBody, request.body));
    await takeIn({ people: [person], channels: [] });
    response.json({ id: idOf(person) });
  });
  api.post('/channels', async (request, response) => {
    const channel = newChannel(stage.directory, parsed(ChannelBody, request.body));
    if (channel.members?.length === 0)
      throw new Refusal(400, 'malformed', 'Nobody is in it: choose at least one person.');
    await takeIn({ people: [], channels: [channel] });
    response.json({ id: idOf(channel) });
  });
  api.post('/channels/add', async (request, response) => {
    const channel = channelOf(stage, parsed(AddBody, request.body).channel);
    await takeIn({ people: [], channels: [{ ...channel, withoutRond: false }] });
    response.json({ added: true });
  });

  api.post('/dialog/close', (request, response) => {
    const who = personOf(stage, parsed(PersonOnly, request.body).person);
    stage.wires[who.platform].closeDialog(who.user);
    response.json({ closed: true });
  });

  api.post('/clock', async (request, response) => {
    const { to } = parsed(ClockBody, request.body);
    const moved = await botClock.move(to === 'next' ? to : instantIn(to, await zoneNow()));
    clock.set(Temporal.Instant.from(moved.now));
    changes.happened();
    response.json(moved);
  });

  const faults = () => Object.fromEntries(platforms.map((name) => [name, stage.wires[name].faults?.list() ?? []]));
  api.get('/faults', (_request, response) => {
    response.json(faults());
  });
  api.post('/faults', (request, response) => {
    const { platform, fault, on } = parsed(FaultBody, request.body);
    if (!stage.wires[platform].faults?.set(fault, on)) {
      throw new Refusal(404, 'no-fault', `${platform} has no fault called ${fault}.`);
    }
    response.json(faults());
  });

  api.get('/events', changes.handler);
  return api;
}

/** A platform tries for long to reach a bot that is away; the person's own words stand there at once. */
async function shortly(said: Promise<unknown>, what: string): Promise<void> {
  await Promise.race([said, wait(sayPatienceMs, undefined, { ref: false })]);
  said.catch((error: unknown) => process.stderr.write(`sandbox: nobody took "${what}": ${String(error)}\n`));
}

function asTexts(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

/** An instant with an offset is taken as it is; a civil date ("2022-10-12": its midnight) or time is in the group's zone. */
function instantIn(text: string, zone: string): string {
  try {
    return Temporal.Instant.from(text).toString();
  } catch {
    try {
      return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant().toString();
    } catch {
      throw new Refusal(400, 'malformed', `${text} is not a date and time such as 2022-10-12T09:00.`);
    }
  }
}
