/** The gallery: every card is drawn, on every platform, in every language, on a phone's width, by a real browser. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Specimen, specimens } from '../../src/app/specimens.ts';
import { cardNames, renderCard } from '../../src/cards/cards.ts';
import { say } from '../../src/cards/words.ts';
import { type Gallery, writeGallery } from '../../src/cli/cards.ts';
import { galleryPage } from '../../src/cli/gallery/page.ts';
import { takePictures } from '../../src/cli/gallery/pictures.ts';
import { type Shot, shotsOf } from '../../src/cli/gallery/shots.ts';
import { languages } from '../../src/domain/group.ts';
import type { Card } from '../../src/ports/chat.ts';
import { launchChromium, openPage, phone } from '../browser/chromium.ts';
import { axeViolations, overflow } from '../browser/looks.ts';
import { ofType, sampleOf } from './samples.ts';

let folder: string;
let gallery: Gallery;
/** A page of the Finnish cards alone: what looks at each thing on a page takes four times as long with four languages. */
let finnish: string;
let shots: Shot[];
let browser: Browser;
let page: Page;
let faults: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rond-gallery-'));
  gallery = await writeGallery(folder);
  shots = gallery.exhibits.flatMap((exhibit) => exhibit.shots);
  finnish = join(folder, 'finnish.html');
  await writeFile(finnish, galleryPage(gallery.exhibits.filter(({ specimen }) => specimen.language === 'fi')));
  browser = await launchChromium();
  ({ page, faults } = await openPage(browser, phone));
  await page.goto(pathToFileURL(gallery.page).href);
  await page.locator('html[data-drawn=yes]').waitFor({ state: 'attached' });
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

it('shows every card in every language on both platforms, and pages also as a modal', () => {
  const expected = cardNames.flatMap((name) =>
    languages.flatMap((language) => ['teams', 'slack'].map((where) => `${name}.${language}.${where}`)),
  );
  const ids = shots.map(({ id }) => id);
  expect(ids.filter((id) => !id.endsWith('.slack-modal')).toSorted()).toEqual(expected.toSorted());
  const modals = ids.filter((id) => id.endsWith('.slack-modal')).map((id) => id.replace('.slack-modal', ''));
  const pages = specimens().filter(({ card }) => ofType(card, /^Input\./).length > 0);
  expect(pages.length).toBeGreaterThanOrEqual(12);
  expect(modals.toSorted()).toEqual(pages.map(({ name, language }) => `${name}.${language}`).toSorted());
});

it('asks nothing of the network and nothing of another file', async () => {
  expect(faults).toEqual([]);
  expect(await readFile(gallery.page, 'utf8')).not.toMatch(/<(?:link|script|img)[^>]+(?:src|href)="(?!data:)/);
});

it('loses nothing a person needs on the way to Slack, and has words for all', () => {
  expect(
    shots.flatMap(({ id, losses }) => losses.filter((loss) => !loss.harmless).map((loss) => `${id} ${loss.what}`)),
  ).toEqual([]);
  expect(specimens().flatMap(({ why, lacking }) => [...(why ? [why] : []), ...lacking])).toEqual([]);
});

it('does not scroll sideways on a phone, and neither does any card', async () => {
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  const wide = await page.evaluate(() => {
    // What a person can scroll by keyboard, as Slack's own tables, may be wider than the phone.
    const scrolls = (element: Element, stage: Element): boolean => {
      for (let one = element.parentElement; one && one !== stage; one = one.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(one).overflowX) && one.tabIndex >= 0) return true;
      }
      return false;
    };
    return [...document.querySelectorAll('[data-shot]')].flatMap((stage) => {
      const { right } = stage.getBoundingClientRect();
      const over = [...stage.querySelectorAll('*')].filter(
        (element) => element.getBoundingClientRect().right > right + 1 && !scrolls(element, stage),
      );
      return over
        .slice(0, 1)
        .map((element) => `${(stage as HTMLElement).dataset.shot}: ${element.outerHTML.slice(0, 120)}`);
    });
  });
  expect(wide).toEqual([]);
});

