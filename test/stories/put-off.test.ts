/** A deadline that its owner puts off comes back once, on the day they chose; when the date moves, both messages say so. */

import { afterEach, describe, expect, test, vi } from 'vitest';
import { longDay } from '../../src/cards/dates.ts';
import { say } from '../../src/cards/words.ts';
import type { Group } from '../../src/domain/group.ts';
import { startTestRond, type TestRond } from '../support/rond.ts';
import { personIn, type StoryPerson } from './person.ts';

const title = 'Kunskapssammanställning';
let all: TestRond;
afterEach(() => all.close());

const word = (code: string, values: Record<string, unknown> = {}) => say('sv', code, values);
const about = (who: StoryPerson) => who.about(title, 'me.later');

/** What its buttons say it is about. */
const refOn = (who: StoryPerson, message: string) =>
  who.wire.buttons(who.user, { message }).find(({ verb }) => verb === 'status.more')?.values.ref ?? '';

describe.each([
  ['Teams', 'tove-almgren'],
  ['Slack', 'jonas-ekdahl'],
])('in %s', (_, owner) => {
  const owned = (group: Group): Group => ({
    ...group,
    activities: group.activities.map((one) => (one.title === title ? { ...one, owners: [owner] } : one)),
  });

  test('put off, said again, and moved', async () => {
    all = await startTestRond({ change: owned });
    const mine = personIn(all.sandbox, all.group, owner);
    await all.moveTo('2022-10-05T08:00:00Z');
    const [week = ''] = await vi.waitFor(() => {
      const found = about(mine);
      expect(found).toHaveLength(1);
      return found;
    });
    await mine.press(week, 'me.later');
    expect(await mine.handIn(week, 'me.snooze', { what: 'until', until: '2022-10-07' })).toMatchObject({ ok: true });
    await vi.waitFor(() => expect(mine.texts().join()).toContain(longDay('2022-10-07', 'sv')));

    await all.moveTo('2022-10-06T12:00:00Z');
    expect(about(mine).filter((id) => id !== week)).toEqual([]);
    await all.moveTo('2022-10-07T12:00:00Z');
    const again = await vi.waitFor(() => {
      const found = about(mine).filter((id) => id !== week);
      expect(found).toHaveLength(1);
      return found[0] ?? '';
    });
    expect(mine.message(again)).toContain(`Ska vara klart ${longDay('2022-10-12', 'sv')}.`);

    // On the list of their own dates, not where it was asked.
    await mine.say(word('command.status'));
    const list = await vi.waitFor(() => {
      expect(mine.last()).toContain(word('status-list.heading'));
      return mine.chat().at(-1)?.id ?? '';
    });
    await mine.press(list, 'status.more', {}, { ref: refOn(mine, again) });
    const moved = { status: 'late', newDate: '2022-10-20' };
    expect(await mine.handIn(list, 'status.save', moved)).toMatchObject({ ok: true });
    await all.moveTo('2022-10-07T12:01:00Z');
    await vi.waitFor(() => {
      for (const one of [week, again]) {
        expect(mine.message(one)).toContain(word('due-over.text.moved', { day: longDay('2022-10-20', 'sv') }));
        expect(mine.verbs(one)).toEqual([]);
      }
    });
  });
});
