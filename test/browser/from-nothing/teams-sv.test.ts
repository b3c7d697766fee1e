/** In Swedish, in Teams: from a workbook in the convenor's own chat to a posted summary, with nothing but the chat. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { type Choice, openConversation } from '../hands.ts';
import { type Acts, actsOf } from './acts.ts';
import { openStory, type Story } from './stage.ts';

const people = ['Maja Ekvall', 'Tove Lindahl', 'Disa Norrby', 'Nils Bergman'];
/** A working group's own table, with other people in it. */
const plan = [
  ['Aktivitet', 'Ansvarig', 'Tidplan'],
  [
    'Kunskapsinhämtning. Bevaka Utbildningsdepartementets uppdrag U2021/00256 Uppdrag att föreslå flera vägar till vårdyrken.',
    'Alla',
    '',
  ],
  ['Kunskapssammanställning', 'Tove', '12/10 och 30/11'],
  ['Kartlägga befintliga modeller i sjukvårdsregionen?', '', ''],
  ['Kartlägga befintliga nätverk Nationellt', 'Disa', '12/10'],
  ['Synkronisera vårt arbete med nationella nätverk', '', ''],
  ['Utveckla enkät', 'Alla', '12/10'],
  ['Inhämta synpunkter på enkäten', 'Alla', '12/10'],
  ['Datainsamling (enkät)', 'Alla', '12/10 - 7/11'],
  ['Sammanställa resultatet', 'Alla', '30/11'],
  ['Sammanställning rapport', 'Alla', '13/12'],
  ['Planering eventuell workshop', 'Alla', ''],
];
const heading = ['Arbetsgrupp', 'Beslutat av arbetsutskottet 2022-09-23', 'Sammankallande: Maja Ekvall'];
const steady: Choice = { now: /Hållbart/, coming: /Hållbart/, comment: '' };
const scarce: Choice = { now: /Brist/, coming: /Brist/, comment: 'Tjänster står tomma.' };

const timetable = (): Promise<Buffer> =>
  writeXlsxFile(
    [...heading.map((text) => [text]), ...plan].map((row) => row.map((value) => ({ value, type: String }))),
  ).toBuffer();

let story: Story;
let acts: Acts;
beforeAll(async () => {
  story = await openStory('teams-sv');
  acts = actsOf(story, 'teams', 'sv');
}, 180_000);
afterAll(async () => {
  await story?.close();
});

it('Rond is added to a channel, and reads the workbook that the convenor sends it', async () => {
  const { page } = story;
  await story.furnish('teams', 'sv', people, 'Karriärvägar');
  await page.getByRole('button', { name: 'Add Rond to the channel' }).click();
  await story.message('Rond är här');
  await story.station('welcome', { onPhone: true });
  await openConversation(page, 'Maja Ekvall');
  const file = { name: 'tidplan.xlsx', mimeType: 'application/octet-stream', buffer: await timetable() };
  await page.getByLabel('Attach a file').setInputFiles(file);
  await story.say('Här är tidplanen.');
  const review = await story.message('Stämmer tidplanen?');
  await story.sees(review, '11 aktiviteter, 4 personer i kanalen.');
  await story.sees(review, 'Sammankallande: Maja Ekvall.');
  await story.sees(review, 'Datum utan år läses som det första efter beslutet fredag 23 september 2022.');
  await story.station('review', { axe: true, onPhone: true });

  // Looked at, and left as it is.
  await acts.opens(review, 'Ändra: Kunskapssammanställning', 'Rätta tidplanen');
  await story.station('fix', { axe: true, onPhone: true });
  await acts.leaves(review);
  await story.sees(review, 'Kunskapssammanställning');
  await story.sees(review, 'Uppgift · Tove Lindahl · 12 okt. 2022 och 30 nov. 2022');
  // What kind it is, is set right.
  const form = await acts.opens(review, 'Ändra: Kunskapssammanställning', 'Rätta tidplanen');
  await form.getByLabel('Typ av aktivitet').selectOption('Bevakning');
  await acts.handIn(review, 'Spara');
  await story.sees(review, 'Bevakning · Tove Lindahl · 12 okt. 2022 och 30 nov. 2022');
  await acts.opens(review, 'Ändra: Kunskapssammanställning', 'Rätta tidplanen');
  await form.getByLabel('Typ av aktivitet').selectOption('Uppgift');
  await acts.handIn(review, 'Spara');
  await story.sees(review, 'Uppgift · Tove Lindahl');
  await acts.press(review, 'Nästa');
  await story.sees(review, '⚠ Pröva i tid');
  await acts.opens(review, 'Ändra: Inhämta synpunkter på enkäten', 'Rätta tidplanen');
  await form.getByLabel('Datum, eller periodens första dag').fill('2022-10-05');
  await acts.handIn(review, 'Spara');
  await story.sees(review, 'Pilot · Alla · 5 okt. 2022');
  await acts.opens(review, 'Ändra: Planering eventuell workshop', 'Rätta tidplanen');
  await form.getByLabel('Ansvarig', { exact: true }).selectOption('Nils Bergman');
  await acts.handIn(review, 'Spara');
  await story.sees(review, 'Möte · Nils Bergman');
  await story.station('review-2');
  await acts.opens(review, 'Namn, beslut, sammankallande, land', 'Rätta tidplanen');
  await review.getByLabel('Gruppens namn').fill('Karriärvägar i klinisk vård');
  await acts.handIn(review, 'Spara');
  await acts.press(review, 'Bekräfta och börja');
  await story.sees(review, 'Sammankallande är Maja Ekvall.');
  await story.station('begun');
}, 240_000);

