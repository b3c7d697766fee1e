/** In Finnish, in Slack: from a document in an empty channel to a posted summary, with nothing but the chat. */

import { Document, Packer, Paragraph, Table, TableCell, TableRow } from 'docx';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Choice, jumpTo, openConversation } from '../hands.ts';
import { type Acts, actsOf } from './acts.ts';
import { openStory, patience, type Story } from './stage.ts';

const people = ['Helmi Laakso', 'Aino Virtala', 'Eero Salmela', 'Kaisa Rantala'];
const plan = [
  ['Tehtävä', 'Vastuu', 'Aikataulu'],
  ['Tiedonhankinta: seurataan työtä uusista reiteistä hoitoalan ammatteihin', 'Kaikki', ''],
  ['Tiedon yhteenveto', 'Aino', '12.10. ja 30.11.'],
  ['Kartoitetaan alueen nykyiset mallit?', '', ''],
  ['Kartoitetaan valtakunnalliset verkostot', 'Ville', '12.10.'],
  ['Sovitetaan työ yhteen valtakunnallisten verkostojen kanssa', '', ''],
  ['Laaditaan kysely', 'Kaikki', '12.10.'],
  ['Pyydetään kommentteja kyselyyn', 'Kaikki', '5.10.'],
  ['Tiedonkeruu (kysely)', 'Kaikki', '12.10.–7.11.'],
  ['Kootaan tulokset', 'Kaikki', '30.11.'],
  ['Loppuraportti', 'Kaikki', '13.12.'],
  ['Mahdollisen työpajan suunnittelu', 'Kaikki', ''],
];
const steady: Choice = { now: /Kestävä/, coming: /Kestävä/, comment: '' };
const scarce: Choice = { now: /Pula/, coming: /Pula/, comment: 'Toimia on täyttämättä.' };

/** The timetable as somebody's word processor has it. */
function timetable(): Promise<Buffer> {
  const rows = plan.map(
    (cells) => new TableRow({ children: cells.map((text) => new TableCell({ children: [new Paragraph(text)] })) }),
  );
  const heading = [
    'Työryhmä: Urapolut hoitotyössä',
    'Päätetty työvaliokunnassa 23.9.2022',
    'Koollekutsuja: Helmi Laakso',
  ];
  const children = [...heading.map((text) => new Paragraph(text)), new Table({ rows })];
  return Packer.toBuffer(new Document({ sections: [{ children }] }));
}

let story: Story;
let acts: Acts;
beforeAll(async () => {
  story = await openStory('slack-fi');
  acts = actsOf(story, 'slack', 'fi');
}, 180_000);
afterAll(async () => {
  await story?.close();
});
const dialog = () => story.page.getByRole('dialog');
it('Rond is invited, reads the attached document, and is set right in a form', async () => {
  const { page } = story;
  await story.furnish('slack', 'fi', people, 'urapolut');
  await page.getByRole('button', { name: 'Add Rond to the channel' }).click();
  const welcome = await story.message('Rond on täällä');
  expect(await welcome.textContent()).toMatch(/aikataulua[\s\S]*omaan keskusteluunsa[\s\S]*liitä aikataulu/);
  await story.station('welcome', { onPhone: true });

  await page.getByLabel('You act as').selectOption('Aino Virtala');
  const file = { name: 'aikataulu.docx', mimeType: 'application/octet-stream', buffer: await timetable() };
  await page.getByLabel('Attach a file').setInputFiles(file);
  await story.say('Tässä aikataulumme.');
  const review = await story.message('Onko aikataulu oikein?');
  await story.sees(review, '11 toimenpidettä, 4 henkilöä kanavalla.');
  await story.sees(review, 'Koollekutsuja: Helmi Laakso.');
  expect(await story.words(review)).not.toContain('Työryhmä:');
  await story.sees(review, 'Päätös tehtiin perjantaina 23. syyskuuta 2022.');
  await story.sees(review, '⚠ 4 toimenpidettä pitää tarkistaa');
  await story.station('review', { axe: true, onPhone: true });
  await review.getByRole('button', { name: 'Muuta: Kartoitetaan valtakunnalliset verkostot' }).click();
  await dialog()
    .getByLabel(/^Kuka on ”Ville”\?/)
    .selectOption('Eero Salmela');
  expect(await page.locator('#dialog-close').textContent()).toBe('Sulje');
  await story.station('fix', { axe: true });
  await acts.handIn(review, 'Tallenna');
  await story.sees(review, '⚠ 3 toimenpidettä');
  await review.getByRole('button', { name: 'Seuraava' }).click();
  await story.sees(review, 'Sivu 2/2');
  await story.station('review-2');
  await review.getByRole('button', { name: 'Vahvista ja aloita' }).click();
  await page.getByText('Ryhmä on perustettu').first().waitFor();
  await page.getByText('Koollekutsuja on Helmi Laakso.').first().waitFor();
  await story.station('begun');
}, 240_000);

