import { describe, expect, it } from 'vitest';
import { findDecisionDate, readGivenDate } from '../../../src/domain/plan/decided.ts';

const found = (text: string) => findDecisionDate(text)?.toString() ?? null;

describe('the decision date in a text', () => {
  it.each([
    '**Beslutat av Rådets arbetsutskott  \n2022-09-23**',
    'Beslutad 23 september 2022',
    'Fastställd av styrgruppen den 23.9.2022',
    'Den 23 september 2022 beslutade arbetsutskottet',
    'Vedtatt av styret 23. september 2022',
    'Päätetty 23.9.2022',
    'Työryhmä päätti asiasta 23. syyskuuta 2022',
    'Decided by the board\n\n23 September 2022',
    'Adopted: September 23, 2022',
    'Beslutsdatum: 2022-09-23\tDnr 22/114',
    `${'Beslut har inte fattats om budget.\n'.repeat(3)}Antagen 2022-09-23`,
  ])('%j', (text) => expect(found(text)).toBe('2022-09-23'));

  it.each([
    '',
    '2022-09-23',
    'Beslutat av rådet i september 2022',
    'Rådet har beslutat tillsätta sex arbetsgrupper kopplat till Aktivitetsplan 2022.',
    'Beslutsfattare träffas 2022-09-23',
    'Beslutat 2022-02-30',
    `Beslutat av ${'en lång rad nämnder '.repeat(30)} 2022-09-23`,
    'Beslut\nett\ntvå\ntre\n2022-09-23',
  ])('is not in %j', (text) => expect(found(text)).toBeNull());

  it('a date in the table below is not when it was decided', () =>
    expect(found('Vad som är beslutat:\nEnkät\tAlla\t2022-10-12')).toBeNull());
  it('the first decision counts', () =>
    expect(found('Beslutat 2022-09-23\nReviderat, fastställt 2023-01-10')).toBe('2022-09-23'));
  // Of more than its length, the work would outlast the test's minute.
  it('is not in a long text of decisions', () => expect(found('beslutat av '.repeat(1_000_000))).toBeNull());
});

describe('a date given by hand', () => {
  it.each(['2022-09-23', '23.9.2022', '23/9 2022', '23 september 2022'])('%s', (text) =>
    expect(readGivenDate(text)?.toString()).toBe('2022-09-23'),
  );
  it.each(['', '23/9', '2022-13-40', '2022-02-30', 'igår', '2022-09', '2022-09-23 2022-09-24', '2022-09-23 eller så'])(
    'not %j',
    (text) => expect(readGivenDate(text)).toBeNull(),
  );
});
