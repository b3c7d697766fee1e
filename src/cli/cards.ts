/** `rond cards gallery`: every card in every language on both platforms, on one page to look at. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { specimens } from '../app/specimens.ts';
import { Exit } from './exit.ts';
import { type Exhibit, galleryPage } from './gallery/page.ts';
import { takePictures } from './gallery/pictures.ts';
import { shotsOf } from './gallery/shots.ts';

export type Gallery = {
  /** The page's file. */
  page: string;
  exhibits: Exhibit[];
};

/** Writes `index.html` into `folder`, which is made when it is missing. */
export async function writeGallery(folder: string): Promise<Gallery> {
  const exhibits: Exhibit[] = [];
  for (const specimen of specimens()) exhibits.push({ specimen, shots: await shotsOf(specimen) });
  const page = join(folder, 'index.html');
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(page, galleryPage(exhibits));
  } catch (error) {
    throw new Exit(2, `The gallery cannot be written to ${folder} (${(error as NodeJS.ErrnoException).code}).`);
  }
  return { page, exhibits };
}

export function cardsCommand(program: Command): void {
  const cards = program.command('cards').description('look at the cards people get');
  cards
    .command('gallery')
    .description('write one page with every card, in every language, as Teams and as Slack show it')
    .option('--out <dir>', 'where to', 'gallery')
    .option('--png', 'also a picture of each, 390 pixels wide (needs the development packages)')
    .option('--json', 'print one JSON document')
    .action(async (flags: { out: string; png?: boolean; json?: boolean }) => {
      const folder = resolve(flags.out);
      const { page, exhibits } = await writeGallery(folder);
      const shots = exhibits.flatMap((exhibit) => exhibit.shots);
      if (flags.png) await takePictures(pathToFileURL(page).href, shots, folder);
      const faults = exhibits.flatMap(faultsOf);
      if (flags.json) {
        const pictures = flags.png ? shots.map(({ id }) => `${id}.png`) : [];
        console.log(JSON.stringify({ page, shots: shots.map(({ id }) => id), pictures, faults }, null, 2));
        return;
      }
      for (const fault of faults) console.error(fault);
      console.log(`${page}: ${shots.length} shown${flags.png ? ', each with a picture beside it' : ''}.`);
    });
}

/** What whoever writes cards has to mend. */
function faultsOf({ specimen, shots }: Exhibit): string[] {
  const { name, language, why, lacking } = specimen;
  return [
    ...(why === null ? [] : [`${name} in ${language} cannot be made: ${why}`]),
    ...(lacking.length === 0 ? [] : [`${name} in ${language} lacks words: ${lacking.join(', ')}`]),
    ...shots.flatMap(({ id, losses }) =>
      losses.filter((loss) => !loss.harmless).map((loss) => `${id} loses ${loss.what} (${loss.kind} ${loss.path})`),
    ),
  ];
}
