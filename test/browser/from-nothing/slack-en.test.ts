/** In English, in Slack: from an attached text file in an empty channel to a posted summary, with nothing but the chat. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Choice, openConversation } from '../hands.ts';
import { type Acts, actsOf } from './acts.ts';
import { openStory, type Story } from './stage.ts';

const people = ['Morgan Hale', 'Ellis Grant', 'Rowan Pike', 'Avery Stone', 'Sasha Dunn'];
/** A working group's own table in other words and with other people, as it lies in a folder of text files. */
const timetable = `# Working group: Career paths in clinical care

Decided by the executive committee 2022-09-23
Convenor: Morgan Hale

| Activity | Responsible | Due |
| --- | --- | --- |
| Knowledge gathering: follow the ministry's work on more paths into the care professions | All | |
| Summary of what is known | Ellis | 12 Oct and 30 Nov |
| Map the existing models in the region? | | |
| Map the existing networks nationally | Sam | 12 Oct |
| Align our work with the national networks | | |
| Develop the survey | All | 12 Oct |
| Gather comments on the survey | All | 5 Oct |
| Data collection (survey) | All | 12 Oct - 7 Nov |
| Compile the results | All | 30 Nov |
| Compile the report | All | 13 Dec |
| Plan a possible workshop | All | |
`;
const steady: Choice = { now: /Sustainable/, coming: /Sustainable/, comment: '' };
const scarce: Choice = { now: /Shortage/, coming: /Shortage/, comment: 'Posts stand empty.' };

let story: Story;
let acts: Acts;
beforeAll(async () => {
  story = await openStory('slack-en');
  acts = actsOf(story, 'slack', 'en');
}, 180_000);
afterAll(async () => {
  await story?.close();
});

it('Rond is invited, reads the file in the channel, and is set right in a form', async () => {
  const { page } = story;
  await story.furnish('slack', 'en', people, 'career-paths');
  await page.getByRole('button', { name: 'Add Rond to the channel' }).click();
  await story.message('Rond is here');
  await story.station('welcome', { onPhone: true });
  await page.getByLabel('You act as').selectOption('Ellis Grant');
  const file = { name: 'timetable.md', mimeType: 'text/markdown', buffer: Buffer.from(timetable) };
  await page.getByLabel('Attach a file').setInputFiles(file);
  await story.say('Here is our timetable.');
  const review = await story.message('Is the timetable right?');
  await story.sees(review, '11 activities, 5 people in the channel.');
  await story.sees(review, 'Convenor: Morgan Hale.');
  await story.station('review', { axe: true, onPhone: true });

  const form = await acts.opens(review, 'Change: Map the existing networks nationally', 'Correct the timetable');
  await form.getByLabel(/^Who is “Sam”\?/).selectOption('Sasha Dunn');
  // There is no way back in the form but its own: it is closed.
  expect(await form.getByRole('button', { name: 'Back' }).count()).toBe(0);
  await story.station('fix', { axe: true });
  await acts.handIn(review, 'Save');
  await story.sees(review, 'Task · Sasha Dunn · 12 Oct 2022');
  await acts.opens(review, 'Change: Summary of what is known', 'Correct the timetable');
  await form.getByLabel(/^Kind of activity/).selectOption('Watch');
  await acts.handIn(review, 'Save');
  await story.sees(review, 'Watch · Ellis Grant · 12 Oct 2022 and 30 Nov 2022');
  await acts.opens(review, 'Change: Summary of what is known', 'Correct the timetable');
  await form.getByLabel(/^Kind of activity/).selectOption('Task');
  await acts.leaves(review);
  await story.sees(review, 'Watch · Ellis Grant');
  await acts.press(review, 'Next');
  await story.sees(review, 'Page 2 of 2');
  await story.station('review-2');
  await acts.press(review, 'Confirm and start');
  await page.getByText('The convenor is Morgan Hale.').first().waitFor();
  await story.station('begun');
}, 240_000);