it('the convenor finds the group at Rond’s home, sets the survey up and tries it', async () => {
  const { page } = story;
  await openConversation(page, 'Helmi Laakso');
  await page.getByRole('link', { name: 'Home', exact: true }).click();
  await page.locator('#home').getByText('Seuraavat päivämäärät').waitFor();
  await story.station('home', { axe: true, onPhone: true });
  await page.getByRole('link', { name: 'Messages', exact: true }).click();
  await story.say('koollekutsuja');
  const seat = await story.message('Koollekutsujan yleiskuva');
  await story.station('seat', { axe: true, onPhone: true });
  await seat.getByRole('button', { name: 'Avaa: Tiedonkeruu (kysely)' }).click();
  await story.sees(seat, 'Kyselyn tilanne');
  await seat.getByRole('button', { name: 'Muuta …' }).click();
  await dialog()
    .getByLabel(/^Tulos/)
    .selectOption('Hyväksyn tuloksen ensin');
  await story.station('set-up', { axe: true });
  await acts.handIn(seat, 'Esikatsele');
  await story.sees(seat, 'Nämä lähetetään');
  await story.sees(seat, 'keskiviikkona 12. lokakuuta 2022 klo 9.00 · Kutsu · 4 henkilöä');
  await story.station('send-plan');
  await seat.getByRole('button', { name: 'Lähetä minulle kokeeksi' }).click();
  const rehearsals = page.locator('#messages article.theirs', { hasText: '⚠ Harjoitus: vain sinä näet tämän' });
  await expect.poll(() => rehearsals.count(), { timeout: patience }).toBe(9);
  await story.station('rehearsal');
  await seat.getByRole('button', { name: 'Vahvista', exact: true }).click();
  await story.sees(seat, 'Kyselyä on muutettu');
}, 240_000);

it('two members answer, and the convenor sees how it goes, reminds and gives more time', async () => {
  const { page } = story;
  await jumpTo(page, '2022-10-12T09:30');
  for (const name of ['Aino Virtala', 'Eero Salmela']) {
    await openConversation(page, name);
    const invitation = await story.message('Sinulle on kysely');
    if (name === 'Aino Virtala') await story.station('invitation', { onPhone: true });
    await acts.answers(
      invitation,
      (number, role) => (number === 1 && role === 0 ? scarce : steady),
      async (number) => (number === 1 ? story.station('answering') : undefined),
    );
    await story.message('Kiitos vastauksistasi');
  }
  await story.station('receipt', { onPhone: true });

  await openConversation(page, 'Helmi Laakso');
  await story.say('koollekutsuja');
  const seat = await story.message('1 kysely on auki');
  await seat.getByRole('button', { name: 'Avaa: Tiedonkeruu (kysely)' }).click();
  await story.sees(seat, 'Kyselyn tilanne');
  await story.sees(seat, '2/4 on vastannut (50 %).');
  await story.sees(seat, 'Kaisa Rantala');
  await story.station('live', { axe: true });
  await seat.getByRole('button', { name: 'Muistuta nyt' }).click();
  await story.sees(seat, 'Muistutus nyt · 2 henkilöä');
  await seat.getByRole('button', { name: 'Vahvista', exact: true }).click();
  await story.sees(seat, '✔ Muistutus on matkalla.');
  await acts.givesMoreTime(seat, '2022-11-09');
  expect(await story.reads('Kaisa Rantala')).toContain('Muistutus kyselystä');
  expect(await story.reads('Aino Virtala')).not.toContain('Muistutus kyselystä');
}, 300_000);

it('closed, the result is approved and posted, and the channel hears of no name', async () => {
  await acts.isPosted({ convenor: 'Helmi Laakso', channel: 'urapolut', unsaid: [...people, 'täyttämättä'] });
}, 240_000);
