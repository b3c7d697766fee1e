/** Who may answer, until when, and what happens with what comes twice, late, or from somebody else. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { say } from '../../src/cards/words.ts';
import type { Member } from '../../src/domain/group.ts';
import type { Ratings } from '../../src/domain/instrument.ts';
import { inputsOf } from '../../src/domain/rating/inputs.ts';
import { catalogue } from '../../src/library/library.ts';
import type { AssignmentRow } from '../../src/ports/store.ts';
import { exampleRatings } from '../../src/sandbox/answers.ts';
import { putDirectory } from '../../src/sandbox/client.ts';
import { pressed } from '../../src/sandbox/teams/activities.ts';
import type { SandboxPerson } from '../../src/sandbox/wire.ts';
import { startTestRond, type TestRond } from '../support/rond.ts';
import { person, personIn, type StoryPerson } from './person.ts';
import { stored } from './stored.ts';

const roles = catalogue('se-legitimation-2023');
const closed = 'Enkäten är stängd och tar inte emot fler svar. Det du skickade in tidigare finns kvar.';
const notYours = 'Det här är ställt till någon annan, så ditt svar sparades inte.';
const notMember = 'Det här gäller en arbetsgrupp som du inte är med i. Kontakta gruppens sammankallande om det är fel.';

let t: TestRond;
let tove: StoryPerson;
let jonas: StoryPerson;
/** The id of each one's invitation. */
let toves = '';
let jonass = '';

async function begin(change?: Parameters<typeof startTestRond>[0]): Promise<void> {
  t = await startTestRond(change);
  tove = personIn(t.sandbox, t.group, 'tove-almgren');
  jonas = personIn(t.sandbox, t.group, 'jonas-ekdahl');
  await t.moveTo('2022-10-12T07:00:00Z');
  toves = tove.with('rate.open').id;
  jonass = jonas.with('rate.open').id;
}
const end = () => t.close();

const ratings = (seed: number, change: Ratings = {}): Ratings => ({ ...exampleRatings(roles, seed, 'sv'), ...change });
async function partOf(key: string): Promise<AssignmentRow> {
  const loaded = await t.rond.store.groups.load(t.group.key);
  const round = loaded?.state.rounds[0]?.key ?? '';
  return (await t.rond.store.answers.assignmentIn(loaded?.id ?? '', round, key)) as AssignmentRow;
}
const submissions = async (key: string) =>
  stored<{ event: string; complete: boolean }>(
    t,
    'select event, complete from submission where assignment_id = $1 order by id',
    [(await partOf(key)).id],
  );

describe('the last second', () => {
  beforeAll(() => begin());
  afterAll(end);

  test('one second before the close an answer is taken, on both platforms', async () => {
    await t.moveTo('2022-11-07T22:59:50Z');
    for (const [who, id, seed] of [
      [tove, toves, 1],
      [jonas, jonass, 2],
    ] as const) {
      expect(await who.rate(ratings(seed), id)).toMatchObject({ ok: true, notice: null, errors: {} });
      await vi.waitFor(() => expect(who.message(id)).toContain('Tack för dina svar'));
      expect(who.message(id)).toContain('Inskickat måndag 7 november 2022 kl. 23.59.');
    }
    expect((await partOf('tove-almgren')).answers).toEqual(ratings(1));
    expect((await partOf('jonas-ekdahl')).answers).toEqual(ratings(2));
  });

  test('one second after it says that it is closed and offers no change, and what was handed in stays', async () => {
    const pages = [tove.message(toves), jonas.message(jonass)];
    expect(pages).toEqual([expect.stringContaining('Tack'), expect.stringContaining('Tack')]);
    await t.moveTo('2022-11-07T23:00:01Z');
    for (const [who, id, key] of [
      [tove, toves, 'tove-almgren'],
      [jonas, jonass, 'jonas-ekdahl'],
    ] as const) {
      const before = await partOf(key);
      await vi.waitFor(() => expect(who.message(id)).toContain(say('sv', 'receipt.closed')));
      expect(who.verbs(id)).toEqual([]);
      expect(await partOf(key)).toEqual(before);
    }
  });
});

describe('a page that is open when the round closes', () => {
  beforeEach(() => begin());
  afterEach(end);

  test.each(['teams', 'slack'])(
    '%s: whoever is on it is told that it is too late; the draft is as it was',
    async (platform) => {
      const [who, id, key] =
        platform === 'teams' ? ([tove, toves, 'tove-almgren'] as const) : ([jonas, jonass, 'jonas-ekdahl'] as const);
      await t.moveTo('2022-11-07T22:59:00Z');
      await who.press(id, 'rate.open');
      await t.moveTo('2022-11-07T23:00:00Z');
      const before = await partOf(key);
      if (platform === 'teams') {
        // The page lies in the message, which says now that nothing more is asked.
        await vi.waitFor(() => expect(who.message(id)).toContain(say('sv', 'survey-over.heading.closed')));
        expect(who.verbs(id)).toEqual([]);
      } else {
        const inputs = { 'now:apotekare': 'sustainable', 'coming:apotekare': 'sustainable' };
        const result = await who.handIn(id, 'rate.page', inputs);
        expect(`${result.notice} ${who.dialog()}`).toContain(closed);
      }
      expect(await partOf(key)).toEqual(before);
      expect(await submissions(key)).toEqual([]);
    },
  );
});

