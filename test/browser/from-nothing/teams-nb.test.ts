/** In Norwegian, in Teams: from an empty channel to a posted summary, with nothing but the chat. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Choice, jumpTo, openConversation, tabTo } from '../hands.ts';
import { type Acts, actsOf } from './acts.ts';
import { openStory, pasted, patience, type Story } from './stage.ts';

const people = ['Ingrid Solvang', 'Marit Haugerud', 'Sindre Bakke', 'Åshild Brekke'];
const plan = pasted([
  ['Aktivitet', 'Ansvarlig', 'Frist'],
  ['Kunnskapsinnhenting: følge arbeidet med flere veier inn i helseyrkene', 'Alle', ''],
  ['Kunnskapsoppsummering', 'Marit', '12.10 og 30.11'],
  ['Kartlegge eksisterende modeller i helseregionen?', '', ''],
  ['Kartlegge eksisterende nettverk nasjonalt', 'Siv', '12.10'],
  ['Samordne arbeidet vårt med nasjonale nettverk', '', ''],
  ['Utvikle spørreskjema', 'Alle', '12.10'],
  ['Innhente synspunkter på spørreskjemaet', 'Alle', '12.10'],
  ['Datainnsamling (spørreskjema)', 'Alle', '12.10–7.11'],
  ['Sammenstille resultatet', 'Alle', '30.11'],
  ['Sluttrapport', 'Alle', '13.12'],
  ['Planlegge eventuell workshop', 'Alle', ''],
]);
const steady: Choice = { now: /Bærekraftig/, coming: /Bærekraftig/, comment: '' };
const scarce: Choice = { now: /Mangel/, coming: /Mangel/, comment: 'Stillinger står ubesatt.' };
const roles = 33;

let story: Story;
let acts: Acts;
beforeAll(async () => {
  story = await openStory('teams-nb');
  acts = actsOf(story, 'teams', 'nb');
}, 180_000);
afterAll(async () => {
  await story?.close();
});

it('Rond is added to an empty channel and says in three lines what it will do', async () => {
  const { page } = story;
  await story.furnish('teams', 'nb', people, 'Karriereveier');
  expect(await page.locator('#messages li').count()).toBe(0);
  await story.station('empty', { axe: true });
  await page.getByRole('button', { name: 'Add Rond to the channel' }).click();
  const welcome = await story.message('Rond er her');
  expect(await welcome.locator('.teams-card').textContent()).toMatch(
    /tidsplanen[\s\S]*egen chat[\s\S]*lim inn tidsplanen/,
  );
  await story.station('welcome', { onPhone: true });
}, 120_000);

it('the pasted timetable is shown as it was understood, and set right', async () => {
  const { page } = story;
  await page.getByLabel('You act as').selectOption('Ingrid Solvang');
  await story.say(plan);
  const review = await story.message('Stemmer tidsplanen?');
  await review.getByText('11 aktiviteter, 4 personer i kanalen.').waitFor();
  await review.getByText(/Datoer uten år leses/).waitFor();
  await review.getByText('⚠ 5 aktiviteter trenger en gjennomgang').waitFor();
  await story.station('review', { onPhone: true, axe: true });

  const sheet = review.locator('.teams-card');
  const fix = async (activity: string) => {
    await review.getByRole('button', { name: `Endre: ${activity}` }).click();
    await review.getByText('Rett tidsplanen').waitFor();
  };
  const save = () => review.getByRole('button', { name: 'Lagre' }).click();
  await fix('Kartlegge eksisterende nettverk nasjonalt');
  await review.getByLabel('Hvem er «Siv»?').selectOption('Åshild Brekke');
  await story.station('fix');
  await save();
  await review.getByText('⚠ 4 aktiviteter').waitFor();
  await fix('Kartlegge eksisterende modeller i helseregionen?');
  await review.getByLabel('Ansvarlig', { exact: true }).selectOption('Sindre Bakke');
  await review.getByLabel('Dato, eller periodens første dag').fill('2022-11-18');
  await save();
  await review.getByText('⚠ 3 aktiviteter').waitFor();
  await review.getByRole('button', { name: 'Neste' }).click();
  await review.getByText('⚠ Prøv ut i tide').waitFor();
  await review.getByText('Autorisert helsepersonell etter helsepersonelloven').waitFor();
  await story.station('review-2');
  // A week before the survey opens: one press.
  await review.getByRole('button', { name: 'Sett dato: 5. okt. 2022' }).click();
  await review.getByText('⚠ 2 aktiviteter').waitFor();
  await fix('Datainnsamling (spørreskjema)');
  await review.getByLabel('Undersøkelse (hvis det er en undersøkelse)').waitFor();
  await save();
  await review.getByRole('button', { name: 'Navn, vedtak, gruppeleder' }).click();
  await review.getByLabel('Gruppens navn').fill('Karriereveier i helsetjenesten');
  await review.getByLabel('Vedtaksdato').fill('2022-09-23');
  await save();
  await review.getByText('etter vedtaket fredag 23. september 2022').waitFor();
  await review.getByRole('button', { name: 'Bekreft og begynn' }).click();
  await review.getByText('Nå er gruppen i gang').waitFor();
  expect(await sheet.textContent()).toContain('4 medlemmer');
  await story.station('begun');
}, 180_000);

it('the convenor sets the survey up and tries it on herself', async () => {
  const { page } = story;
  await openConversation(page, 'Ingrid Solvang');
  await story.say('gruppeleder');
  const seat = await story.message('Gruppelederens oversikt');
  await story.station('seat', { axe: true, onPhone: true });
  await seat.getByRole('button', { name: 'Åpne: Datainnsamling (spørreskjema)' }).click();
  await seat.getByText('Slik går det med undersøkelsen').waitFor();
  await seat.getByRole('button', { name: 'Endre …' }).click();
  await seat.getByLabel('Resultatet').selectOption('Jeg godkjenner først');
  await story.station('set-up', { axe: true });
  await seat.getByRole('button', { name: 'Forhåndsvis' }).click();
  await seat.getByText('Dette blir sendt').waitFor();
  await seat.getByText('onsdag 12. oktober 2022 kl. 09.00 · Invitasjon · 4 personer').waitFor();
  await story.station('send-plan', { onPhone: true });
  await seat.getByRole('button', { name: 'Send meg en prøve' }).click();
  const rehearsals = page.locator('#messages article.theirs', { hasText: '⚠ Prøve: bare du ser dette' });
  await expect.poll(() => rehearsals.count(), { timeout: patience }).toBe(11);
  await story.station('rehearsal');
  await seat.getByRole('button', { name: 'Bekreft' }).click();
  await seat.getByText('Undersøkelsen er endret').waitFor();
  await openConversation(page, 'Sindre Bakke');
  expect(await page.locator('#messages').textContent()).not.toContain('Prøve');
}, 180_000);

it('two members answer for every role, one by keyboard alone', async () => {
  const { page } = story;
  await jumpTo(page, '2022-10-12T09:30');
  await openConversation(page, 'Marit Haugerud');
  const invitation = await story.message('En undersøkelse til deg');
  expect(await invitation.textContent()).toContain(`${roles} yrkesroller å vurdere`);
  await story.station('invitation', { onPhone: true });

  await tabTo(page, invitation.getByRole('button', { name: 'Svar' }));
  await page.keyboard.press('Enter');
  let rated = 0;
  for (let number = 1; !(await invitation.getByText('Takk for svarene').isVisible()); number += 1) {
    await invitation.getByText(`Side ${number} av`).first().waitFor();
    const comments = await invitation.locator('textarea').count();
    for (let role = 0; role < comments; role += 1) {
      for (const menu of [2 * role, 2 * role + 1]) {
        await tabTo(page, invitation.locator('select').nth(menu));
        // The first role is a shortage now and later: four steps down; the others are sustainable.
        const steps = number === 1 && role === 0 ? 4 : 2;
        for (let step = 0; step < steps; step += 1) await page.keyboard.press('ArrowDown');
      }
      if (number > 1 || role > 0) continue;
      await tabTo(page, invitation.locator('textarea').nth(role));
      await page.keyboard.type('Stillinger står ubesatt.');
    }
    rated += comments;
    if (number === 1) await story.station('answering', { axe: true });
    await tabTo(page, invitation.locator('.style-positive'));
    await page.keyboard.press('Enter');
    await invitation
      .getByText(new RegExp(`Side ${number + 1} av|Takk for svarene`))
      .first()
      .waitFor();
  }
  expect(rated).toBe(roles);
  expect(await invitation.textContent()).toMatch(/■.Mangel → ■.Mangel – «Stillinger står ubesatt/);
  // Whoever answers by keyboard goes on at the receipt.
  expect(await invitation.evaluate((one) => one.contains(document.activeElement))).toBe(true);
  await story.station('receipt', { onPhone: true });

  await openConversation(page, 'Sindre Bakke');
  const other = await story.message('En undersøkelse til deg');
  await acts.answers(other, (number, role) => (number === 1 && role === 0 ? scarce : steady));
}, 240_000);

it('the convenor sees how it goes, reminds and gives more time', async () => {
  const { page } = story;
  await openConversation(page, 'Ingrid Solvang');
  await story.say('gruppeleder');
  const seat = await story.message('1 undersøkelse er åpen');
  await seat.getByRole('button', { name: 'Åpne: Datainnsamling (spørreskjema)' }).click();
  await seat.getByText('Slik går det med undersøkelsen').waitFor();
  await story.sees(seat, '2 av 4 har svart (50 %).');
  expect(await seat.textContent()).toContain('Åshild Brekke');
  await story.station('live', { axe: true, onPhone: true });
  await seat.getByRole('button', { name: 'Minn på nå' }).click();
  await seat.getByText('Påminnelse nå · 2 personer').waitFor();
  await story.station('nudge');
  await seat.getByRole('button', { name: 'Bekreft' }).click();
  await seat.getByText('✔ Påminnelsen er på vei.').waitFor();
  await seat.getByRole('button', { name: 'Forleng …' }).click();
  await seat.getByLabel('Ny siste dag').fill('2022-11-09');
  await seat.getByRole('button', { name: 'Forhåndsvis' }).click();
  await seat.getByText('Den siste dagen blir onsdag 9. november 2022, for alle').waitFor();
  await story.station('extend');
  await seat.getByRole('button', { name: 'Bekreft' }).click();
  await seat.getByText('✔ Fristen er forlenget.').waitFor();
  expect(await story.reads('Åshild Brekke')).toContain('Påminnelse om undersøkelsen');
  expect(await story.reads('Marit Haugerud')).not.toContain('Påminnelse om undersøkelsen');
}, 180_000);

it('closed, the result is approved and posted, and the channel hears of no name', async () => {
  const { page } = story;
  await jumpTo(page, '2022-11-10T09:30');
  expect(await story.reads('Karriereveier')).not.toContain('Kritiske roller');
  await openConversation(page, 'Ingrid Solvang');
  const review = await story.message('Godkjenne resultatet?');
  await review.scrollIntoViewIfNeeded();
  await story.station('approve');
  await review.getByRole('button', { name: 'Godkjenn', exact: true }).click();
  await review.getByText('✔ Godkjent. Resultatet legges ut i kanalene.').waitFor();
  await jumpTo(page, '2022-11-14T09:30');
  await openConversation(page, 'Karriereveier');
  const summary = await story.message('Kritiske roller');
  const words = await story.words(summary);
  expect(words).toContain('2 av 4 svarte (50 %).');
  expect(words).toContain('■ Mangel 2 (100 %)');
  for (const name of people) expect(words).not.toContain(name);
  expect(words).not.toContain('ubesatt');
  await summary.scrollIntoViewIfNeeded();
  await story.station('summary', { axe: true, onPhone: true });
  const digest = await story.message('Status i korte trekk');
  await story.sees(digest, 'er stengt. 2 av 4 svarte.');
  await story.station('digest');
  // Of the two who did not answer nothing is said here; what they own and are late with is the plan's.
  for (const line of await page.locator('#messages .ac-textBlock').allTextContents()) {
    if (/svar/i.test(line)) for (const name of people) expect(line).not.toContain(name);
  }
}, 180_000);
