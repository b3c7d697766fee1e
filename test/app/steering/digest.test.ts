import { afterEach, expect, test } from 'vitest';
import { councilModel } from '../../../src/app/models/council.ts';
import { digestModel } from '../../../src/app/models/digest.ts';
import { renderCard } from '../../../src/cards/cards.ts';
import { languages } from '../../../src/domain/group.ts';
import { coreGroup, memberWith } from '../../support/core-group.ts';
import { collection, day, openSeat, type Seat } from './seat.ts';

let seat: Seat;
afterEach(() => seat.close());

const group = { ...coreGroup, members: [...coreGroup.members, memberWith('siv-hall', { name: 'Siv Hall' })] };
const whole = { after: null, until: Temporal.Instant.from('2100-01-01T00:00:00Z') };
const now = Temporal.Instant.from('2022-10-25T08:00:00Z');

test('what a convenor does to a survey is told as it happened; an excuse and a substitute only in the counts', async () => {
  seat = await openSeat(group);
  await seat.goTo('2022-10-20T12:00:00Z');
  const round = { round: collection };
  await seat.done('maja-ek', { do: 'pause', ...round });
  await seat.done('maja-ek', { do: 'resume', ...round });
  await seat.done('maja-ek', { do: 'extend', ...round, closes: day('2022-11-11') });
  await seat.done('maja-ek', { do: 'extend', ...round, closes: day('2022-11-18'), member: 'tove-lind' });
  const before = await seat.load();
  await seat.done('maja-ek', { do: 'excuse', ...round, member: 'disa-norr' });
  const after = await seat.load();
  expect(after.state.changes).toEqual(before.state.changes);

  const model = digestModel(after.group, after.state, 'group', whole, now);
  const title = 'Datainsamling (enkät)';
  expect(model.changes.filter((line) => line.what.startsWith('round-'))).toEqual([
    { what: 'round-opened', title, closes: '2022-11-11', invited: 3 },
    { what: 'round-paused', title },
    { what: 'round-resumed', title },
    { what: 'round-extended', title, from: '2022-11-07', to: '2022-11-11' },
  ]);
  expect(model.open).toMatchObject([{ invited: 3, submitted: 0 }]);
  // Nobody who has not answered, who is excused or who has more time is named in a channel.
  const told = { ...model, ahead: [], late: [], blocked: [], unowned: [] };
  for (const language of languages) {
    const card = JSON.stringify(
      renderCard('digest', { ...told, whole: {} }, language, { groupLanguage: group.language }),
    );
    for (const { name } of group.members) expect(card).not.toContain(name);
  }
});

test('cancelled, and open again: both are told', async () => {
  seat = await openSeat(group);
  await seat.goTo('2022-10-20T12:00:00Z');
  await seat.done('maja-ek', { do: 'cancel-round', round: collection });
  await seat.done('maja-ek', { do: 'reopen', round: collection, closes: day('2022-11-04') });
  const { group: now2, state } = await seat.load();
  expect(digestModel(now2, state, 'steering', whole, now).changes.slice(-2)).toEqual([
    { what: 'round-cancelled', title: 'Datainsamling (enkät)' },
    { what: 'round-reopened', title: 'Datainsamling (enkät)', to: '2022-11-04' },
  ]);
});

test('a survey that has not opened gets another last day: told; other settings are not', async () => {
  seat = await openSeat(group);
  const moved = { do: 'change-round', round: collection, settings: {} } as const;
  await seat.done('maja-ek', { ...moved, closes: day('2022-11-14') });
  await seat.done('maja-ek', { ...moved, settings: { reminders: 'none' } });
  const { state } = await seat.load();
  expect(state.changes.filter(({ kind }) => kind === 'round-extended')).toMatchObject([
    { facts: { from: '2022-11-07', to: '2022-11-14' } },
  ]);
});

test('in a council’s digest every line says whose it is', async () => {
  seat = await openSeat(group);
  await seat.done('maja-ek', { do: 'hand-over-chair', to: 'tove-lind' });
  const { group: mine, state } = await seat.load();
  const imported = { at: group.startsAt, kind: 'plan-imported' as const, activity: null, facts: { activities: '11' } };
  const both = [
    { group: mine, state },
    { group: { ...mine, name: 'Utbildningsplatser' }, state: { ...state, changes: [imported] } },
  ];
  const card = JSON.stringify(renderCard('digest', { ...councilModel('Rådet', both, whole, now), whole: {} }, 'sv'));
  expect(card).toContain(`${group.name}: Tove Lind är ny sammankallande.`);
  expect(card).toContain('Utbildningsplatser: Tidplanen är inläst: 11 aktiviteter.');
});

test('what is told to be late for the first time stands there once; a week later it stands among the late', async () => {
  seat = await openSeat(group);
  await seat.goTo('2022-10-25T08:00:00Z');
  const { group: read, state } = await seat.load();
  const noted = state.changes.find(({ kind, activity }) => kind === 'overdue' && activity === 'utveckla-enkat');
  const first = digestModel(read, state, 'group', whole, now);
  expect(first.changes).toContainEqual({ what: 'overdue', activity: 'Utveckla enkät', due: '2022-10-12' });
  expect(first.late?.map(({ activity }) => activity)).not.toContain('Utveckla enkät');
  const after = noted?.at ?? null;
  const next = digestModel(read, state, 'group', { after, until: now }, now);
  expect(next.changes.map((line) => line.what)).not.toContain('overdue');
  expect(next.late).toContainEqual({ activity: 'Utveckla enkät', day: '2022-10-12', owners: 'all' });
  const card = JSON.stringify(renderCard('digest', { ...next, whole: {} }, 'sv', { groupLanguage: group.language }));
  expect(card).toContain('Synkronisera vårt arbete med nationella nätverk (inget datum)');
});
