/** What people write to Rond is understood in four languages on both platforms, and answered in the reader's own. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { say } from '../../src/cards/words.ts';
import { type Group, type Language, languages, type Platform } from '../../src/domain/group.ts';
import { startTestRond, type TestRond } from '../support/rond.ts';
import { personIn, type StoryPerson, textOf } from './person.ts';

const platforms: Platform[] = ['teams', 'slack'];
const keyOf = (platform: Platform, language: Language) => `${platform}-${language}`;

/** One more member for each platform and language. */
function polyglots(group: Group): Group {
  const pattern = group.members[0];
  if (!pattern) throw new Error('a group has members');
  const more = platforms.flatMap((platform) =>
    languages.map((language, index) => ({
      ...pattern,
      key: keyOf(platform, language),
      name: `Person ${language}`,
      language,
      identities: [
        platform === 'teams'
          ? {
              platform,
              tenant: '7d1f0c0e-5a52-4c3e-9b7e-2f1f5b0f9a01',
              user: `33cc44dd-000${index}-4000-8000-000000000000`,
            }
          : { platform, tenant: 'T0ROND001', user: `U0POLY00${index}` },
      ],
    })),
  );
  return { ...group, members: [...group.members, ...more] };
}

let t: TestRond;
beforeAll(async () => {
  t = await startTestRond({ change: polyglots });
  await t.moveTo('2022-10-12T07:00:00Z');
}, 60_000);
afterAll(() => t.close());

async function answerTo(who: StoryPerson, text: string): Promise<string> {
  const before = who.chat().length;
  await who.say(text);
  await vi.waitFor(() => expect(who.chat().length).toBeGreaterThan(before));
  expect(who.chat()).toHaveLength(before + 1);
  return who.last();
}

const headings = {
  help: 'help.heading',
  plan: 'plan.heading',
  status: 'status-list.heading',
  surveys: 'surveys.heading',
} as const;

describe.each(platforms)('%s', (platform) => {
  describe.each([...languages])('%s', (language) => {
    let who: StoryPerson;
    beforeAll(() => {
      who = personIn(t.sandbox, t.group, keyOf(platform, language));
    });

    test.each(['help', 'plan', 'status', 'surveys'] as const)(
      '%s, in the own language and in any other',
      async (command) => {
        const own = await answerTo(who, say(language, `command.${command}`));
        expect(own).toContain(say(language, headings[command]));
        const other = languages[(languages.indexOf(language) + 1) % languages.length] as Language;
        expect(await answerTo(who, `  ${say(other, `command.${command}`).toUpperCase()}! `)).toBe(own);
      },
    );

    test('the plan is shown with its titles as they stand, the survey with its last day', async () => {
      const plan = await answerTo(who, say(language, 'command.plan'));
      for (const { title } of t.group.activities) expect(plan).toContain(title.slice(0, 40));
      expect(await answerTo(who, say(language, 'command.surveys'))).toContain('Datainsamling (enkät)');
    });

    test('anything else: a hint at the word that helps', async () => {
      const hint = await answerTo(who, 'qwertyuiop');
      expect(hint).toContain(say(language, 'notice.unknown-command.title'));
      expect(hint).toContain(say(language, 'command.help'));
    });
  });
});

test("the words are the language's own", async () => {
  const texts = await Promise.all(
    languages.map((language) => answerTo(personIn(t.sandbox, t.group, keyOf('teams', language)), 'help')),
  );
  expect(new Set(texts).size).toBe(languages.length);
  expect(texts[0]).toContain('Det här kan Rond');
});

describe('in a channel', () => {
  test.each([
    ['teams', 'tove-almgren', '19:arbetsgrupp@thread.tacv2'],
    ['slack', 'jonas-ekdahl', 'C0STYR001'],
  ] as const)("%s: the plan for everybody; what is one's own is not told there", async (platform, key, channel) => {
    const wire = t.sandbox.wires[platform];
    const who = personIn(t.sandbox, t.group, key);
    const texts = () =>
      wire
        .channel(channel)
        .filter(({ from }) => from === 'bot')
        .map((shown) => textOf(shown));
    await who.say('tidplan', channel);
    await vi.waitFor(() => expect(texts().at(-1)).toContain('Planering eventuell workshop'));
    const before = texts().length;
    await who.say('mina enkäter', channel);
    const hint = 'Det svaret är bara för dig. Skriv till Rond i en egen chatt.';
    // Slack shows it to this person only, in the channel; Teams has no such message, so it comes in the own chat.
    await vi.waitFor(() => expect([texts().at(-1), who.last()]).toContain(hint));
    if (platform === 'teams') expect(texts()).toHaveLength(before);
    expect(texts().join(' ')).not.toContain('Sista dag måndag 7 november 2022.');
  });
});
