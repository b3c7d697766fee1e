/** A timetable comes in: pasted, or as a file. What is read becomes a draft, and the answer is how Rond understood it. */

import { parseCommand } from '../cards/commands.ts';
import { asksForImport } from '../cards/import-command.ts';
import { say } from '../cards/words.ts';
import type { Group } from '../domain/group.ts';
import { type Draft, rowsOf } from '../domain/plan/draft.ts';
import { charterLines, namedConvenor, peopleOf } from '../domain/plan/roster.ts';
import type { Command, FileGiven, Reply } from '../ports/chat.ts';
import { type SourceDocument, UnreadableDocument } from '../ports/documents.ts';
import type { Place, StoredDraft } from '../ports/drafts.ts';
import type { Glance } from '../ports/store.ts';
import { homeOf, type ImportWorld, leads, peopleIn, type Reader, reading, rosterIn, told } from './drafts.ts';
import { draftCard } from './drafts-cards.ts';
import { refuse } from './drafts-refusal.ts';
import { baseOf } from './plan-difference.ts';
import { cardFor } from './turn.ts';

/** Null when the text is about something else. */
export async function takeImport(world: ImportWorld, reader: Reader, command: Command): Promise<Reply | null> {
  const files = command.files ?? [];
  if (files.length > 0) return takeFiles(world, reader, command, files);
  const named = parseCommand(command.text);
  if (asksForImport(command.text) || (named === 'plan' && (await isNew(world, reader, command)))) {
    return resume(world, reader, command);
  }
  if (named) return null;
  const lines = command.lines ?? command.text;
  if (!lines.includes('\n')) return begins(world, reader, command);
  const source = await world.readDocument('-', Buffer.from(lines)).catch(() => ({ text: lines, tables: [] }));
  if (rowsOf(source)) return begin(world, reader, command, source, null);
  return looksPasted(lines) ? withKept(world, reader, command, 'no-table') : begins(world, reader, command);
}

/** In a channel without a group whoever says anything else is shown how to begin. */
async function begins(world: ImportWorld, reader: Reader, command: Command): Promise<Reply | null> {
  if (command.channel === null || command.text.trim() === '') return null;
  return (await isNew(world, reader, command)) ? resume(world, reader, command) : null;
}

/** Several lines, or cells in a line: nobody writes to Rond like that by hand. */
const looksPasted = (lines: string) => lines.split('\n').length > 2 || /\t|\|.*\|/.test(lines);

async function isNew({ store }: ImportWorld, { people }: Reader, { who, channel }: Command): Promise<boolean> {
  if (channel) return (await store.people.groupsIn(who.platform, who.tenant, channel)).length === 0;
  return people.length === 0;
}

/** The draft that waits; or how to begin, or to go on where a group has begun. */
async function resume(world: ImportWorld, reader: Reader, command: Command): Promise<Reply> {
  const { who, channel } = command;
  const open = await world.store.drafts.latest(who, channel);
  if (open) return { do: 'show', card: await draftCard(world, reader, open) };
  if (channel && !(await isNew(world, reader, command))) return told(reader, 'running');
  const place = channel ? await world.store.drafts.place({ ...who, channel }) : null;
  return { do: 'show', card: cardFor(reader, null, 'start', { name: place?.name ?? '' }) };
}

/** As many as either platform lets somebody put into one message. */
const filesInAMessage = 10;

/** The first file with a timetable in it; what is wrong with the first when none has. */
async function takeFiles(
  world: ImportWorld,
  reader: Reader,
  command: Command,
  files: readonly FileGiven[],
): Promise<Reply> {
  let fault = 'no-table';
  for (const [at, file] of files.slice(0, filesInAMessage).entries()) {
    const read = await open(world, command, file);
    if (typeof read !== 'string') return begin(world, reader, command, read, file.name);
    if (at === 0) fault = read;
  }
  return withKept(world, reader, command, fault);
}

/** The document, or the code of what is wrong. */
async function open(world: ImportWorld, { who }: Command, file: FileGiven): Promise<SourceDocument | string> {
  const got = await world.platforms[who.platform]?.download(file);
  if (got?.is !== 'got') return got?.code ?? 'again';
  try {
    const source = await world.readDocument(file.name, got.bytes);
    return rowsOf(source) ? source : 'no-table';
  } catch (error) {
    if (error instanceof UnreadableDocument) return error.code;
    throw error;
  }
}

/** What is wrong and what to do; a draft from before is still there, and is told of. */
async function withKept(world: ImportWorld, reader: Reader, { who, channel }: Command, code: string): Promise<Reply> {
  const kept = await world.store.drafts.latest(who, channel);
  return told(
    reader,
    code === 'no-file' ? 'gone' : code,
    {},
    { more: kept ? say(reader.language, 'import.kept') : '' },
  );
}

async function begin(
  world: ImportWorld,
  reader: Reader,
  command: Command,
  source: SourceDocument,
  file: string | null,
): Promise<Reply> {
  const rows = rowsOf(source);
  if (!rows) return withKept(world, reader, command, 'no-table');
  const target = await targetOf(
    world,
    reader,
    command,
    rows.rows.map(({ title }) => title),
  );
  if ('refused' in target) return refuse(world, reader, target.refused, 'import-plan');
  const draft = await draftOf(world, reader, command, source, rows, target, file);
  const read = reading(world, draft);
  if (!read.ok) return withKept(world, reader, command, read.code);
  const stored = await world.store.drafts.begin(
    {
      author: command.who,
      channel: target.place?.channel ?? null,
      group: target.loaded?.group.key ?? null,
      draft,
      base: target.loaded && baseOf(target.loaded),
      event: command.event,
    },
    world.now,
  );
  return answer(world, reader, stored, target.loaded);
}

