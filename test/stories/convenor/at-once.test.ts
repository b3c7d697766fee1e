/** Two at once, an owner who left, a date from another century, an owner and a substitute on their own cards: nothing is lost, on either platform. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { say } from '../../../src/cards/words.ts';
import type { Group, Language, Platform } from '../../../src/domain/group.ts';
import { startTestRond, type TestRond } from '../../support/rond.ts';
import { jonas, textOf, tove } from '../../support/scene.ts';
import { commandOn, groupFor, type Hands, handsOf } from './hands.ts';

const stories: [Platform, Language][] = [
  ['teams', 'nb'],
  ['slack', 'sv'],
];
const natverk = 'kartlagga-befintliga-natverk-nationellt';

describe.each(stories)('a plan in %s, in %s', (platform, language) => {
  let all: TestRond;
  let first: Hands;
  let second: Hands;
  const other = platform === 'teams' ? 'jonas-ekdahl' : 'tove-almgren';
  const word = (key: string, values: Record<string, unknown> = {}) => say(language, key, values);
  const load = async (): Promise<Group> => {
    const loaded = await all.rond.store.groups.load(all.group.key);
    if (!loaded) throw new Error('no group');
    return loaded.group;
  };
  const activity = async (key = natverk) => (await load()).activities.find((one) => one.key === key);
  const opens = async (hands: Hands, key = natverk) => {
    await hands.says(word('command.seat'));
    hands.stays();
    for (let page = 1; page < 4; page++) {
      if (hands.buttons().some(({ verb, values }) => verb === 'seat.activity' && values.activity === key)) break;
      await hands.press('seat.plan');
      if (hands.buttons().some(({ values }) => values.activity === key)) break;
      await hands.press('seat.plan', { page: String(page + 1) });
    }
    await hands.press('seat.activity', { activity: key });
    await hands.sees(word('activity.heading'));
  };

  beforeAll(async () => {
    all = await startTestRond({
      change: (group) => {
        const changed = groupFor(platform, language)(group);
        const members = changed.members.map((one) => (one.key === other ? { ...one, role: 'deputy' as const } : one));
        return { ...changed, members };
      },
    });
    first = handsOf(all, platform);
    // The deputy sits on the other platform.
    second = handsOf(all, platform === 'teams' ? 'slack' : 'teams', platform === 'teams' ? jonas : tove);
    await all.moveTo('2022-09-26T12:00:00Z');
  });
  afterAll(() => all.close());

  test('a date in 1900 and one that has passed are refused beside the field, and what was typed stays', async () => {
    for (const [day, why] of [
      ['1900-01-01', 'refused.bad-date'],
      ['2022-09-01', 'error.past-date'],
    ] as const) {
      await opens(first);
      const given = await first.fill({ verb: 'steer.date', values: { mode: 'move-date' } }, 'steer.dated', { day });
      const text = word(why === 'refused.bad-date' ? 'error.bad-date' : why);
      if (platform === 'teams') {
        await first.sees(text);
        expect(first.reads()).toContain(day);
      } else {
        expect(Object.values(given.errors)).toContain(text);
        first.wire.closeDialog(first.person);
      }
    }
    expect((await activity())?.due.map(({ key }) => key)).toEqual(['2022-10-12']);
  });

  test('two change the same activity: the second sees what the first did, and decides again', async () => {
    await opens(first);
    await first.fill({ verb: 'steer.date', values: { mode: 'move-date' } }, 'steer.dated', { day: '2022-10-19' });
    await first.sees(word('confirm.heading'));
    await opens(second);
    await second.fill({ verb: 'steer.person', values: { mode: 'assign' } }, 'steer.chosen', { member: 'tove-almgren' });
    await second.press('steer.do');
    await second.sees(word('said.assign'));
    // The first confirms a card that is older than that.
    await first.press('steer.do');
    await first.sees(word('confirm.since'), word('audit.did.assign'), 'Tove Almgren');
    expect((await activity())?.due.map(({ key }) => key)).toEqual(['2022-10-12']);
    await first.press('steer.do');
    await first.sees(word('said.move-date'));
    expect(await activity()).toMatchObject({ owners: ['tove-almgren'], due: [{ key: '2022-10-19' }] });
  });

  test('a word of an owner on their status card counts as a change that an older card is told of', async () => {
    await opens(first);
    await first.press('steer.ask', { command: commandOn('park', first.buttons()) });
    await first.sees(word('ask.park'));
    const { id } = (await all.rond.store.groups.load(all.group.key)) ?? { id: '' };
    await all.rond.store.plans.saveStatus(
      id,
      {
        ...{ activity: natverk, due: '2022-10-19', status: 'under-way', note: 'Halvveis' },
        ...{ newDate: null, by: 'tove-almgren', event: 'said-1' },
      },
      Temporal.Instant.from('2022-09-26T12:05:00Z'),
    );
    await first.press('steer.do');
    await first.sees(word('confirm.since'), word('audit.did.status'));
    expect((await activity())?.parked).toBe(false);
    await first.press('seat.activity');
    await first.sees(word('activity.heading'));
  });

  test('an owner hands over and marks done from their own plan; the substitute of one who is away may, too', async () => {
    const member = handsOf(all, 'teams', tove);
    await opens(member);
    const verbs = () => member.buttons().map(({ verb, values }) => `${verb} ${values.mode ?? ''}`.trim());
    if (other !== 'tove-almgren') expect(verbs()).not.toContain('steer.person assign');
    await member.fill({ verb: 'steer.person', values: { mode: 'hand-over' } }, 'steer.chosen', {
      member: 'jonas-ekdahl',
    });
    await member.sees(word('ask.hand-over', { name: 'Jonas Ekdahl' }));
    await member.press('steer.do');
    await member.sees(word('said.hand-over'));
    expect((await activity())?.owners).toEqual(['jonas-ekdahl']);

    // Jonas is away, and Tove stands in for him: the card that would have been his takes her word.
    const owner = handsOf(all, 'slack', jonas);
    await owner.says(word('command.away'));
    owner.stays();
    const [page] = owner.buttons();
    await owner.fill(page ?? { verb: 'me.later' }, 'me.snooze', {
      what: 'away',
      until: '2022-10-25',
      substitute: 'tove-almgren',
    });
    await vi.waitFor(async () =>
      expect((await all.rond.store.groups.load(all.group.key))?.state.aways).toMatchObject([
        { member: 'jonas-ekdahl', substitute: 'tove-almgren' },
      ]),
    );
    await all.moveTo('2022-10-19T12:00:00Z');
    const asked = member.messages().findLast((shown) => textOf(shown).includes('Kartlägga befintliga nätverk'));
    expect(asked).toBeDefined();
    const done = member.wire
      .buttons(member.person, { message: asked?.id ?? '' })
      .find(({ verb, values }) => verb === 'status.set' && values.status === 'done');
    await member.wire.press(
      member.person,
      { message: asked?.id ?? '' },
      { verb: 'status.set', values: done?.values ?? {} },
    );
    await vi.waitFor(async () =>
      expect((await all.rond.store.groups.load(all.group.key))?.state.statuses).toContainEqual(
        expect.objectContaining({ activity: natverk, status: 'done', by: 'tove-almgren' }),
      ),
    );
  });

  test('an owner who left: the convenor is asked for another, and the overview says that nobody is responsible', async () => {
    const group = await load();
    const key = 'kunskapssammanstallning';
    expect((await activity(key))?.owners).toEqual(['tove-almgren']);
    const staying = { ...group, members: group.members.filter((one) => one.key !== 'tove-almgren') };
    const at = all.rond.clock.now();
    await all.rond.store.groups.save(
      staying,
      { at, kind: 'plan-imported', activity: null, facts: { activities: `${group.activities.length}` } },
      at,
    );
    const [, left] = await all.rond.store.steering.log(all.group.key, { limit: 2 });
    const entries = await all.rond.store.steering.log(all.group.key, { limit: 3 });
    expect([left, ...entries]).toContainEqual(
      expect.objectContaining({ action: 'import-group', field: 'member', from: 'Tove Almgren', to: null }),
    );
    await all.moveTo('2022-10-20T12:00:00Z');
    await vi.waitFor(() =>
      expect(
        first
          .messages()
          .map(textOf)
          .some((text) => text.includes('Kunskapssammanställning') && text.includes('fix.open')),
      ).toBe(true),
    );
    await first.says(word('command.seat'));
    await first.sees(word('seat.section.unowned'), 'Kunskapssammanställning');
  });
});
