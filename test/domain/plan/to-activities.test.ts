import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlan } from '../../../src/domain/plan/read-plan.ts';
import { slug, toActivities } from '../../../src/domain/plan/to-activities.ts';
import { charter } from './timetable.ts';

const members = [
  { key: 'maja-alm', name: 'Maja Alm' },
  { key: 'tove-lind', name: 'Tove Lind' },
  { key: 'tove-berg', name: 'Tove Berg' },
];
const activities = (text: string) => {
  const result = readPlan({ text, tables: [] }, { decided: Temporal.PlainDate.from('2022-09-23') });
  if (!result.ok) throw new Error(result.message);
  return toActivities(result.plan, members);
};

describe('a plan made into activities', () => {
  it('the charter becomes one collection, one pilot, one watch, one meeting and tasks', () => {
    expect(activities(charter).map(({ key, kind, instrument }) => [key, kind, instrument])).toEqual([
      ['kunskapsinhamtning-bevaka-departementets-uppdrag', 'watch', null],
      ['kunskapssammanstallning', 'task', null],
      ['kartlagga-befintliga-modeller-i-regionen', 'task', null],
      ['kartlagga-befintliga-natverk-nationellt', 'task', null],
      ['synkronisera-vart-arbete-med-nationella-natverk', 'task', null],
      ['utveckla-enkat', 'task', null],
      ['inhamta-synpunkter-pa-enkaten', 'pilot', null],
      ['datainsamling-enkat', 'collection', 'role-rating'],
      ['sammanstalla-resultatet', 'task', null],
      ['sammanstallning-rapport', 'task', null],
      ['planering-eventuell-workshop', 'meeting', null],
    ]);
  });

  it('a first name becomes the member, one that two share stays as written', () => {
    const [, summary, , networks, , develop] = activities(charter);
    expect(summary).toMatchObject({ owners: ['maja-alm'], unknownOwners: [] });
    expect(networks).toMatchObject({ owners: [], unknownOwners: ['Tove'] });
    expect(develop).toMatchObject({ owners: 'all', unknownOwners: [] });
  });

  it('due points carry keys that name them', () => {
    const all = activities(charter);
    expect(all[1]?.due.map(({ key }) => key)).toEqual(['2022-10-12', '2022-11-30']);
    expect(all[7]?.due).toEqual([
      {
        key: '2022-10-12/2022-11-07',
        from: Temporal.PlainDate.from('2022-10-12'),
        to: Temporal.PlainDate.from('2022-11-07'),
      },
    ]);
  });

  it('the same date twice is one due point, the same title twice two keys', () => {
    const all = activities('Aktivitet\tTidplan\nEnkät\t12/10, 12/10\nEnkät\t12/10');
    expect(all.map(({ key, due }) => [key, due.length])).toEqual([
      ['enkat', 1],
      ['enkat-2', 1],
    ]);
  });

  it('a window that runs backwards is not run', () => {
    expect(activities('Aktivitet\tTidplan\nEnkät\t7/11 - 12/10')[0]?.due).toEqual([]);
  });

  it('a title of signs alone has a key', () =>
    expect(activities('Aktivitet\tTidplan\n???\t12/10\n!!!\t12/10').map(({ key }) => key)).toEqual([
      'activity',
      'activity-2',
    ]));
});

it('any title makes a short plain key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (title) => {
      expect(slug(title)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    }),
  );
  expect(slug('Kjøre prøve på Ærø')).toBe('kjore-prove-pa-aero');
  expect(slug('x'.repeat(100)).length).toBeLessThanOrEqual(48);
});
