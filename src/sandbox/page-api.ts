/** The JSON API behind the page. Everything here acts as a person would; nothing reaches into the bot. */

import { setTimeout as wait } from 'node:timers/promises';
import express, { type Router } from 'express';
import { z } from 'zod';
import { platforms } from '../domain/group.ts';
import type { BotClockClient } from './bot-clock.ts';
import type { Changes } from './changes.ts';
import type { SandboxClock } from './clock.ts';
import { idOf } from './directory.ts';
import { parsed, Refusal } from './guard.ts';
import { channelOf, markRead, membersOf, personOf, type Stage, unread } from './stage.ts';
import { viewOf } from './view.ts';
import type { SandboxChannel, SandboxPerson } from './wire.ts';

const id = z.string().min(1).max(600);
const Where = z.union([z.object({ person: id }), z.object({ channel: id, as: id.optional() })]);
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
  text: z.string().trim().min(1).max(4000),
  channel: id.optional(),
});
const sayPatienceMs = 1_000;
const CloseBody = z.object({ person: id });
const FaultBody = z.object({ platform: z.enum(platforms), fault: z.string().max(100), on: z.boolean().default(true) });
const ClockBody = z.object({ to: z.string().min(1).max(64) });

export type PageParts = {
  stage: Stage;
  clock: SandboxClock;
  botClock: BotClockClient;
  changes: Changes;
};

export function pageApi({ stage, clock, botClock, changes }: PageParts): Router {
  const api = express.Router();
  api.use(express.json({ limit: '256kb' }));

  const resolved = (query: unknown): { where: SandboxPerson | SandboxChannel; as: SandboxPerson | null } => {
    const asked = parsed(Where, query);
    if ('person' in asked) {
      const person = personOf(stage, asked.person);
      return { where: person, as: person };
    }
    const channel = channelOf(stage, asked.channel);
    return {
      where: channel,
      as: asked.as ? personOf(stage, asked.as) : (membersOf(stage, channel)[0] ?? null),
    };
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
    const { where, as } = resolved(request.query);
    response.json(await viewOf(stage, where, as));
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
    const who = personOf(stage, person);
    const said = stage.wires[who.platform].say(who.user, text, channel && channelOf(stage, channel).id);
    // A platform tries for long to reach a bot that is away; the person's own text stands there at once.
    await Promise.race([said, wait(sayPatienceMs, undefined, { ref: false })]);
    said.catch((error: unknown) => process.stderr.write(`sandbox: nobody took "${text}": ${String(error)}\n`));
    response.json({ said: true });
  });

  api.post('/dialog/close', (request, response) => {
    const who = personOf(stage, parsed(CloseBody, request.body).person);
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
