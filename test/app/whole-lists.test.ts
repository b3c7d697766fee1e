/** No list ends where its card does: it has pages, or says where the rest stands, or takes what is written. */

import { expect, test } from 'vitest';
import { toModal } from '../../src/adapters/slack/convert/convert.ts';
import type { ImportWorld, Reader } from '../../src/app/drafts.ts';
import { openPage, savePage } from '../../src/app/drafts-fix.ts';
import { inputFor } from '../../src/app/drafts-models.ts';
import { newcomersIn } from '../../src/app/newcomers.ts';
import { type CalendarTurn, takeCalendar } from '../../src/app/take-calendar.ts';
import { renderCard } from '../../src/cards/cards.ts';
import type { DifferenceLine } from '../../src/cards/models.ts';
import { say } from '../../src/cards/words.ts';
import type { Draft } from '../../src/domain/plan/draft.ts';
import type { StoredDraft } from '../../src/ports/drafts.ts';
import { actionsOf, ofType, sampleOf } from '../cards/samples.ts';
import { coreGroup } from '../support/core-group.ts';

const now = Temporal.Instant.from('2022-10-10T08:00:00Z');
const who = { platform: 'teams' as const, tenant: 'tenant-1', user: 'user-maja-ek' };
const names = Array.from({ length: 19 }, (_, n) => `Grupp ${String(n).padStart(2, '0')} i sjukvårdsregionen`);

test('whoever leads nineteen groups finds the calendar of each, and comes back to the page of the one that was asked about', async () => {
  const people = names.map((groupName) => ({
    ...{ groupId: groupName, groupKey: groupName, groupName },
    member: coreGroup.members[0] as never,
  }));
  const turn = {
    ...{ people, who, now, language: 'sv', event: 'e', where: 'personal' },
    feeds: { link: () => 'https://rond.example.org/x.ics', reachable: () => true },
    store: {
      groups: { glance: async (key: string) => ({ group: { ...coreGroup, key, name: key } }) },
      calendars: { since: async () => null },
    },
  } as unknown as CalendarTurn;
  const read = async (verb: string, values: Record<string, string>) => {
    const reply = await takeCalendar(turn, verb, values);
    if (reply.do !== 'show') throw new Error(JSON.stringify(reply));
    return ofType(reply.card, /^Text/).map(({ text }) => `${text}`);
  };
  const pages = await Promise.all(['1', '2', '3'].map((page) => read('calendar.show', { page })));
  expect(pages.flat().filter((text) => names.includes(text))).toEqual(names);
  expect(pages[2]).toContain(say('sv', 'common.page', { page: 3, pages: 3 }));
  expect(await read('calendar.ask', { whose: names[17] ?? '', what: 'revoke' })).toContain(names[17]);
});

test('who is in a channel is asked of its platform, and not told of whoever is in another', async () => {
  const members = [{ user: 'u1', name: 'Kim', mail: null, locale: null, timeZone: null }];
  const rosters: Record<string, unknown> = { here: { is: 'known', name: null, members }, away: { is: 'again' } };
  const roster = async ({ channel }: { channel: string }) =>
    rosters[channel] ?? { is: 'known', name: null, members: [] };
  const clock = { now: () => now };
  const newcomers = newcomersIn({ platforms: { teams: { roster } }, store: {}, clock } as never);
  const isIn = (id: string, user: string) =>
    newcomers.isIn({ platform: 'teams', tenant: 'tenant-1', id }, { platform: 'teams', tenant: 'tenant-1', user });
  expect([
    await isIn('here', 'u1'),
    await isIn('here', 'u2'),
    await isIn('there', 'u1'),
    await isIn('away', 'u1'),
  ]).toEqual([true, false, false, null]);
});