it('the convenor says what each speaks for, and lets somebody go', async () => {
  const seat = await acts.takesSeat('Morgan Hale');
  await story.station('seat', { axe: true, onPhone: true });
  await acts.press(seat, 'The group');
  await story.sees(seat, 'Roles, and who is away');
  await acts.press(seat, 'Members (5) …');
  await story.sees(seat, 'For 5 of them no constituency is stated.');
  await acts.opens(seat, 'Several at once …', 'Several at once');
  const lines = story.page.getByRole('dialog').getByLabel(/^A line for each person/);
  await lines.fill(
    'Morgan Hale; Northern Region; Region\nEllis Grant; Northern University; University\nRowan Pike; Town of Ash; Municipality\nAvery; Southern Region; Region\nSasha Done; Town of Elm; Municipality',
  );
  await story.page.locator('#dialog-submit').click();
  await story.page
    .getByRole('dialog')
    .getByText('These names fit nobody in the group, or several people: Sasha Done.')
    .waitFor();
  await story.station('members-lines', { axe: true });
  await lines.fill((await lines.inputValue()).replace('Sasha Done', 'Sasha Dunn'));
  await acts.handIn(seat, 'Preview');
  await story.sees(seat, 'These become the constituencies and organisations of 5 people.');
  await story.sees(seat, 'Not stated → University, Northern University');
  await story.station('members-preview', { axe: true, onPhone: true });
  await acts.confirms(seat, 'place-members');
  await story.sees(seat, 'Municipality: 2 · Region: 2 · University: 1');
  await story.station('members', { axe: true, onPhone: true });

  const form = await acts.opens(seat, 'Remove somebody …', 'Remove somebody');
  await form.getByLabel('Who').selectOption('Sasha Dunn');
  await acts.handIn(seat, 'Preview');
  await story.sees(seat, 'Sasha Dunn is removed from the group and gets nothing more from Rond.');
  await story.sees(seat, '⚠ Nobody is left responsible for this activity: Map the existing networks nationally.');
  await story.station('remove', { axe: true, onPhone: true });
  await acts.confirms(seat, 'remove-member');
  await story.sees(seat, '4 people are in the group.');
}, 240_000);

it('the survey is set up, and the plan of what is sent is looked at', async () => {
  const seat = await acts.takesSeat('Morgan Hale');
  await acts.press(seat, 'Open: Data collection (survey)');
  await story.sees(seat, 'How the survey stands');
  const form = await acts.opens(seat, 'Change …', 'Survey settings');
  await form.getByLabel(/^Result/).selectOption('I approve it first');
  await acts.handIn(seat, 'Preview');
  await story.sees(seat, 'Wednesday 12 October 2022 at 09:00 · Invitation · 4 people');
  await story.station('send-plan', { axe: true, onPhone: true });
  await acts.confirms(seat, 'change-round');
}, 180_000);

it('two answer; the convenor sees how it goes for each constituency, and gives more time', async () => {
  const { page } = story;
  await acts.jumpTo('2022-10-12T09:30');
  for (const name of ['Ellis Grant', 'Avery Stone']) {
    await openConversation(page, name);
    const invitation = await story.message('A survey for you');
    await acts.answers(invitation, (number, role) => (number === 1 && role === 0 ? scarce : steady));
    await story.sees(invitation, 'Want to change something? Please do so by Monday 7 November 2022.');
  }
  // Whoever was removed gets nothing, not even the greeting.
  await openConversation(page, 'Sasha Dunn');
  await page.getByText('Nothing here yet').waitFor();
  const seat = await acts.takesSeat('Morgan Hale');
  await acts.press(seat, 'Open: Data collection (survey)');
  await story.sees(seat, '2 of 4 have answered (50%).');
  await story.sees(seat, 'Municipality: 0 of 1 · Region: 1 of 2 · University: 1 of 1');
  await story.station('live', { axe: true, onPhone: true });
  await acts.givesMoreTime(seat, '2022-11-09');
  await acts.holdsUntil('Ellis Grant', '2022-11-09');
}, 300_000);

it('closed, the result is approved and posted, and the channel hears of no name', async () => {
  await acts.isPosted({ convenor: 'Morgan Hale', channel: 'career-paths', unsaid: [...people, 'stand empty'] });
}, 240_000);
