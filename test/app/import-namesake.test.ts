/** A plan that is read anew, after somebody was removed in the chat: they stay out, and nobody of their name becomes them. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holidayName } from '../../src/adapters/calendar/holidays.ts';
import { readDocument } from '../../src/adapters/documents/read-document.ts';
import type { ImportWorld, Reader } from '../../src/app/drafts.ts';
import { takeDraft } from '../../src/app/drafts-review.ts';
import { takeImport } from '../../src/app/import-plan.ts';
import { say } from '../../src/cards/words.ts';
import type { Member } from '../../src/domain/group.ts';
import type { Reply } from '../../src/ports/chat.ts';
import { coreGroup } from '../support/core-group.ts';
import { day, openSeat, type Seat } from './steering/seat.ts';

const channel = coreGroup.channels.find(({ purpose }) => purpose === 'group');
const user = ({ identities }: Member) => identities.find(({ platform }) => platform === channel?.platform)?.user ?? '';
const [title = ''] = coreGroup.activities.map((one) => one.title);
const lines = ['Aktivitet\tAnsvarig\tTidplan', `${title}\tTove Lind\t2022-12-01`].join('\n');

let seat: Seat;
let around: { user: string; name: string }[];
beforeAll(async () => {
  seat = await openSeat();
  around = coreGroup.members.map((member) => ({ user: user(member), name: member.name }));
  await seat.done('maja-ek', { do: 'remove-member', member: 'tove-lind' });
});
afterAll(() => seat.close());

/** Null: the platform does not tell now who is in the channel. */
type Around = typeof around | null;

const convenor = coreGroup.members.find(({ role }) => role === 'convenor')?.identities[0];
async function worldWith(here: Around): Promise<{ world: ImportWorld; reader: Reader }> {
  const { store } = seat;
  if (!convenor || !channel) throw new Error('nobody leads the group');
  const members = here?.map((one) => ({ ...one, mail: null, locale: null, timeZone: null }));
  const roster = async () => (members ? { is: 'known' as const, name: null, members } : { is: 'again' as const });
  const world = {
    ...{ store, now: coreGroup.startsAt, readDocument, holidays: holidayName },
    platforms: { [channel.platform]: { roster } },
  } as unknown as ImportWorld;
  return { world, reader: { who: convenor, people: await store.people.find(convenor), language: 'sv' } };
}

/** Pasted into the channel, or, where the group has none, in a personal chat. */
async function brings(event: string, text: string = lines, here: Around = around): Promise<void> {
  const [place] = (await seat.load()).group.channels;
  const { world, reader } = await worldWith(here);
  const { who } = reader;
  const command = {
    who,
    text: 'Aktivitet',
    lines: text,
    event,
    locale: null,
    ...(place ? { where: 'channel', channel: channel?.id } : { where: 'personal' }),
  };
  expect(JSON.stringify(await takeImport(world, reader, command as Parameters<typeof takeImport>[2]))).toContain(
    'draft.apply',
  );
}

/** The draft as it is now, with a button of it pressed. */
async function presses(event: string, verb: string, values: Record<string, string> = {}): Promise<Reply> {
  const { world, reader } = await worldWith(around);
  const draft = await seat.store.drafts.latest(reader.who, null);
  if (!draft) throw new Error('no draft');
  const given = { ref: draft.id, v: `${draft.version}`, ...values };
  const submission = { who: reader.who, verb, values: given, event, where: 'personal', message: null };
  return takeDraft(world, { ...reader, submission } as unknown as Parameters<typeof takeDraft>[1]);
}

async function readAnew(event: string): Promise<void> {
  await brings(event);
  expect(await presses(event, 'draft.apply')).toMatchObject({ do: 'finish' });
}

const named = async () => {
  const { group } = await seat.load();
  const { owners, unknownOwners } = group.activities.find((one) => one.title === title) ?? {};
  return { keys: group.members.map(({ key }) => key), owners, unknownOwners };
};

test('whoever was removed and is in the channel still stays out: their name is a question again', async () => {
  await readAnew('first');
  expect(await named()).toEqual({
    keys: ['maja-ek', 'disa-norr'],
    owners: [],
    unknownOwners: ['Tove Lind'],
  });
});

test('somebody else of the same name is somebody else, with a key of their own', async () => {
  around.push({ user: 'another-tove', name: 'Tove Lind' });
  await readAnew('second');
  expect(await named()).toEqual({
    keys: ['maja-ek', 'disa-norr', 'tove-lind-2'],
    owners: ['tove-lind-2'],
    unknownOwners: [],
  });
  expect((await seat.store.steering.former(coreGroup.key)).map(({ key }) => key)).toEqual(['tove-lind']);
});

