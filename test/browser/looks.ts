/** What every state of the page is held against: axe-core, its width, and a picture if anybody wants to look at it. */

import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const require = createRequire(import.meta.url);
const pictures = new URL('screenshots/', import.meta.url).pathname;

/** Every violation as "rule: target" lines; none is the goal. Best practices count as well. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Evaluated by the driver, not loaded by the page: its policy would refuse a foreign script.
  await page.evaluate(require('axe-core').source);
  const results = await page.evaluate(
    () =>
      (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        // Of what is right only the first place is described: to describe thousands takes longer than to look at them.
        resultTypes: ['violations'],
      }) as Promise<AxeResults>,
  );
  if (results.passes.length < 10) throw new Error('axe-core looked at next to nothing');
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  );
}

/** How many pixels the page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** For people to look at, when ROND_TEST_PICTURES is set (`npm test` with names of files sets it); else only what is to be drawn is waited for. */
export async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  if (!process.env.ROND_TEST_PICTURES) {
    await page.evaluate(async () => {
      await document.fonts.ready;
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    });
    return;
  }
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}${name}.png`, fullPage });
}
