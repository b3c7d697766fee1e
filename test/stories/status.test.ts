/** An owner's word, the convenor's repairs, and what follows from them: seen in the chats and told to the channels. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestRond, type TestRond } from '../support/rond.ts';
import { personIn, type StoryPerson, textOf } from './person.ts';
import { stored } from './stored.ts';

let t: TestRond;
let tove: StoryPerson;
let jonas: StoryPerson;
let liv: StoryPerson;

async function begin(): Promise<void> {
  t = await startTestRond();
  [tove, jonas, liv] = ['tove-almgren', 'jonas-ekdahl', 'liv-sandell'].map((key) =>
    personIn(t.sandbox, t.group, key),
  ) as [StoryPerson, StoryPerson, StoryPerson];
}
const end = () => t.close();

const keys = async (part: string) => {
  const rows = await t.rond.store.ledger.rows(t.group.key);
  return rows.filter((row) => row.key.includes(part) && row.kind !== 'event').map((row) => `${row.at} ${row.key}`);
};
const words = () =>
  stored<{ due_key: string; status: string; note: string; day: string | null; by: string }>(
    t,
    'select due_key, status, note, new_date::text as day, by from status_update order by id',
  );
const steering = () => t.sandbox.wires.slack.channel('C0STYR001').map((shown) => textOf(shown));
/** Each is refused with these words beside the field. */
const refusedDays = [
  ['1900-01-01', 'Datumet gick inte att läsa, eller ligger för långt bort. Skriv till exempel 2022-11-30.'],
  ['2022-09-01', 'Datumet har redan varit. Välj ett senare.'],
] as const;
const about = (who: StoryPerson, title: string) => who.texts().filter((text) => text.includes(title));