describe('between the draft and its being applied', () => {
  const wants = (owner: string) => ['Aktivitet\tAnsvarig\tTidplan', `${title}\t${owner}\t2022-12-01`].join('\n');
  const adds = (key: string, name: string, who: string) => {
    const [first] = coreGroup.members;
    if (!first || !channel) throw new Error('nobody is in the group');
    const { platform, tenant } = channel;
    const { role: _, ...member } = { ...first, key, name, identities: [{ platform, tenant, user: who }] };
    return seat.done('maja-ek', { do: 'add-members', members: [member] });
  };
  const userOf = async (key: string) => {
    const { group } = await seat.load();
    return user(group.members.find((one) => one.key === key) as Member);
  };

  test('somebody of the same name is added in the chat: nobody is guessed, and whoever presses sees it first', async () => {
    around.push({ user: 'anna-of-the-channel', name: 'Anna Berg' });
    await seat.done('maja-ek', {
      ...{ do: 'schedule-round', from: { title: 'Snabb koll' }, opens: day('2022-10-03'), closes: day('2022-10-14') },
      ...{ instrument: 'role-rating', catalogue: 'se-legitimation-2023' },
    });
    await brings('third', wants('Anna Berg'));
    await adds('anna-berg', 'Anna Berg', 'anna-of-the-chat');
    const shown = await presses('third', 'draft.apply');
    expect(shown).toMatchObject({ do: 'show' });
    expect(JSON.stringify(shown)).toContain(say('sv', 'plan-difference.meanwhile'));
    expect(JSON.stringify(shown)).toContain(
      say('sv', 'plan-difference.line.named', { activity: title, names: 'Anna Berg' }),
    );
    // What was set aside before is no news.
    expect(JSON.stringify(shown)).not.toContain('är med igen');
    // Nor is what was made in the chat before.
    expect(JSON.stringify(shown)).not.toContain('Snabb koll');
    expect(await presses('third again', 'draft.apply')).toMatchObject({ do: 'finish' });
    expect(await named()).toMatchObject({ owners: [], unknownOwners: ['Anna Berg'] });
  });

  test('whoever was chosen by hand is who was chosen, with a key of their own', async () => {
    around.push({ user: 'bo-of-the-channel', name: 'Bo Ek' });
    await brings('fourth', wants('Någon'));
    const draft = convenor && (await seat.store.drafts.latest(convenor, null));
    const line = `${draft?.draft.rows[0]?.line}`;
    const key = draft?.draft.people.find((one) => one.name === 'Bo Ek')?.key ?? '';
    await presses('fourth', 'draft.save', { line, owner: key, date: '', until: '' });
    await adds('bo-ek', 'Bo Ek', 'bo-of-the-chat');
    expect(await presses('fourth again', 'draft.apply')).toMatchObject({ do: 'finish' });
    expect(await named()).toMatchObject({ owners: ['bo-ek-2'], unknownOwners: [] });
    expect(await userOf('bo-ek-2')).toBe('bo-of-the-channel');
  });

  test('the same person is added in the chat: they are one member', async () => {
    around.push({ user: 'cia-of-the-channel', name: 'Cia Lund' });
    await brings('fifth', wants('Cia Lund'));
    await adds('cia', 'Cia Lund', 'cia-of-the-channel');
    expect(await presses('fifth', 'draft.apply')).toMatchObject({ do: 'finish' });
    const { keys, owners } = await named();
    expect(owners).toEqual(['cia']);
    expect(keys.filter((key) => key.startsWith('cia'))).toEqual(['cia']);
  });

  test.each([
    ['known', true],
    ['not told', false],
  ])('somebody is removed in the chat, the channel’s people %s: they stay out', async (what, isTold) => {
    const key = isTold ? 'bo-ek' : 'cia';
    const name = isTold ? 'Bo Ek' : 'Cia Lund';
    // Of two of the same name neither is guessed.
    if (isTold) await seat.done('maja-ek', { do: 'remove-member', member: 'bo-ek-2' });
    around = around.filter((one) => one.name !== 'Bo Ek');
    if (isTold) around.push({ user: 'bo-of-the-chat', name });
    await brings(what, wants(`Disa Norr, ${name}`), isTold ? around : null);
    await seat.done('maja-ek', { do: 'remove-member', member: key });
    expect(await presses(what, 'draft.apply')).toMatchObject({ do: 'show' });
    expect(await presses(`${what} again`, 'draft.apply')).toMatchObject({ do: 'finish' });
    const after = await named();
    expect(after).toMatchObject({ owners: ['disa-norr'], unknownOwners: [name] });
    expect(after.keys).not.toContain(key);
  });
});

test('a group without a channel of its own: its members are whom its plan can name', async () => {
  await seat.store.groups.save({ ...(await seat.load()).group, channels: [] }, null, null);
  await brings('ninth', lines.replace('Tove Lind', 'Disa Norr').replace('2022-12-01', '2022-12-08'));
  expect(await presses('ninth', 'draft.apply')).toMatchObject({ do: 'finish' });
  expect(await named()).toMatchObject({ owners: ['disa-norr'], unknownOwners: [] });
});