it('shows the same words in Slack as in Teams where nothing is lost', async () => {
  const seen: Record<string, string> = await page.evaluate(() => {
    const textsIn = (stage: Element) => {
      const walk = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
      const texts: string[] = [];
      while (walk.nextNode()) texts.push(walk.currentNode.nodeValue ?? '');
      return texts.join(' ');
    };
    const stages = [...document.querySelectorAll<HTMLElement>('[data-shot]')];
    return Object.fromEntries(stages.map((stage) => [stage.dataset.shot ?? '', textsIn(stage)]));
  });
  for (const name of cardNames) {
    for (const language of languages) {
      const words = (where: string) =>
        new Set((seen[`${name}.${language}.${where}`] ?? '').replaceAll('\u00ad', '').match(/\p{L}{3,}/gu) ?? []);
      const slack = new Set([...words('slack'), ...words('slack-modal')]);
      // A page leads back where it takes a message's place; in Slack it lies over the message, and is closed.
      const isPage = ofType(renderCard(name, sampleOf(name) as never, language), /^Input\./).length > 0;
      const leaves = isPage ? [say(language, 'common.back')] : [];
      const missing = [...words('teams')].filter((word) => !slack.has(word) && !leaves.includes(word));
      expect(missing, `${name} in ${language}`).toEqual([]);
    }
  }
});

it('has no violation of axe-core', async () => {
  const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
  // The other languages are built alike.
  const own = await openPage(browser, phone);
  await own.page.goto(pathToFileURL(finnish).href);
  await own.page.locator('html[data-drawn=yes]').waitFor({ state: 'attached' });
  expect(await axeViolations(own.page)).toEqual([]);
}, 300_000);

it('draws each of them: none is empty, none is wider than the phone', async () => {
  const drawn = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-shot]')].map((stage) => {
      const { width, height } = stage.getBoundingClientRect();
      return { id: stage.dataset.shot, width, height, words: (stage.textContent ?? '').trim().length };
    }),
  );
  expect(drawn).toHaveLength(shots.length);
  for (const { id, width, height, words } of drawn) {
    expect([id, width > 300 && width <= 390, height > 80, words > 30]).toEqual([id, true, true, true]);
  }
});

it('makes pictures, and none of one colour', async () => {
  // In Finnish, whose words are the longest: each takes its time.
  const inFinnish = shots.filter(({ id }) => id.includes('.fi.'));
  await takePictures(pathToFileURL(finnish).href, inFinnish, folder);
  for (const { id } of inFinnish) {
    const picture = await readFile(join(folder, `${id}.png`));
    const [width, height] = [picture.readUInt32BE(16), picture.readUInt32BE(20)];
    expect([id, width > 300 && width <= 390, height > 80]).toEqual([id, true, true]);
    // One colour all over would take some hundred bytes.
    expect(picture.byteLength, id).toBeGreaterThan(2_500);
  }
}, 300_000);

describe('what is wrong is said on the page', () => {
  const specimen: Specimen = { name: 'notice', language: 'fi', card: null, why: null, lacking: [] };

  it('a language without words, and a card that cannot be made', async () => {
    const lacks = { ...specimen, lacking: ['notice.heading'], why: 'notice: missing <title>' };
    const html = galleryPage([{ specimen: lacks, shots: await shotsOf(lacks) }]);
    expect(html).toContain('No words in this language: notice.heading');
    expect(html).toContain('This card cannot be made: notice: missing &lt;title&gt;');
  });

  it('what Slack loses, apart from what only looks different', async () => {
    const card: Card = {
      type: 'AdaptiveCard',
      version: '1.5',
      body: [
        { type: 'TextBlock', text: 'Words', size: 'Medium' },
        { type: 'Media', sources: [{ url: 'https://example.org/film.mp4' }] },
      ],
    };
    const lossy = { ...specimen, card };
    const html = galleryPage([{ specimen: lossy, shots: await shotsOf(lossy) }]);
    expect(html).toMatch(/Lost on the way to Slack<\/b><ul><li>dropped: [^<]+\(body\[1\]\)/);
    expect(html).toMatch(/<summary>\d+ things? looks? different in Slack/);
  });
});
