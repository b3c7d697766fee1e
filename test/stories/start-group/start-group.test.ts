/** From a channel where no group talks to a group that runs, without leaving the chat; the same on both platforms. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { inputFor } from '../../../src/app/drafts-models.ts';
import { platforms } from '../../../src/domain/group.ts';
import { firstPlan, openStage, plan, readable, type Stage } from './stage.ts';

describe.each(platforms)('%s: a group starts in chat', (platform) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(platform);
  });
  afterAll(async () => {
    await stage?.close();
  });
  const last = () => stage.inChannel().findLast(({ from }) => from === 'bot');

  test('added to a channel, Rond says once what it will do and how to begin', async () => {
    await stage.invite();
    await vi.waitFor(() => expect(stage.inChannel()).toHaveLength(1));
    expect(readable(last())).toContain('Rond sköter arbetsgruppens tidplan');
    expect(readable(last())).toContain('klistra in tidplanen');
    await stage.invite();
    expect(stage.inChannel()).toHaveLength(1);
    // Whoever says anything there is told it again.
    await stage.say('Maja Ek', 'Hej, hur gör vi nu?');
    await vi.waitFor(() => expect(stage.inChannel()).toHaveLength(3));
    expect(readable(last())).toContain('klistra in tidplanen');
  });

  test('a pasted timetable is shown as it was understood, with what to look at', async () => {
    await stage.say('Maja Ek', firstPlan);
    await vi.waitFor(() => expect(readable(last())).toContain('Stämmer tidplanen?'));
    const card = readable(last());
    for (const title of ['Kunskapssammanställning', 'Utveckla enkät', 'Datainsamling (enkät)', 'Kartlägga nätverk']) {
      expect(card).toContain(title);
    }
    expect(card).toContain('Gruppens kanal: Karriärvägar.');
    expect(card).toContain('5 personer i kanalen');
    expect(card).toContain('12 okt. 2022 – 7 nov. 2022');
    // Years nobody wrote, two people called Tove, somebody who is not there, and a row without a date.
    expect(card).toContain('Datum utan år läses som det första efter i dag');
    expect(card).toContain('Flera i kanalen heter så');
    expect(card).toContain('Den ansvariga finns inte i kanalen');
    expect(card).toContain('⚠ 2 aktiviteter behöver ses över');
    expect(await stage.groups()).toEqual([]);
  });

  test('what has an obvious remedy is set right with one press, once', async () => {
    const take = { line: '2', take: 'name:tove-alm:Tove' };
    expect(readable(last())).toContain('”Tove” är Tove Alm');
    expect(readable(last())).toContain('”Tove” är Tove Lind');
    await stage.press('Maja Ek', 'draft.take', take);
    await vi.waitFor(() => expect(readable(last())).not.toContain('Flera i kanalen heter så'));
    expect(readable(last())).toContain('⚠ 1 aktivitet behöver ses över');
    await stage.redeliver();
    expect(readable(last())).toContain('⚠ 1 aktivitet behöver ses över');
    // Which list a survey asks about is Rond's guess: another is one press away.
    await stage.press('Maja Ek', 'draft.take', { line: '4', take: 'survey:role-rating|se-naravard' });
    await vi.waitFor(() => expect(readable(last())).not.toContain('Byt typ till: Uppgift'));
    expect(readable(last())).toContain('nära vård');
  });

  test('each thing to look at is set right on its page', async () => {
    const page = { [inputFor('Liv')]: 'disa-norr', date: '2022-11-15', until: '2022-11-01' };
    const backwards = await stage.fillIn('Maja Ek', 'draft.fix', { line: '6' }, page);
    expect(JSON.stringify([backwards.errors, readable(last())])).toContain('Den sista dagen ligger före den första');
    stage.wire.closeDialog(stage.people['Maja Ek']?.user ?? '');
    if (platform === 'teams') await stage.say('Maja Ek', 'läs in');
    await stage.fillIn('Maja Ek', 'draft.fix', { line: '6' }, { ...page, until: '' });
    expect(readable(last())).toContain('Land, för helgdagar och klockslag: Sverige.');
    const details = { name: 'Karriärvägar i vården', decided: '2022-09-23', country: 'FI' };
    await stage.fillIn('Maja Ek', 'draft.details', {}, details);
    await vi.waitFor(async () => {
      await stage.say('Maja Ek', 'läs in');
      expect(readable(last())).toContain('Inget behöver ses över.');
    });
    const card = readable(last());
    expect(card).toContain('Karriärvägar i vården');
    expect(card).toContain('Tove Alm');
    expect(card).toContain('Disa Norr');
    expect(card).toContain('Land, för helgdagar och klockslag: Finland.');
    expect(card).toContain('15 nov. 2022');
    expect(card).toContain('Datum utan år läses som det första efter beslutet fredag 23 september 2022');
  });

  test('confirmed, the group exists once, runs from now and greets everybody', async () => {
    await stage.press('Maja Ek', 'draft.confirm');
    await vi.waitFor(async () => expect(await stage.groups()).toEqual(['karriarvagar-i-varden']));
    // The same press again, as the platform repeats it.
    await stage.redeliver();
    expect(await stage.groups()).toEqual(['karriarvagar-i-varden']);
    const group = (await stage.rond.store.groups.load('karriarvagar-i-varden'))?.group;
    expect(group).toMatchObject({ language: 'sv', country: 'FI', timeZone: 'Europe/Helsinki' });
    expect(group?.members.filter(({ role }) => role === 'convenor').map(({ name }) => name)).toEqual(['Maja Ek']);
    expect(group?.members.map(({ name }) => name).sort()).toEqual([
      'Disa Norr',
      'Maja Ek',
      'Nils Berg',
      'Tove Alm',
      'Tove Lind',
    ]);
    expect(group?.channels).toMatchObject([{ purpose: 'group', platform, id: stage.channel.id, name: 'Karriärvägar' }]);
    expect(group?.activities.map(({ key, owners }) => [key, owners])).toEqual([
      ['kunskapssammanstallning', ['tove-alm']],
      ['utveckla-enkat', 'all'],
      ['datainsamling-enkat', 'all'],
      ['sammanstallning-rapport', ['nils-berg']],
      ['kartlagga-natverk', ['disa-norr']],
    ]);
    await stage.moveTo('2022-09-26T09:00:00Z');
    for (const name of Object.keys(stage.people)) {
      expect(stage.personal(name).filter((shown) => readable(shown).includes('Välkommen till Rond'))).toHaveLength(1);
    }
  });

  test('once a group talks there, whoever asks how to begin is told how to go on, and being added again says nothing', async () => {
    await stage.say('Maja Ek', 'läs in');
    await vi.waitFor(() => expect(readable(last())).toContain('Gruppen är redan i gång'));
    const before = stage.inChannel().length;
    await stage.invite({ ...stage.channel, name: 'Karriärvägar 2' });
    expect(stage.inChannel()).toHaveLength(before);
  });

  test('what cannot be a plan says what to do', async () => {
    await stage.say('Maja Ek', 'Hej!\nHär kommer\nvår tidplan\nsnart', 'personal');
    await vi.waitFor(() =>
      expect(readable(stage.personal('Maja Ek').at(-1))).toContain('Klistra in tabellen med sin rubrikrad'),
    );
    const files: [string, Uint8Array, string][] = [
      ['stor.docx', new Uint8Array(20 * 1024 * 1024 + 1), 'större än 20 MB'],
      ['lås.docx', locked(), 'skyddad med lösenord'],
      ['trasig.docx', new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]), 'skadad eller inte hel'],
      ['bild.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0, 1, 2, 3, 0, 0]), '.docx, .xlsx, .md, .csv'],
    ];
    for (const [name, bytes, words] of files) {
      await stage.give('Maja Ek', name, bytes);
      await vi.waitFor(() => expect(readable(stage.personal('Maja Ek').at(-1)), name).toContain(words), 8000);
    }
    await stage.give('Nils Berg', 'gammal.csv', 'Aktivitet;Ansvarig;Tid\nGammalt;Nils Berg;1900-01-01\n');
    await vi.waitFor(() => expect(readable(stage.personal('Nils Berg').at(-1))).toContain('Stämmer året?'));
  });

  test('a changed plan is shown as a difference, and applied without losing what was said', async () => {
    const changed = plan([
      'Kunskapssammanställning\tTove Alm\t12/10 2022 och 5/12 2022',
      'Utveckla enkäten\tAlla\t10/10 2022',
      'Datainsamling (enkät)\tAlla\t12/10 2022 - 14/11 2022',
      'Sammanställning rapport\tDisa Norr\t13/12 2022',
      'Presentera för styrgruppen\tMaja Ek\t20/12 2022',
    ]);
    const { store } = stage.rond;
    const before = await store.groups.load('karriarvagar-i-varden');
    await store.plans.saveStatus(
      before?.id ?? '',
      {
        activity: 'kunskapssammanstallning',
        due: '2022-11-30',
        status: 'under-way',
        note: 'Halvvägs',
        newDate: null,
        by: 'tove-alm',
        event: `${platform}-said`,
      },
      Temporal.Instant.from('2022-09-26T09:05:00Z'),
    );
    const held = await store.groups.load('karriarvagar-i-varden');
    await stage.say('Tove Lind', changed);
    await vi.waitFor(() =>
      expect(JSON.stringify(stage.inChannel().slice(-1)) + JSON.stringify(stage.personal('Tove Lind'))).toContain(
        'Det här kan bara gruppens sammankallande göra',
      ),
    );
    expect((await store.groups.load('karriarvagar-i-varden'))?.group).toEqual(held?.group);

    await stage.say('Maja Ek', changed);
    await vi.waitFor(() => expect(readable(last())).toContain('Det här ändras'));
    const card = readable(last());
    expect(card).toContain('Nytt datum: Kunskapssammanställning, 5 dec. 2022 i stället för 30 nov. 2022');
    expect(card).toContain('Nytt namn: Utveckla enkäten (förut Utveckla enkät)');
    expect(card).toContain('Nytt datum: Datainsamling (enkät), 12 okt. 2022 – 14 nov. 2022');
    expect(card).toContain('Ny ansvarig: Sammanställning rapport, Disa Norr i stället för Nils Berg');
    expect(card).toContain('Ny: Presentera för styrgruppen (20 dec. 2022)');
    expect(card).toContain('Tas bort: Kartlägga nätverk');
    expect((await store.groups.load('karriarvagar-i-varden'))?.group).toEqual(held?.group);

    // Somebody else is quicker: the second sees what changed, and the difference anew.
    const told = {
      at: Temporal.Instant.from('2022-09-26T09:10:00Z'),
      kind: 'owner-set' as const,
      activity: 'utveckla-enkat',
      facts: { owner: 'Nils Berg' },
    };
    await store.plans.amend(
      before?.id ?? '',
      'utveckla-enkat',
      { owners: ['nils-berg'] },
      told,
      'nils-berg',
      `${platform}-amended`,
    );
    await stage.press('Maja Ek', 'draft.apply');
    await vi.waitFor(() => expect(seenBy('Maja Ek')).toContain('Medan du tittade ändrade någon annan tidplanen'));
    expect(seenBy('Maja Ek')).toContain('Ny ansvarig: Utveckla enkät, Nils Berg i stället för Alla');
    expect((await store.groups.load('karriarvagar-i-varden'))?.group.activities).toHaveLength(5);

    await stage.press('Maja Ek', 'draft.apply');
    await vi.waitFor(async () =>
      expect((await store.groups.load('karriarvagar-i-varden'))?.group.activities).toHaveLength(6),
    );
    const after = await store.groups.load('karriarvagar-i-varden');
    const activity = (key: string) => after?.group.activities.find((one) => one.key === key);
    expect(activity('utveckla-enkat')?.title).toBe('Utveckla enkäten');
    expect(activity('kartlagga-natverk')?.parked).toBe(true);
    expect(activity('kunskapssammanstallning')?.due).toMatchObject([{ key: '2022-10-12' }, { key: '2022-11-30' }]);
    expect(activity('kunskapssammanstallning')?.due[1]).toMatchObject({ on: Temporal.PlainDate.from('2022-12-05') });
    expect(after?.state.statuses).toMatchObject([{ activity: 'kunskapssammanstallning', note: 'Halvvägs' }]);
    // The channel's digest will say each thing, too.
    const news = after?.state.changes.slice(after.state.changes.findLastIndex(({ kind }) => kind === 'plan-imported'));
    expect(news?.map(({ kind, activity }) => `${kind} ${activity}`)).toEqual([
      'plan-imported null',
      'added presentera-for-styrgruppen',
      'date-moved kunskapssammanstallning',
      'renamed utveckla-enkat',
      'date-moved datainsamling-enkat',
      'owner-set sammanstallning-rapport',
      'parked kartlagga-natverk',
    ]);
  });

  const seenBy = (name: string) => stage.inChannel(name).map(readable).join('\n');
});

/** The head of the container in which Office keeps a file with a password. */
function locked(): Uint8Array {
  const bytes = new Uint8Array(2048);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  bytes.set(Buffer.from('EncryptedPackage', 'utf16le'), 1024);
  return bytes;
}