test('of more names than can be added at once none is passed over in silence', async () => {
  const asked: string[] = [];
  const find = async (_: unknown, { mail }: { mail: string }) => ({ is: 'nobody', asked: asked.push(mail) });
  const newcomers = newcomersIn({
    platforms: { teams: { find }, slack: { find } },
    store: {},
    clock: { now: () => now },
  } as never);
  const written = (count: number) => Array.from({ length: count }, (_, n) => `p${n}@example.org`).join(', ');
  expect(await newcomers.meant(coreGroup, [], written(101), [])).toMatchObject({
    tooMany: true,
    people: [],
    unknown: [],
  });
  expect(asked).toEqual([]);
  const most = await newcomers.meant(coreGroup, [], written(100), []);
  expect(most).toMatchObject({ tooMany: false });
  expect(most.unknown).toHaveLength(100);
});

/** A timetable brought to a channel of so many: what its pages show, and what a save comes to. */
function draftOf(count: number, rows: Draft['rows'], names: Draft['names'] = {}) {
  const people = Array.from({ length: count }, (_, n) => ({
    ...{
      key: `p${n}`,
      name: `Person ${n} Berg`,
      user: `u${n}`,
      mail: `p${n}@example.org`,
      language: null,
      timeZone: null,
    },
    left: false,
  }));
  const draft: Draft = {
    ...{ name: 'G', home: { language: 'sv', timeZone: 'Europe/Stockholm', country: 'SE' }, rows, decided: null },
    ...{ people, charter: '', convenor: null, names, fixes: {} },
  };
  const stored: StoredDraft = {
    ...{ id: 'd', version: 1, state: 'open', author: who, channel: null, group: null, draft, base: null },
  };
  let kept: Draft | null = null;
  const revise = async (_: string, __: number, becomes: { draft: Draft }) => {
    kept = becomes.draft;
    return null;
  };
  const world = {
    ...{ now, holidays: () => null },
    store: { drafts: { revise, get: async () => null } },
  } as unknown as ImportWorld;
  const reader = { who, people: [], language: 'sv' } as Reader;
  return {
    kept: () => kept,
    save: (values: Record<string, string>) => savePage(world, reader, stored, values),
    async page(line: string) {
      const reply = await openPage(world, reader, stored, { line });
      if (reply.do !== 'show') throw new Error(reply.do);
      return reply.card;
    },
  };
}

const rowsOf = (owners: string) => [{ line: 2, title: 'Rapport', owners, due: '2022-11-01', links: [] }];

test('in a channel of hundreds whoever a name of the plan is can be written: anybody, and for each of the names', async () => {
  const unknown = Array.from({ length: 12 }, (_, n) => `Kim ${String.fromCharCode(65 + n)}`);
  const draft = draftOf(300, rowsOf(unknown.join(', ')));
  const card = await draft.page('2');
  const asks = ofType(card, /^Input\.Text$/).filter(({ id }) => `${id}`.startsWith('who:'));
  expect(asks.map(({ label }) => label)).toEqual(unknown.map((name) => say('sv', 'plan-fix.labelWho', { name })));
  expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(20 * 1024);
  expect(JSON.stringify(toModal(card, { callbackId: 'c' }).view)).toContain('Skriv ett namn eller en e-postadress');
  const [first, second] = [inputFor('Kim A'), inputFor('Kim B')];
  const several = await draft.save({ line: '2', [first]: 'Berg', [second]: 'Nobody Such' });
  expect(several).toMatchObject({
    do: 'refuse',
    errors: {
      [first]: expect.stringMatching(/^Flera i kanalen passar, bland andra Person 0 Berg \(p0@example.org\), /),
      [second]: say('sv', 'error.unknown-owner'),
    },
  });
  if (several.do !== 'refuse') throw new Error('not refused');
  expect(ofType(several.card, /^Input\.Text$/)).toContainEqual(
    expect.objectContaining({ id: second, value: 'Nobody Such' }),
  );
  expect(JSON.stringify(several.card)).toContain(`⚠ ${say('sv', 'error.unknown-owner')}`);
  expect(draft.kept()).toBeNull();
  await draft.save({ line: '2', [first]: 'Person 299 Berg', [inputFor('Kim L')]: 'P298@example.org' });
  expect(draft.kept()).toMatchObject({ names: { 'Kim A': 'p299', 'Kim L': 'p298' } });
});