describe('somebody else', () => {
  const stranger: SandboxPerson = {
    key: 'stranger',
    name: 'Ester Främling',
    platform: 'teams',
    tenant: '7d1f0c0e-5a52-4c3e-9b7e-2f1f5b0f9a01',
    user: '99ff00aa-0009-4000-8000-000000000009',
    language: 'sv',
    timeZone: 'Europe/Stockholm',
  };
  const slackStranger = {
    ...stranger,
    key: 'slack-stranger',
    platform: 'slack',
    tenant: 'T0ROND001',
    user: 'U0FRAMLING',
  } as const;

  beforeAll(async () => {
    await begin();
    await putDirectory(t.sandbox.url, { people: [stranger, slackStranger], channels: [] });
  });
  afterAll(end);

  test('who is in no group is told so, and nothing is stored', async () => {
    const before = await partOf('tove-almgren');
    expect((await person(t.sandbox, stranger).press(toves, 'rate.open')).notice).toBe(notMember);
    expect(await partOf('tove-almgren')).toEqual(before);
    expect(await partOf('jonas-ekdahl')).toMatchObject({ state: 'pending', draft: {} });
    expect((await person(t.sandbox, slackStranger).press(jonass, 'rate.open')).notice).toMatch(
      /arbetsgrupp|working group/,
    );
  });

  test("a member who presses another member's card answers for nobody", async () => {
    const liv = personIn(t.sandbox, t.group, 'liv-sandell');
    const [livs, toves_] = [await partOf('liv-sandell'), await partOf('tove-almgren')];
    expect((await liv.press(toves, 'rate.open')).notice).toBe(notYours);
    expect(await partOf('liv-sandell')).toEqual(livs);
    expect(await partOf('tove-almgren')).toEqual(toves_);
  });

  test("nor by sending another's number with a button of their own", async () => {
    const liv = personIn(t.sandbox, t.group, 'liv-sandell');
    const ref = (await partOf('tove-almgren')).id;
    const { teams } = t.sandbox.wires;
    const [own, theirs] = [await partOf('liv-sandell'), await partOf('tove-almgren')];
    const { appId, endpoints } = teams.credentials();
    const self = t.sandbox.directory().people.find(({ user }) => user === liv.user) as SandboxPerson;
    const forged = pressed(
      { appId, serviceUrl: endpoints.serviceUrl, at: t.sandbox.now().toString() },
      self,
      null,
      liv.with('rate.open').id,
      { type: 'Action.Execute', title: 'Skicka', verb: 'rate.submit', data: { ref }, inputs: true },
      { 'now:apotekare': 'shortage', 'coming:apotekare': 'shortage', 'comment:apotekare': 'x' },
    );
    const answer = await teams.deliver(forged);
    expect(JSON.stringify(answer.body)).toContain(notYours);
    expect(await partOf('tove-almgren')).toEqual(theirs);
    expect(await partOf('liv-sandell')).toEqual(own);
  });
});

describe('twice', () => {
  beforeAll(() => begin());
  afterAll(end);

  test.each(['teams', 'slack'] as const)(
    '%s: the platform delivers the last press again: one answer, one thank-you',
    async (platform) => {
      const [who, id, key] =
        platform === 'teams' ? ([tove, toves, 'tove-almgren'] as const) : ([jonas, jonass, 'jonas-ekdahl'] as const);
      await who.rate(ratings(1), id);
      const before = await partOf(key);
      const events = await submissions(key);
      expect(before).toMatchObject({ state: 'submitted', revision: 1 });
      const again = await t.sandbox.wires[platform].redeliver();
      expect(again.status).toBe(200);
      expect(JSON.stringify('body' in again ? again.body : '')).not.toContain(closed);
      expect(await partOf(key)).toEqual(before);
      expect(await submissions(key)).toEqual(events);
      await vi.waitFor(() => expect(who.message(id)).toContain('Tack för dina svar'));
      expect(who.chat().filter((shown) => shown.id === id)).toHaveLength(1);
      expect(who.texts().filter((text) => text.includes('Tack för dina svar'))).toHaveLength(1);
    },
  );

  test('the person hands the same answer in again: the same receipt, nothing stored twice', async () => {
    const before = await partOf('tove-almgren');
    const open = tove.verbs(toves).includes('rate.open') ? toves : tove.with('rate.open').id;
    expect(await tove.rate(ratings(1), open)).toMatchObject({ ok: true, notice: null });
    expect(await partOf('tove-almgren')).toMatchObject({
      revision: before.revision,
      answers: before.answers,
      submittedAt: before.submittedAt,
    });
  });
});