describe('the day an activity is due', () => {
  beforeAll(async () => {
    await begin();
    await t.moveTo('2022-10-12T07:00:00Z');
  });
  afterAll(end);
  const title = 'Kunskapssammanställning';

  test('one tap: the card says whose word it is; the same tap again is no second word', async () => {
    const card = tove.with('status.set').id;
    expect(tove.message(card)).toMatch(
      /Hur går det\? Kunskapssammanställning .* Ska vara klart onsdag 12 oktober 2022\./,
    );
    expect(tove.message(card)).toContain('○ Inte påbörjat ◐ Pågår ✔ Klart ⚠ Försenat ✖ Stoppat');
    for (let tap = 0; tap < 3; tap += 1) {
      expect(await tove.press(card, 'status.set', {}, { status: 'under-way' })).toMatchObject({
        ok: true,
        notice: null,
      });
      expect(tove.message(card)).toContain('Senaste läge: ◐ Pågår, enligt Tove Almgren.');
    }
    expect(await words()).toEqual([
      { due_key: '2022-10-12', status: 'under-way', note: '', day: null, by: 'tove-almgren' },
    ]);
  });

  test('a note and a new date: a day that has been is refused beside its field, what was typed stays', async () => {
    const card = tove.with('status.more').id;
    await tove.press(card, 'status.more');
    for (const [newDate, why] of refusedDays) {
      await tove.press(card, 'status.save', { status: 'late', note: 'Väntar på svar', newDate });
      expect(tove.message(card)).toContain(why);
      expect(tove.message(card)).toContain('Väntar på svar');
      expect(JSON.stringify(tove.chat().find(({ id }) => id === card)?.card)).toContain(newDate);
      expect(await words()).toHaveLength(1);
    }
    await tove.press(card, 'status.save', { status: 'late', note: 'Väntar på svar', newDate: '2022-10-20' });
    expect(tove.message(card)).toContain('Ska vara klart torsdag 20 oktober 2022.');
    expect(tove.message(card)).toContain('Senaste läge: ⚠ Försenat, enligt Tove Almgren. Väntar på svar');
    expect((await words()).at(-1)).toMatchObject({ status: 'late', note: 'Väntar på svar', day: '2022-10-20' });
  });

  test('handed over: the other one is reminded, asked, and answers on their platform', async () => {
    const card = tove.with('status.more').id;
    await tove.press(card, 'status.more');
    await tove.press(card, 'status.save', { status: 'under-way', handTo: 'jonas-ekdahl' });
    const [before, toves] = [about(jonas, title).length, about(tove, title).length];
    await t.moveTo('2022-10-20T07:00:00Z');
    expect(about(jonas, title).slice(before)).toEqual([
      expect.stringContaining('En vecka kvar'),
      expect.stringContaining('Snart dags'),
      expect.stringMatching(/Hur går det\?.*torsdag 20 oktober 2022.*Senaste läge: ◐ Pågår, enligt Tove Almgren\./),
    ]);
    expect(about(tove, title)).toHaveLength(toves);
    const jonass = jonas.with('status.more').id;
    await jonas.press(jonass, 'status.more');
    expect(jonas.dialog()).toContain('Lägesrapport');
    for (const [newDate, why] of refusedDays) {
      const refused = await jonas.handIn(jonass, 'status.save', { status: 'done', note: 'Klart', newDate });
      expect(refused.errors).toEqual({ newDate: why });
    }
    const said = { status: 'done', note: 'Klart <b>nu</b> & bra', newDate: '' };
    const taken = await jonas.handIn(jonass, 'status.save', said);
    expect([taken.ok, taken.errors]).toEqual([true, {}]);
    await vi.waitFor(() =>
      expect(jonas.message(jonass)).toContain('Senaste läge: ✔ Klart, enligt Jonas Ekdahl. Klart <b>nu</b> & bra'),
    );
  });

  test('the channel is told what was said, once, the way it was said', async () => {
    await t.moveTo('2022-10-21T07:00:00Z');
    const told = steering().filter((text) => text.includes('Kunskapssammanställning'));
    expect(told.at(-1)).toContain('Kunskapssammanställning (12 okt. 2022): ✔ Klart – ”Klart <b>nu</b> & bra”');
    expect(told.join(' ').split('”Kunskapssammanställning” har lämnats över till Jonas Ekdahl.')).toHaveLength(2);
    expect(
      told.join(' ').split('Nytt datum för ”Kunskapssammanställning”: 20 okt. 2022 i stället för 12 okt. 2022.'),
    ).toHaveLength(2);
  });

  test('done on the first due point leaves the second as it was', async () => {
    await t.moveTo('2022-11-30T08:00:00Z');
    expect(await keys(':kunskapssammanstallning:2022-10-12')).toEqual(
      expect.not.arrayContaining([expect.stringContaining('overdue:kunskapssammanstallning:2022-10-12:2022-10-20')]),
    );
    expect(about(jonas, title).at(-1)).toMatch(/Hur går det\?.*Ska vara klart onsdag 30 november 2022\./);
    expect(about(jonas, title).at(-1)).not.toContain('Senaste läge');
    expect(await keys(':kunskapssammanstallning:2022-11-30')).toEqual([
      '2022-11-23T08:00:00Z deadline:kunskapssammanstallning:2022-11-30:2022-11-30:week:jonas-ekdahl',
      '2022-11-29T08:00:00Z deadline:kunskapssammanstallning:2022-11-30:2022-11-30:day:jonas-ekdahl',
      '2022-11-30T08:00:00Z status:kunskapssammanstallning:2022-11-30:2022-11-30:jonas-ekdahl',
    ]);
  });
});