it('the convenor says what each speaks for, and sees it on the list of members', async () => {
  const seat = await acts.takesSeat('Maja Ekvall');
  await story.station('seat', { axe: true, onPhone: true });
  await acts.press(seat, 'Gruppen');
  await story.sees(seat, 'Roller, och vilka som är borta');
  await story.station('group', { axe: true, onPhone: true });
  await acts.press(seat, 'Medlemmar (4) …');
  await story.sees(seat, 'För 4 av dem är ingen huvudman angiven');
  await story.station('members-before');
  const form = await acts.opens(seat, 'Huvudman för flera …', 'Huvudman för flera');
  const lines = form.getByLabel('En rad per person');
  expect(await lines.inputValue()).toBe(people.map((name) => `${name}; ;`).join('\n'));
  await lines.fill(
    'Maja Ekvall; Region Mitt; Region\nTove Lindahl; Högskolan Mitt; Lärosäte\nDisa Norrby; Norrby kommun; Kommun\nNils; Region Mitt; Region',
  );
  await story.station('members-lines', { axe: true, onPhone: true });
  await acts.handIn(seat, 'Förhandsgranska');
  await story.sees(seat, 'Så här anges huvudman och organisation för 4 personer.');
  await story.sees(seat, 'Inte angivet → Lärosäte, Högskolan Mitt');
  await story.station('members-preview', { axe: true, onPhone: true });
  await acts.confirms(seat, 'place-members');
  await story.sees(seat, 'Region: 2 · Kommun: 1 · Lärosäte: 1');
  await story.station('members', { axe: true, onPhone: true });
}, 180_000);

it('the survey is set up, and the plan of what is sent is looked at', async () => {
  const seat = await acts.takesSeat('Maja Ekvall');
  await acts.press(seat, 'Öppna: Datainsamling (enkät)');
  await story.sees(seat, 'Så går det för enkäten');
  const form = await acts.opens(seat, 'Ändra …', 'Enkätens upplägg');
  await form.getByLabel('Resultat', { exact: true }).selectOption('Jag godkänner först');
  await story.station('set-up', { axe: true });
  await acts.handIn(seat, 'Förhandsgranska');
  await story.sees(seat, 'onsdag 12 oktober 2022 kl. 09.00 · Inbjudan · 4 personer');
  await story.station('send-plan', { onPhone: true });
  await acts.confirms(seat, 'change-round');
}, 180_000);

it('two answer; the convenor sees how it goes for each constituency, and gives more time', async () => {
  const { page } = story;
  await acts.jumpTo('2022-10-12T09:30');
  for (const name of ['Tove Lindahl', 'Nils Bergman']) {
    await openConversation(page, name);
    const invitation = await story.message('En enkät till dig');
    if (name === 'Tove Lindahl') await story.station('invitation', { onPhone: true });
    await acts.answers(
      invitation,
      (number, role) => (number === 1 && role === 0 ? scarce : steady),
      async (number) =>
        number === 1 && name === 'Tove Lindahl' ? story.station('answering', { axe: true }) : undefined,
    );
    await story.sees(invitation, 'Vill du ändra något? Gör det senast måndag 7 november 2022.');
  }
  const seat = await acts.takesSeat('Maja Ekvall');
  await acts.press(seat, 'Öppna: Datainsamling (enkät)');
  await story.sees(seat, '2 av 4 har svarat (50 %).');
  await story.sees(seat, 'Kommun: 0 av 1 · Lärosäte: 1 av 1 · Region: 1 av 2');
  await story.station('live', { axe: true, onPhone: true });
  await acts.givesMoreTime(seat, '2022-11-09');
  await acts.holdsUntil('Tove Lindahl', '2022-11-09');
}, 300_000);

it('closed, the result is approved and posted, and the channel hears of no name', async () => {
  await acts.isPosted({ convenor: 'Maja Ekvall', channel: 'Karriärvägar', unsaid: [...people, 'står tomma'] });
}, 240_000);