describe('an answer on two platforms', () => {
  const both = (member: Member): Member =>
    member.key === 'tove-almgren'
      ? { ...member, identities: [...member.identities, { platform: 'slack', tenant: 'T0ROND001', user: 'U0TOVE001' }] }
      : member;
  beforeAll(() => begin({ change: (group) => ({ ...group, members: group.members.map(both) }) }));
  afterAll(end);

  test('begun in Teams, it is gone on with in Slack and handed in there; both show the receipt', async () => {
    await tove.press(toves, 'rate.open');
    const given = ratings(1);
    await tove.press(toves, 'rate.page', inputsOf(given));
    expect(tove.message(toves)).toContain('Sida 2 av 4');
    expect(Object.keys((await partOf('tove-almgren')).draft)).toHaveLength(6);

    const inSlack = personIn(t.sandbox, t.group, 'tove-almgren', 1);
    expect(inSlack.chat()).toEqual([]);
    await inSlack.say('mina enkäter');
    await vi.waitFor(() => expect(inSlack.last()).toContain('Påbörjad, inte inskickad'));
    const list = inSlack.with('rate.open').id;
    await inSlack.press(list, 'rate.open');
    expect(inSlack.dialog()).toContain('Sida 2 av 4');
    expect(await inSlack.rate(given, list)).toMatchObject({ ok: true, errors: {} });
    expect(await partOf('tove-almgren')).toMatchObject({ state: 'submitted', revision: 1, answers: given });
    await vi.waitFor(() => expect(inSlack.message(list)).toContain('Tack för dina svar'));
    await vi.waitFor(() => expect(tove.message(toves)).toContain('Tack för dina svar'));
  });
});

describe('a comment that is required', () => {
  beforeAll(() => begin());
  afterAll(end);

  const short = { 'now:apotekare': 'shortage', 'coming:apotekare': 'shortage', 'comment:apotekare': '' };
  const why = 'Skriv kort varför: nivån är brist, eller så skiljer sig nu och framåt åt.';

  test('Teams: is asked for on the page, what was typed stays; then it is taken', async () => {
    await tove.press(toves, 'rate.open');
    expect((await tove.press(toves, 'rate.page', short)).ok).toBe(true);
    expect(tove.message(toves)).toContain('Sida 1 av 4');
    expect(tove.message(toves)).toContain(why);
    expect((await partOf('tove-almgren')).draft.apotekare).toEqual({
      now: 'shortage',
      coming: 'shortage',
      comment: '',
    });
    await tove.press(toves, 'rate.page', { ...short, 'comment:apotekare': 'Tre tjänster står tomma' });
    expect(tove.message(toves)).toContain('Sida 2 av 4');
    expect(tove.message(toves)).not.toContain(why);
    expect((await partOf('tove-almgren')).draft.apotekare?.comment).toBe('Tre tjänster står tomma');
  });

  test('Slack: is asked for beside its field; then it is taken', async () => {
    await jonas.press(jonass, 'rate.open');
    expect((await jonas.handIn(jonass, 'submit', short)).errors).toEqual({ 'comment:apotekare': why });
    expect(jonas.dialog()).toContain('Sida 1 av 4');
    await jonas.handIn(jonass, 'submit', { ...short, 'comment:apotekare': 'Få sökande' });
    expect(jonas.dialog()).toContain('Sida 2 av 4');
  });
});

describe('a change after handing in', () => {
  beforeAll(() => begin());
  afterAll(end);

  test.each(['teams', 'slack'] as const)(
    '%s: until the close, and the receipt says what counts now',
    async (platform) => {
      const [who, id, key] =
        platform === 'teams' ? ([tove, toves, 'tove-almgren'] as const) : ([jonas, jonass, 'jonas-ekdahl'] as const);
      await who.rate(ratings(1), id);
      await vi.waitFor(() =>
        expect(who.message(id)).toContain('Vill du ändra något? Gör det senast måndag 7 november 2022.'),
      );
      expect(who.message(id)).not.toContain('Pensionsavgångar');
      const better = ratings(1, { tandlakare: { now: 'shortage', coming: 'shortage', comment: 'Pensionsavgångar' } });
      const open = who.verbs(id).includes('rate.open') ? id : who.with('rate.open').id;
      expect(await who.rate(better, open)).toMatchObject({ ok: true, errors: {} });
      await vi.waitFor(() => expect(who.message(id)).toContain('Pensionsavgångar'));
      const after = await partOf(key);
      expect(after.answers).toEqual(better);
      expect(after.state).toBe('submitted');
    },
  );
});