describe('an activity that nobody says a word about', () => {
  beforeAll(async () => {
    await begin();
    await t.moveTo('2022-10-21T07:00:00Z');
  });
  afterAll(end);

  test('the convenor is told after one working day and after seven, and everybody else never', async () => {
    const late = about(liv, 'Kunskapssammanställning').filter((text) => text.includes('Inte klart i tid'));
    expect(late).toEqual([
      expect.stringContaining(
        'Skulle ha varit klart onsdag 12 oktober 2022, för 1 arbetsdag sedan. Ansvarig: Tove Almgren.',
      ),
      expect.stringContaining(
        'Skulle ha varit klart onsdag 12 oktober 2022, för 7 arbetsdagar sedan. Ansvarig: Tove Almgren.',
      ),
    ]);
    expect(await keys('overdue:kunskapssammanstallning')).toEqual([
      '2022-10-13T07:00:00Z overdue:kunskapssammanstallning:2022-10-12:2022-10-12:1',
      '2022-10-21T07:00:00Z overdue:kunskapssammanstallning:2022-10-12:2022-10-12:7',
    ]);
    expect(about(jonas, 'Kunskapssammanställning')).toEqual([expect.stringContaining('Välkommen')]);
  });

  test('what the whole group answers for is said to be the whole group’s', () => {
    const late = about(liv, 'Utveckla enkät').filter((text) => text.includes('Inte klart i tid'));
    expect(late).toHaveLength(2);
    for (const text of late) expect(text).toContain('sedan. Hela gruppen ansvarar.');
  });

  test('a watch is never late', async () => {
    expect(await keys('kunskapsinhamtning')).toEqual([]);
    for (const who of [tove, jonas, liv]) expect(about(who, 'Kunskapsinhämtning')).toEqual([]);
  });

  test('a member who is neither owner nor convenor cannot speak for it; the convenor can', async () => {
    const card = liv.with('status.set').id;
    expect(liv.message(card)).toMatch(/Inhämta synpunkter|Utveckla enkät/);
    const tap = { verb: 'status.set', values: { status: 'done' } };
    expect((await tove.wire.press(tove.user, { message: card }, tap)).notice).toBe(
      'Det här är ställt till någon annan, så ditt svar sparades inte.',
    );
    expect(await words()).toEqual([]);
    const toves = tove.with('status.set').id;
    expect(await liv.wire.press(liv.user, { message: toves }, tap)).toMatchObject({ ok: true, notice: null });
    expect(await words()).toEqual([expect.objectContaining({ status: 'done', by: 'liv-sandell' })]);
  });
});

describe('a plan with holes', () => {
  beforeAll(async () => {
    await begin();
    await t.moveTo('2022-09-26T07:00:00Z');
  });
  afterAll(end);
  const title = 'Kartlägga befintliga modeller i sjukvårdsregionen?';
  const card = () => liv.chat().find((shown) => textOf(shown).includes(title))?.id ?? '';

  test('only the convenor is asked, with what is missing', () => {
    expect(liv.message(card())).toContain('Ingen är utsedd som ansvarig. Det finns inget datum.');
    expect([...tove.texts(), ...jonas.texts()].filter((text) => text.includes(title))).toEqual([]);
  });

  test("somebody else's press changes nothing", async () => {
    expect((await tove.press(card(), 'fix.park')).notice).toBe('Det här kan bara gruppens sammankallande göra.');
    expect(await stored(t, 'select 1 from activity where parked')).toEqual([]);
  });

  test('a date that has been is refused; an owner and a date are taken, and the chain starts', async () => {
    const fix = card();
    await liv.press(fix, 'fix.open');
    for (const [date, why] of refusedDays) {
      await liv.press(fix, 'fix.save', { owner: 'jonas-ekdahl', date });
      expect(liv.message(fix)).toContain(why);
      expect(await keys('kartlagga-befintliga-modeller')).toHaveLength(1);
    }
    await liv.press(fix, 'fix.save', { owner: 'jonas-ekdahl', date: '2022-10-25' });
    expect(liv.message(fix)).toContain('Det är sparat.');
    await t.moveTo('2022-10-25T07:00:00Z');
    expect(about(jonas, title)).toEqual([
      expect.stringContaining('En vecka kvar'),
      expect.stringContaining('Snart dags'),
      expect.stringMatching(/Hur går det\?.*Ska vara klart tisdag 25 oktober 2022\./),
    ]);
    expect(steering().join(' ')).toContain('Jonas Ekdahl');
  });

  test('nobody says a word: the date it was given is the one that was missed', async () => {
    await t.moveTo('2022-10-26T07:00:00Z');
    expect(steering().at(-1)).toContain(`”${title}” är inte klart. Datumet var 25 okt. 2022.`);
  });

  test('set aside: nothing more is asked, and the channel is told', async () => {
    const other = 'Synkronisera vårt arbete med nationella nätverk';
    const aside = liv.chat().find((shown) => textOf(shown).includes(other))?.id ?? '';
    await liv.press(aside, 'fix.park');
    expect(liv.message(aside)).toContain('Aktiviteten är lagd åt sidan. Rond frågar inte mer om den.');
    await t.moveTo('2022-12-20T08:00:00Z');
    expect(about(liv, other)).toHaveLength(1);
    const told = `”${other}” har lagts åt sidan tills vidare.`;
    const from = steering().findIndex((text) => text.includes(told));
    expect(from).toBeGreaterThan(0);
    expect(
      steering()
        .slice(from + 1)
        .filter((text) => text.includes(other)),
    ).toEqual([]);
  });
});