async function answer(world: ImportWorld, reader: Reader, stored: StoredDraft, group: Glance | null): Promise<Reply> {
  if (stored.state !== 'open') return told(reader, 'over');
  return { do: 'show', card: await draftCard(world, reader, stored, group) };
}

type Target = { place: Place | null; loaded: Glance | null };

/** Whose plan it is: the group's that talks in the channel; in a personal chat the one most like it, else a channel's without a group. */
async function targetOf(
  world: ImportWorld,
  reader: Reader,
  command: Command,
  titles: readonly string[],
): Promise<Target | { refused: string }> {
  const { store } = world;
  const { who, channel } = command;
  if (channel) {
    const [here] = await store.people.groupsIn(who.platform, who.tenant, channel);
    if (here) return groupTarget(reader, here, () => store.groups.glance(here));
    await store.drafts.arrived({ ...who, channel, name: null }, world.now);
    return { place: await store.drafts.place({ ...who, channel }), loaded: null };
  }
  const own = await mostLike(world, reader, titles);
  if (own) return groupTarget(reader, own.group.key, () => own);
  const place = await freePlaceOf(world, reader);
  if (place) return { place, loaded: null };
  const [chaired, ...more] = reader.people.filter(leads);
  return chaired && more.length === 0
    ? groupTarget(reader, chaired.groupKey, () => store.groups.glance(chaired.groupKey))
    : { place: null, loaded: null };
}

async function groupTarget(
  { people }: Reader,
  key: string,
  look: () => Promise<Glance | null> | Glance,
): Promise<Target | { refused: string }> {
  if (!people.some((person) => person.groupKey === key && leads(person))) return { refused: key };
  return { place: null, loaded: await look() };
}

/** A third of the rows by the same name is no accident. */
const alike = 1 / 3;

async function mostLike({ store }: ImportWorld, { people }: Reader, titles: readonly string[]): Promise<Glance | null> {
  const wanted = new Set(titles.map((title) => title.toLowerCase()));
  let best: { loaded: Glance; share: number } | null = null;
  for (const { groupKey } of people) {
    const loaded = await store.groups.glance(groupKey);
    if (!loaded) continue;
    const own = loaded.group.activities;
    const share =
      own.filter(({ title }) => wanted.has(title.toLowerCase())).length /
      Math.max(1, Math.min(wanted.size, own.length));
    if (share >= alike && (!best || share > best.share)) best = { loaded, share };
  }
  return best?.loaded ?? null;
}

const looksAtMost = 5;

/** The latest channel without a group that this person is in. */
export async function freePlaceOf(world: ImportWorld, { who }: Pick<Reader, 'who'>): Promise<Place | null> {
  const free = await world.store.drafts.freePlaces(who.platform, who.tenant);
  for (const place of free.slice(0, looksAtMost)) {
    const roster = await rosterIn(world, place);
    if (roster?.people.some(({ user }) => user === who.user)) return place;
  }
  return null;
}

async function draftOf(
  world: ImportWorld,
  { who, language }: Reader,
  { lines }: Command,
  source: SourceDocument,
  rows: Pick<Draft, 'rows' | 'decided'>,
  { place, loaded }: Target,
  file: string | null,
): Promise<Draft> {
  const group = loaded?.group ?? null;
  const where = group ? channelOf(group) : place;
  const roster = where ? await rosterIn(world, where) : null;
  const former = group ? await world.store.steering.former(group.key) : [];
  const around = roster?.people ?? [];
  const people = group ? peopleIn(group, former, around, where ?? who) : peopleOf(around, []);
  const author = roster?.people.find(({ user }) => user === who.user);
  const heading = headingOf(source.text, file !== null);
  const charter = charterLines(file === null ? source.text : `${source.text}\n${lines ?? ''}`);
  const name = place?.name ?? roster?.name ?? null;
  return {
    name: group?.name ?? (heading || name || say(language, 'plan.heading')),
    home: group ? homeOfGroup(group) : homeOf(language, author?.timeZone ?? null),
    ...rows,
    people: group && !roster ? people.map((person) => ({ ...person, left: false })) : people,
    charter,
    convenor: group ? null : (namedConvenor(charter, people)?.key ?? null),
    names: {},
    fixes: {},
  };
}

const homeOfGroup = ({ language, timeZone, country }: Group): Draft['home'] => ({ language, timeZone, country });

function channelOf(group: Group): Omit<Place, 'name'> | null {
  const channel = group.channels.find(({ purpose }) => purpose === 'group');
  return channel ? { platform: channel.platform, tenant: channel.tenant, channel: channel.id } : null;
}

const groupWord = /^(?:arbetsgrupp(?:en)?|arbeidsgruppen?|arbejdsgruppe|työryhmä|working group)\s*[:–—-]\s+/i;

/** A document's title: a Markdown heading, or in a file its first line. '' when that is no title. "Working group: X" is called X. */
function headingOf(text: string, inFile: boolean): string {
  const lines = text.split('\n', 50).map((line) => line.trim());
  const marked = lines.find((line) => /^#{1,3}\s+\S/.test(line));
  const first = inFile ? lines.find((line) => line !== '') : undefined;
  const title = (marked ?? first ?? '')
    .replace(/^#+\s+/, '')
    .replace(/[*_`]/g, '')
    .trim()
    .replace(groupWord, '');
  return title.length > 0 && title.length <= 120 && !/[|\t;]/.test(title) ? title : '';
}
