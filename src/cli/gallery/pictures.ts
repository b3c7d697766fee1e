/** Pictures of the gallery, one for each card, language and place, by a Chromium out of a package for development. */

import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { Exit } from '../exit.ts';
import { launchChromium } from './chromium.ts';
import type { Shot } from './shots.ts';

/** A phone's width; higher than any card, so that none is scrolled while it is drawn. */
const width = 390;

/** Writes `<id>.png` for each shot into `folder`. Refuses with a sentence where there is no Chromium. */
export async function takePictures(page: string, shots: Shot[], folder: string): Promise<void> {
  const browser = await chromium();
  try {
    const context = await browser.newContext({
      viewport: { width, height: 3000 },
      locale: 'sv-SE',
      reducedMotion: 'reduce',
    });
    const tab = await context.newPage();
    await tab.goto(page);
    await tab.locator('html[data-drawn=yes]').waitFor({ state: 'attached' });
    for (const { id } of shots) {
      await tab.locator(`[data-shot="${id}"]`).screenshot({ path: join(folder, `${id}.png`) });
    }
  } finally {
    await browser.close();
  }
}

async function chromium(): Promise<Browser> {
  try {
    return await launchChromium();
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';
    throw new Exit(
      1,
      missing
        ? 'The page is written, but there is no Chromium for pictures: @sparticuz/chromium and playwright-core come with the development packages (npm install).'
        : `The page is written, but Chromium did not start: ${(error as Error).message.split('\n')[0]}`,
    );
  }
}