test('who a name is said to be is that name’s, also when somebody has settled another of the row meanwhile', async () => {
  const before = draftOf(40, rowsOf('Kim A, Kim B, Kim C'));
  const asks = ofType(await before.page('2'), /^Input\.ChoiceSet$/).filter(({ id }) => `${id}`.startsWith('who:'));
  const now = draftOf(40, rowsOf('Kim A, Kim B, Kim C'), { 'Kim A': 'p1' });
  await now.save({ line: '2', [`${asks[1]?.id}`]: 'p2' });
  expect(now.kept()?.names).toEqual({ 'Kim A': 'p1', 'Kim B': 'p2' });
});

test('where few are to choose from they are chosen, and no name is left out because there are many of them', async () => {
  const chosen = (card: unknown) =>
    ofType(card, /^Input\.ChoiceSet$/).filter(({ id }) => `${id}`.startsWith('who:')).length;
  expect(chosen(await draftOf(40, rowsOf('Kim A, Kim B')).page('2'))).toBe(2);
  const names = Array.from({ length: 32 }, (_, n) => `Kim ${n}x`);
  const card = await draftOf(40, rowsOf(names.join(', '))).page('2');
  expect(ofType(card, /^Input\.Text$/).filter(({ id }) => `${id}`.startsWith('who:'))).toHaveLength(30);
  expect(JSON.stringify(card)).toContain('… och 2 till');
  expect(JSON.stringify(toModal(card, { callbackId: 'c' }).view)).toContain('… och 2 till');
});

test('in a channel of hundreds the convenor of a new group can be written', async () => {
  const draft = draftOf(300, []);
  const save = (person: string) => draft.save({ name: 'G', decided: '', convenor: 'nobody', person });
  const refused = await save('Nobody Such');
  expect(refused).toMatchObject({ do: 'refuse', errors: { person: say('sv', 'error.unknown-owner') } });
  if (refused.do !== 'refuse') throw new Error('not refused');
  expect(ofType(refused.card, /^Input\.Text$/)).toContainEqual(
    expect.objectContaining({ id: 'person', value: 'Nobody Such' }),
  );
  expect(draft.kept()).toBeNull();
  await save('Person 299 Berg');
  expect(draft.kept()).toMatchObject({ convenor: 'p299' });
  await save('P298@example.org');
  expect(draft.kept()).toMatchObject({ convenor: 'p298' });
});

test('what somebody else changed meanwhile stands there, and where it is too much, where the rest is', () => {
  const lines = (count: number): DifferenceLine[] =>
    Array.from({ length: count }, (_, n) => ({ what: 'renamed', activity: `Uppgift ${n};`, title: 'Förut' }));
  const card = (count: number) =>
    JSON.stringify(
      renderCard('plan-difference', { ...sampleOf('plan-difference'), meanwhile: lines(count) }, 'sv').body,
    );
  for (let n = 0; n < 20; n++) expect(card(20)).toContain(`Uppgift ${n};`);
  expect(card(20)).not.toContain('Skriv ”logg”');
  expect(card(300)).toContain('Skriv ”logg” till Rond');
});

test('the overview leads to the groups whose names have no room', () => {
  const verbs = (groups: string[]) =>
    actionsOf(renderCard('home', { ...sampleOf('home'), groups }, 'sv')).map(({ verb }) => verb);
  expect(verbs(names)).toContain('group.list');
  expect(verbs(names.slice(0, 2))).not.toContain('group.list');
});

test('every link of an activity is a button', () => {
  const links = Array.from({ length: 9 }, (_, n) => `https://example.org/${n}`);
  const card = renderCard('deadline', { ...sampleOf('deadline'), links }, 'sv');
  expect(actionsOf(card).flatMap(({ url }) => url ?? [])).toEqual(links);
});
