/** One person, two clients: what was begun in one is finished in the other, and changed in the first. */

import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Ratings } from '../../../src/domain/instrument.ts';
import { filled, type Hands, inSlack, inTeams, invitationOf, toTheEnd } from '../../support/rating.ts';
import { startTestRond, type TestRond } from '../../support/rond.ts';
import { ledgerOf, says, slackTeam, teamsChat, tove } from '../../support/scene.ts';

const toveInSlack = 'U0TOVE01';
let all: TestRond;
let invitation: string;
let teams: Hands;

beforeAll(async () => {
  all = await startTestRond({
    change: (group) => ({
      ...group,
      members: group.members.map((member) =>
        member.key === 'tove-almgren'
          ? {
              ...member,
              identities: [...member.identities, { platform: 'slack', tenant: slackTeam, user: toveInSlack }],
            }
          : member,
      ),
    }),
  });
  await all.moveTo('2022-10-12T12:00:00Z');
  invitation = await invitationOf(all, tove, 'teams');
  teams = inTeams(all, tove, invitation);
});
afterAll(() => all.close());

const stored = async () => {
  const who = { platform: 'slack' as const, tenant: slackTeam, user: toveInSlack };
  const [assignment] = await all.rond.store.answers.assignmentsOf(who);
  if (!assignment) throw new Error('no assignment');
  return assignment;
};
const rated = (ratings: Ratings) => Object.values(ratings).filter(({ now }) => now !== '').length;
let pageSize = 0;

test('a comment that is required is asked for on the card in Teams, and what was typed stays', async () => {
  await teams.press('rate.open');
  pageSize = teams.inputs().length / 3;
  const answer = await teams.press('rate.page', filled(teams, 'shortage'));
  expect(answer.ok).toBe(true);
  expect(teams.page().match(/Säg kort varför|Skriv kort varför|Motivera kort/g)?.length ?? 0).toBeGreaterThanOrEqual(
    pageSize,
  );
  expect(teams.page()).toContain('"value":"shortage"');
  expect(rated((await stored()).draft)).toBe(pageSize);
});

test('each page is kept as soon as it is handed in', async () => {
  await teams.press('rate.page', filled(teams, 'shortage', 'Svårt att rekrytera'));
  await vi.waitFor(() => expect(teams.page()).toContain('Sida 2'));
  const { draft, state } = await stored();
  expect(state).toBe('draft');
  expect(rated(draft)).toBe(pageSize);
  expect(Object.values(draft)[0]).toEqual({ now: 'shortage', coming: 'shortage', comment: 'Svårt att rekrytera' });
});

test('in Slack it goes on where it was left, with what was filled in', async () => {
  const wire = all.sandbox.wires.slack;
  await wire.shortcut(toveInSlack, 'rond.surveys');
  await vi.waitFor(() => expect(JSON.stringify(wire.dialog(toveInSlack)?.view)).toContain('Påbörjad'));
  const slack = inSlack(all, toveInSlack);
  await slack.press('rate.open');
  await vi.waitFor(() => expect(slack.page()).toContain('Sida 2'));
  await slack.press('rate.back');
  await vi.waitFor(() => expect(slack.page()).toContain('Sida 1'));
  expect(slack.page()).toContain('"initial_value":"Svårt att rekrytera"');
});

test('a comment that is required is asked for beside its field in Slack', async () => {
  const slack = inSlack(all, toveInSlack);
  const answer = await slack.press('rate.page', filled(slack, 'shortage'));
  const fields = slack.inputs().filter((id) => id.startsWith('comment:'));
  expect(Object.keys(answer.errors).sort()).toEqual([...fields].sort());
  expect(slack.page()).toContain('Sida 1');
});

test('handed in from Slack: the receipt stands in the modal and in place of the invitation in Teams', async () => {
  const slack = inSlack(all, toveInSlack);
  await toTheEnd(slack, 'vulnerable');
  await vi.waitFor(() => expect(slack.page()).toContain('Tack för dina svar'));
  expect((await stored()).state).toBe('submitted');
  await vi.waitFor(() => expect(teamsChat(all, tove).filter(says('Tack för dina svar'))).toHaveLength(1));
  expect(teamsChat(all, tove).find(says('Tack för dina svar'))?.id).toBe(invitation);
  await vi.waitFor(async () => expect(await ledgerOf(all, 'receipt')).toEqual(['receipt tove-almgren sent']));
});

test('changed in Teams until the close: the same card, the new answer, nothing beside it', async () => {
  const before = teamsChat(all, tove).length;
  await teams.press('rate.open');
  await vi.waitFor(() => expect(teams.inputs().length).toBeGreaterThan(0));
  expect(teams.page()).toContain('"value":"vulnerable"');
  await toTheEnd(teams, 'sustainable');
  await vi.waitFor(() => expect(teams.page()).toContain('Tack för dina svar'));
  const { answers, revision } = await stored();
  expect(revision).toBe(2);
  expect(Object.values(answers).every(({ now }) => now === 'sustainable')).toBe(true);
  expect(teamsChat(all, tove)).toHaveLength(before);
  expect((await ledgerOf(all)).filter((row) => row.includes('tove-almgren failed'))).toEqual([]);
});
