/** The whole of Rond with an empty database, and a channel in Teams or Slack that nobody has told it about yet. */

import { dropDatabase } from '../../../src/adapters/postgres/scratch.ts';
import { saveSandboxTime } from '../../../src/app/sandbox-time.ts';
import { type Rond, startRond } from '../../../src/compose.ts';
import type { Platform } from '../../../src/domain/group.ts';
import { putDirectory } from '../../../src/sandbox/client.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts';
import type { FileWire, PressResult, SandboxChannel, SandboxPerson, Shown } from '../../../src/sandbox/wire.ts';
import { migratedDatabase } from '../../support/database.ts';
import { testConfig } from '../../support/rond.ts';

/** A Monday morning before the timetable's dates. */
export const start = Temporal.Instant.from('2022-09-26T06:00:00Z');

const tenants = { teams: '7c1c2f0e-0000-4000-8000-0000000000aa', slack: 'T0BEGIN' };
const channels = { teams: '19:begin@thread.tacv2', slack: 'C0BEGIN' };
const names = ['Maja Ek', 'Tove Lind', 'Tove Alm', 'Nils Berg', 'Disa Norr'];

function personOf(platform: Platform, name: string, at: number): SandboxPerson {
  return {
    key: name.toLowerCase().replace(' ', '-'),
    name,
    platform,
    tenant: tenants[platform],
    user: platform === 'teams' ? `b0000000-0000-4000-8000-00000000000${at}` : `U0BEGIN${at}`,
    language: 'sv',
    timeZone: 'Europe/Stockholm',
  };
}

export type Stage = {
  rond: Rond;
  sandbox: Sandbox;
  wire: FileWire;
  people: Record<string, SandboxPerson>;
  channel: SandboxChannel;
  /** Rond is added to a channel (this one unless another is named). */
  invite(channel?: SandboxChannel): Promise<void>;
  personal(name: string): Shown[];
  /** As one person sees the channel: in Teams the answers to their own presses stand in it. */
  inChannel(viewer?: string): Shown[];
  /** Presses on the newest message in which the button is, in the channel or the person's own chat; fills in the page it opens. */
  press(name: string, verb: string, values?: Record<string, string>): Promise<PressResult>;
  /** Opens a page by its button and hands it in. */
  fillIn(
    name: string,
    verb: string,
    values: Record<string, string>,
    inputs: Record<string, string>,
  ): Promise<PressResult>;
  say(name: string, text: string, where?: 'channel' | 'personal'): Promise<void>;
  give(name: string, file: string, content: string | Uint8Array): Promise<void>;
  /** The platform delivers the last press or text once more. */
  redeliver(): Promise<unknown>;
  groups(): Promise<string[]>;
  moveTo(instant: string): Promise<void>;
  close(): Promise<void>;
};

export async function openStage(platform: Platform, who = names): Promise<Stage> {
  const databaseUrl = await migratedDatabase();
  let botUrl = 'http://127.0.0.1:9';
  const sandbox = await startSandbox({ port: 0, botUrl: () => botUrl, saveTo: null, now: start });
  const people = who.map((name, at) => personOf(platform, name, at));
  const channel: SandboxChannel = { platform, tenant: tenants[platform], id: channels[platform], name: 'Karriärvägar' };
  // Before the bot is there, so that it serves their tenant; what Slack cannot deliver now is nothing anybody waits for.
  void putDirectory(sandbox.url, { people, channels: [] }).catch(() => {});
  await new Promise((soon) => setTimeout(soon, 200));
  const rond = await startRond(testConfig({ databaseUrl, sandboxUrl: sandbox.url }), {
    seed: (store) => saveSandboxTime(store, start),
    onUrl: (url) => {
      botUrl = url;
    },
  });
  const wire: FileWire = sandbox.wires[platform];
  const userOf = (name: string) => {
    const person = people.find((one) => one.name === name);
    if (!person) throw new Error(`nobody is called ${name}`);
    return person.user;
  };
  const inChannel = (viewer = 'Maja Ek') =>
    platform === 'teams' ? sandbox.wires.teams.channel(channel.id, userOf(viewer)) : wire.channel(channel.id);
  const personal = (name: string) => wire.personal(userOf(name));
  const fits = (
    button: { verb: string; values: Record<string, string> },
    verb: string,
    values: Record<string, string>,
  ) => button.verb === verb && Object.entries(values).every(([key, value]) => button.values[key] === value);
  function messageWith(name: string, verb: string, values: Record<string, string>): string {
    const user = userOf(name);
    const seen = [...inChannel(name), ...personal(name)].filter((shown) => shown.from === 'bot');
    const found = seen.findLast(({ id }) => wire.buttons(user, { message: id }).some((one) => fits(one, verb, values)));
    if (!found) throw new Error(`${name} sees no button ${verb} ${JSON.stringify(values)}`);
    return found.id;
  }

  return {
    rond,
    sandbox,
    wire,
    people: Object.fromEntries(people.map((person) => [person.name, person])),
    channel,
    invite: (other = channel) => putDirectory(sandbox.url, { people, channels: [other] }),
    personal,
    inChannel,
    press: (name, verb, values = {}) =>
      wire.press(userOf(name), { message: messageWith(name, verb, values) }, { verb, values }),
    async fillIn(name, verb, values, inputs) {
      const message = messageWith(name, verb, values);
      const user = userOf(name);
      const opened = await wire.press(user, { message }, { verb, values });
      if (!opened.ok) return opened;
      const dialog = wire.dialog(user);
      return dialog
        ? wire.press(user, { dialog: dialog.id }, { verb: 'submit' }, inputs)
        : wire.press(user, { message }, { verb: 'draft.save' }, inputs);
    },
    say: (name, text, where = 'channel') => wire.say(userOf(name), text, where === 'channel' ? channel.id : undefined),
    give: (name, file, content) =>
      wire.give(userOf(name), { name: file, bytes: typeof content === 'string' ? Buffer.from(content) : content }),
    redeliver: () => sandbox.wires[platform].redeliver(),
    groups: async () => (await rond.store.groups.list()).map(({ key }) => key),
    async moveTo(instant) {
      await rond.sandboxClock?.move(Temporal.Instant.from(instant));
    },
    async close() {
      await rond.close();
      await sandbox.close();
      await dropDatabase(databaseUrl);
    },
  };
}

/** Everything a person can read in a message, as JSON. */
export const readable = (shown: Shown | undefined): string =>
  JSON.stringify([shown?.text, shown?.card, shown?.blocks]).replaceAll('\\u2060', '').replaceAll('\u2060', '');

export const plan = (rows: string[]) => ['Aktivitet\tAnsvarig\tTidplan', ...rows].join('\n');

export const firstPlan = plan([
  'Kunskapssammanställning\tTove\t12/10 och 30/11',
  'Utveckla enkät\tAlla\t10/10',
  'Datainsamling (enkät)\tAlla\t12/10 - 7/11',
  'Sammanställning rapport\tNils\t13/12',
  'Kartlägga nätverk\tLiv\t',
]);
