/** A document in the convenor's own chat, before and after Rond is in a channel; people who come, go and may not. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { platforms } from '../../../src/domain/group.ts';
import type { Stage } from './stage.ts';
import { openStage, plan, readable } from './stage.ts';

const document = `# Arbetsgrupp Omställning

Beslutat av arbetsutskottet 2022-09-23
Sammankallande: Nils Berg

| Aktivitet | Ansvarig | Tidplan |
| --- | --- | --- |
| Datainsamling (enkät) | Alla | 12/10 - 7/11 |
| Rapport | Tove Lind | 13/12 |
`;

describe.each(platforms)('%s: a plan by file', (platform) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(platform);
  });
  afterAll(async () => {
    await stage?.close();
  });
  const lastOf = (name: string) => readable(stage.personal(name).findLast(({ from }) => from === 'bot'));
  const everything = () => stage.personal('Nils Berg').map(readable).join('\n');
  const groupNow = async () => (await stage.rond.store.groups.load('arbetsgrupp-omstallning'))?.group;

  test('before there is a channel the draft waits, and says so', async () => {
    await stage.give('Maja Ek', 'tidplan.md', document);
    await vi.waitFor(() => expect(lastOf('Maja Ek')).toContain('Rond är inte i någon kanal'));
    expect(lastOf('Maja Ek')).toContain('Arbetsgrupp Omställning');
    await stage.press('Maja Ek', 'draft.confirm');
    expect(await stage.groups()).toEqual([]);
  });

  test('once Rond is in a channel, its people are matched, and who the charter names convenes', async () => {
    const here = ['Maja Ek', 'Nils Berg', 'Tove Lind'].map((name) => stage.people[name]?.user ?? '');
    await stage.invite({ ...stage.channel, members: here });
    await vi.waitFor(() => expect(stage.inChannel().length).toBeGreaterThan(0));
    await stage.press('Maja Ek', 'draft.confirm');
    await vi.waitFor(() => expect(lastOf('Maja Ek')).toContain('Gruppens kanal: Karriärvägar.'));
    expect(lastOf('Maja Ek')).toContain('3 personer i kanalen');
    expect(lastOf('Maja Ek')).toContain('Sammankallande: Nils Berg.');
    await stage.press('Maja Ek', 'draft.confirm');
    await vi.waitFor(async () => expect(await stage.groups()).toEqual(['arbetsgrupp-omstallning']));
    const group = await groupNow();
    expect(group?.members.map(({ name, role }) => `${name} ${role}`).sort()).toEqual([
      'Maja Ek member',
      'Nils Berg convenor',
      'Tove Lind member',
    ]);
    expect(group?.decidedOn.toString()).toBe('2022-09-23');
    expect(lastOf('Maja Ek')).toContain('Sammankallande är Nils Berg');
  });

  test('the same plan again changes nothing, and a member may not change it', async () => {
    await stage.give('Nils Berg', 'tidplan.md', document);
    await vi.waitFor(() => expect(lastOf('Nils Berg')).toContain('Tidplanen är densamma'));
    await stage.give(
      'Maja Ek',
      'ny.csv',
      'Aktivitet;Ansvarig;Tid\nDatainsamling (enkät);Alla;12/10 - 30/11\nRapport;Tove Lind;13/12\n',
    );
    await vi.waitFor(() => expect(lastOf('Maja Ek')).toContain('Det här kan bara gruppens sammankallande göra'));
    const loaded = await stage.rond.store.groups.load('arbetsgrupp-omstallning');
    expect(loaded?.group.activities.map(({ due }) => due.map(({ key }) => key))).toEqual([
      ['2022-10-12/2022-11-07'],
      ['2022-12-13'],
    ]);
  });

  test('a window that is moved while its survey is open moves its last day, and keeps the answers', async () => {
    await stage.moveTo('2022-10-12T10:00:00Z');
    const open = await stage.rond.store.groups.load('arbetsgrupp-omstallning');
    expect(open?.state.rounds).toMatchObject([{ key: 'datainsamling-enkat/2022-10-12/2022-11-07', closedAt: null }]);
    await stage.give(
      'Nils Berg',
      'ny.csv',
      'Aktivitet;Ansvarig;Tid\nDatainsamling (enkät);Alla;2022-10-12 - 2022-11-14\nRapport;Tove Lind;2022-12-13\n',
    );
    await vi.waitFor(() => expect(lastOf('Nils Berg')).toContain('Det här ändras'));
    await stage.press('Nils Berg', 'draft.apply');
    await vi.waitFor(() => expect(lastOf('Nils Berg')).toContain('1 ändring är gjord'));
    await stage.moveTo('2022-11-08T10:00:00Z');
    const after = await stage.rond.store.groups.load('arbetsgrupp-omstallning');
    expect(after?.state.rounds).toHaveLength(1);
    expect(after?.state.rounds[0]?.closesAt.toString()).toBe('2022-11-14T23:00:00Z');
    expect(after?.state.rounds[0]?.closedAt).toBe(null);
  });

  test('an owner who left the channel is told of, and can be replaced', async () => {
    const here = ['Maja Ek', 'Nils Berg', 'Disa Norr'].map((name) => stage.people[name]?.user ?? '');
    await stage.invite({ ...stage.channel, members: here });
    const rows = ['Datainsamling (enkät)\tAlla\t2022-10-12 - 2022-11-14', 'Rapport\tTove Lind\t2022-12-15'];
    await stage.say('Nils Berg', plan(rows), 'personal');
    await vi.waitFor(() => expect(lastOf('Nils Berg')).toContain('⚠ 1 aktivitet i den nya tidplanen behöver ses över'));
    await stage.press('Nils Berg', 'draft.page');
    await vi.waitFor(() => expect(lastOf('Nils Berg')).toContain('Den ansvariga har lämnat kanalen'));
    await stage.fillIn('Nils Berg', 'draft.fix', { line: '3' }, { owner: 'disa-norr' });
    await vi.waitFor(() => expect(lastOf('Nils Berg')).toContain('Inget behöver ses över'));
    await stage.press('Nils Berg', 'draft.confirm');
    await vi.waitFor(() => expect(lastOf('Nils Berg')).toContain('Disa Norr i stället för Tove Lind'));
    await stage.press('Nils Berg', 'draft.apply');
    await vi.waitFor(async () => expect((await groupNow())?.members.map(({ key }) => key)).toContain('disa-norr'));
    const group = await groupNow();
    expect(group?.activities.find(({ key }) => key === 'rapport')?.owners).toEqual(['disa-norr']);
    expect(group?.members.map(({ name }) => name)).toContain('Tove Lind');
    const log = await stage.rond.store.steering.log(group?.key ?? '', { limit: 50 });
    expect(log.filter(({ subject }) => subject === 'member:disa-norr')).toMatchObject([
      {
        action: 'import-plan',
        by: 'nils-berg',
        subjectName: 'Disa Norr',
        field: 'member',
        from: null,
        to: 'Disa Norr',
      },
    ]);
    await stage.say('Nils Berg', 'logg', 'personal');
    await vi.waitFor(() => expect(lastOf('Nils Berg')).toContain('Disa Norr'));
  });

  test('a file that fails keeps the draft from before', async () => {
    await stage.give(
      'Nils Berg',
      'ny.csv',
      'Aktivitet;Ansvarig;Tid\nDatainsamling (enkät);Alla;2022-10-12 - 2022-11-14\nRapport;Maja Ek;2022-12-15\n',
    );
    await vi.waitFor(() => expect(lastOf('Nils Berg')).toContain('Maja Ek i stället för Disa Norr'));
    await stage.give('Nils Berg', 'tom.txt', '   ');
    await vi.waitFor(() => expect(lastOf('Nils Berg')).toContain('Ditt tidigare utkast finns kvar'));
    await stage.say('Nils Berg', 'läs in', 'personal');
    await vi.waitFor(() => expect(lastOf('Nils Berg')).toContain('Maja Ek i stället för Disa Norr'));
    await stage.press('Nils Berg', 'draft.cancel');
    await vi.waitFor(() => expect(lastOf('Nils Berg')).toContain('Utkastet är slängt'));
  });

  test('a draft that was discarded by mistake is taken back as it was, unless there is a newer one', async () => {
    await stage.press('Nils Berg', 'draft.revive');
    await vi.waitFor(() => expect(lastOf('Nils Berg')).toContain('Maja Ek i stället för Disa Norr'));
    await stage.press('Nils Berg', 'draft.cancel');
    await vi.waitFor(() => expect(lastOf('Nils Berg')).toContain('Utkastet är slängt'));
    await stage.give('Nils Berg', 'nyare.csv', 'Aktivitet;Ansvarig;Tid\nRapport;Maja Ek;2022-12-16\n');
    await vi.waitFor(() => expect(lastOf('Nils Berg')).toContain('16 dec. 2022'));
    await stage.press('Nils Berg', 'draft.revive');
    await vi.waitFor(() => expect(everything()).toContain('Det finns ett nyare utkast'));
    await stage.press('Nils Berg', 'draft.apply');
    await vi.waitFor(() => expect(everything()).toContain('Tidplanen är ändrad'));
  });
});
