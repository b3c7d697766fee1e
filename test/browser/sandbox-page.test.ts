/** The page with scripted wires: how it looks, how it is reached by keyboard, and what it sends. */

import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cardNames } from '../../src/cards/cards.ts';
import type { Card } from '../../src/ports/chat.ts';
import { desk, launchChromium, openPage, phone, type Watched } from './chromium.ts';
import { focused, newest, openConversation, tabTo } from './hands.ts';
import { axeViolations, overflow, picture } from './looks.ts';
import { type Scene, sampleCard, startScene } from './scene.ts';

let browser: Browser;
let scene: Scene;
let watched: Watched;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

async function open(size = desk, at = ''): Promise<Watched['page']> {
  watched = await openPage(browser, size);
  await watched.page.goto(`${scene.sandbox.url}/${at}`);
  return watched.page;
}
/** Whatever the page asks there waits until the returned function is called. */
async function holdBack(page: Watched['page'], address: string): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(address, async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

beforeEach(async () => {
  scene = await startScene();
});
afterEach(async () => {
  await watched?.page.context().close();
  await scene?.sandbox.close();
});

const modal = (blocks: object[], submit: string | null = 'Nästa') => ({
  type: 'modal',
  title: { type: 'plain_text', text: 'Bedöm roller' },
  ...(submit ? { submit: { type: 'plain_text', text: submit } } : {}),
  blocks,
});
const levels = ['Hållbart', 'Sårbart', 'Brist'].map((text) => ({
  text: { type: 'plain_text', text },
  value: text.toLowerCase(),
}));
const rolePage = modal([
  { type: 'header', text: { type: 'plain_text', text: 'Läkare' } },
  {
    type: 'input',
    block_id: 'now:lakare',
    label: { type: 'plain_text', text: 'Läkare – nu' },
    element: { type: 'radio_buttons', action_id: 'choice:now:lakare', options: levels },
  },
  {
    type: 'input',
    block_id: 'comment:lakare',
    optional: true,
    label: { type: 'plain_text', text: 'Läkare – kommentar' },
    element: { type: 'plain_text_input', action_id: 'text:comment:lakare', multiline: true },
  },
]);
function openRolePage() {
  scene.slack.buttonsOf('V1', [{ label: 'Nästa', verb: 'submit', values: {} }]);
  scene.slack.open('U1', { id: 'V1', view: rolePage });
}

describe('looks', () => {
  beforeEach(async () => {
    for (const name of cardNames) {
      scene.shown.teams(`t-${name}`, sampleCard(name, 'sv'));
      scene.shown.slack(`s-${name}`, sampleCard(name, 'sv'));
    }
    scene.shown.slack('c-summary', sampleCard('summary', 'sv'), { channel: 'C1' });
    scene.shown.slack('c-digest', sampleCard('digest', 'sv'), { channel: 'C1' });
    await scene.teams.say('u-asa', 'hjälp');
    await scene.slack.say('U1', 'hjälp');
  });

  it.each([
    ['wide', desk],
    ['phone', phone],
  ])(
    'every card on both platforms, %s: accessible, within its width, and nothing from outside',
    async (label, size) => {
      const page = await open(size);
      const look = async (name: string) => {
        await page.waitForLoadState('networkidle');
        await picture(page, `${name}-${label}`);
        expect(await axeViolations(page), name).toEqual([]);
        expect(await overflow(page), name).toBe(0);
        expect(watched.faults, name).toEqual([]);
      };
      await page.getByRole('link', { name: 'Åsa Ek' }).waitFor();
      await look('home');
      await openConversation(page, 'Åsa Ek');
      await page
        .locator('.teams-card')
        .nth(cardNames.length - 1)
        .waitFor();
      await look('teams');
      await openConversation(page, 'Bo Prov');
      await page
        .locator('.slack-pieces')
        .nth(cardNames.length - 1)
        .waitFor();
      await look('slack');
      await openConversation(page, 'kompetensförsörjning');
      await page.locator('.slack-blocks table').waitFor();
      await look('channel');
      await openConversation(page, 'Bo Prov');
      scene.shown.modal('V1', sampleCard('rating-page', 'sv'));
      await page.getByRole('dialog').waitFor();
      await look('modal');
    },
    90_000,
  );
});

describe('by keyboard alone', () => {
  it('opens a member, presses a button on a Teams card and goes on at the card that took its place', async () => {
    scene.shown.teams('m1', sampleCard('status', 'sv'));
    scene.teams.answer = () => {
      scene.teams.replace('m1', { card: sampleCard('notice', 'sv', { title: 'Tack', text: 'Noterat.' }) });
      return {};
    };
    const page = await open();
    const link = page.getByRole('navigation').getByRole('link', { name: 'Åsa Ek' });
    await link.waitFor();
    await tabTo(page, link);
    await page.keyboard.press('Enter');
    const done = page.getByRole('button', { name: /Klart/ });
    await done.waitFor();
    await tabTo(page, done);
    await page.keyboard.press('Enter');
    await page.getByText('Noterat.').waitFor();

    expect(scene.teams.pressed).toMatchObject([
      { user: 'u-asa', target: { message: 'm1' }, values: { status: 'done' } },
    ]);
    expect(await page.evaluate(() => document.activeElement?.closest('[data-id]')?.getAttribute('data-id'))).toBe('m1');
    expect(await page.getByText('edited').count()).toBe(1);
  });

  it('answers a Slack modal: what is missing is said beside it, the app refuses beside its field, then it takes', async () => {
    const page = await open(desk, '#person=bo-prov');
    await page.getByRole('heading', { name: 'Bo Prov' }).waitFor();
    openRolePage();
    const dialog = page.getByRole('dialog', { name: 'Bedöm roller' });
    await dialog.waitFor();
    expect(await focused(page)).toBe('Bedöm roller');

    const next = dialog.getByRole('button', { name: 'Nästa' });
    await tabTo(page, next);
    await page.keyboard.press('Enter');
    await dialog.getByText('Please complete this required field.').waitFor();
    expect(scene.slack.pressed).toEqual([]);
    expect(await focused(page)).toBe('Hållbart');

    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    scene.slack.answer = () => ({ errors: { 'comment:lakare': 'Skriv kort varför.' } });
    await tabTo(page, next);
    await page.keyboard.press('Enter');
    await dialog.getByText('Skriv kort varför.').waitFor();
    expect(scene.slack.pressed.at(-1)).toMatchObject({
      verb: 'submit',
      inputs: { 'now:lakare': 'brist', 'comment:lakare': '' },
    });
    const comment = dialog.getByLabel('Läkare – kommentar');
    expect(await comment.evaluate((one) => one === document.activeElement)).toBe(true);
    expect(await comment.getAttribute('aria-invalid')).toBe('true');
    expect(await axeViolations(page)).toEqual([]);
    await picture(page, 'modal-errors');

    await page.keyboard.type('Många går i pension.');
    scene.slack.answer = () => {
      scene.slack.closeDialog('U1');
      return { notice: 'Tack!' };
    };
    await tabTo(page, next);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    expect(scene.slack.pressed.at(-1)?.inputs).toEqual({
      'now:lakare': 'brist',
      'comment:lakare': 'Många går i pension.',
    });
    expect(await page.getByRole('status').getByText('Tack!').count()).toBe(1);
    expect(watched.faults).toEqual([]);
  });

  it('leaves a modal with Escape, and the wire hears of it', async () => {
    const page = await open(desk, '#person=bo-prov');
    openRolePage();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(scene.slack.dialog('U1')).toBeNull();
  });

  it('shows the focus wherever it goes', async () => {
    scene.shown.teams('m1', sampleCard('status', 'sv'));
    const page = await open(desk, '#person=asa-ek');
    await page.getByRole('button', { name: /Klart/ }).waitFor();
    const invisible: string[] = [];
    for (let presses = 0; presses < 25; presses += 1) {
      await page.keyboard.press('Tab');
      const drawn = await page.evaluate(() => {
        const one = document.activeElement;
        if (!one || one === document.body) return true;
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      });
      if (!drawn) invisible.push(await focused(page));
    }
    expect(invisible).toEqual([]);
  });
});

describe('what the page does', () => {
  it('keeps what is typed in a card while other messages come, and marks them', async () => {
    scene.shown.teams('m1', sampleCard('rating-page', 'sv'));
    const page = await open(desk, '#person=asa-ek');
    const comment = page.getByLabel(/Arbetsterapeut.*kommentar/);
    await comment.fill('halvskrivet');
    scene.shown.teams('m2', sampleCard('notice', 'sv', { title: 'Ny', text: 'Ett nytt kort.' }));
    scene.shown.slack('s1', sampleCard('notice', 'sv'));
    await page.getByText('Ett nytt kort.').waitFor();
    await page.getByRole('link', { name: /Bo Prov.*1 new/ }).waitFor();
    expect(await comment.inputValue()).toBe('halvskrivet');
    expect(await comment.evaluate((one) => one === document.activeElement)).toBe(true);
    expect(await page.getByRole('log', { name: 'New messages' }).textContent()).toBe('New message from Rond');
  });

  it('sends what stands in the card with the button that was pressed', async () => {
    scene.shown.teams('m1', sampleCard('rating-page', 'sv'));
    const page = await open(desk, '#person=asa-ek');
    await page.getByLabel(/Barnmorska.*framåt/).selectOption({ label: '■ Brist' });
    await page.getByLabel(/Barnmorska.*kommentar/).fill('Svårt att rekrytera.');
    await newest(page).getByRole('button', { name: 'Spara och fortsätt' }).click();
    await expect.poll(() => scene.teams.pressed.length).toBe(1);
    expect(scene.teams.pressed[0]?.inputs).toMatchObject({
      'now:barnmorska': 'vulnerable',
      'coming:barnmorska': 'shortage',
      'comment:barnmorska': 'Svårt att rekrytera.',
    });
  });

  it('says it when the platform would show an error, and when the bot refuses to move the clock', async () => {
    scene.shown.teams('m1', sampleCard('status', 'sv'));
    scene.teams.answer = () => ({ ok: false, status: 500 });
    const page = await open(desk, '#person=asa-ek');
    await page.getByRole('button', { name: /Klart/ }).click();
    await page.getByRole('status').getByText('Teams: something went wrong. Please try again.').waitFor();
    await page.getByRole('button', { name: 'Jump to date' }).click();
    await page.getByRole('status').getByText('The bot does not answer, so the clock cannot be moved.').waitFor();
  });

  it('shows what changed after it looked and before it listened', async () => {
    watched = await openPage(browser);
    await watched.page.route('**/api/events', async (route) => {
      await watched.page.getByRole('heading', { name: 'Bo Prov' }).waitFor();
      openRolePage();
      // What is told to nobody comes a moment later (changes.ts).
      await wait(200);
      await route.continue();
    });
    await watched.page.goto(`${scene.sandbox.url}/#person=bo-prov`);
    await watched.page.getByRole('dialog', { name: 'Bedöm roller' }).waitFor();
  });

  it('takes no message before it knows who writes: it would go nowhere', async () => {
    watched = await openPage(browser);
    const { page } = watched;
    const show = await holdBack(page, '**/api/view*');
    await page.goto(`${scene.sandbox.url}/#person=asa-ek`);
    await page.locator('#room').waitFor();
    expect(await page.getByLabel(/Write to Rond/).isVisible()).toBe(false);
    const written = page.getByLabel(/Write to Rond/).fill('status');
    show();
    await written;
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.locator('article.mine').getByText('status').waitFor();
  });

  it('moves the clock for whoever presses before the page knows what comes next', async () => {
    watched = await openPage(browser);
    const { page } = watched;
    await page.route('**/api/state*', () => undefined);
    await page.goto(scene.sandbox.url);
    await page.getByRole('button', { name: 'Jump to next event' }).click();
    await page.getByRole('status').getByText('The bot does not answer, so the clock cannot be moved.').waitFor();
  });

  it('offers a moment to jump to in the zone that it shows, once the group has one', async () => {
    watched = await openPage(browser);
    const { page } = watched;
    let zone = 'UTC';
    await page.route('**/api/state*', async (route) => {
      const answer = await route.fetch();
      const state = await answer.json();
      await route.fulfill({ json: { ...state, clock: { ...state.clock, zone } } });
    });
    await page.goto(scene.sandbox.url);
    const offered = () => page.getByLabel('Jump to a date and time').inputValue();
    await expect.poll(offered).toContain('T07:');
    zone = 'Europe/Stockholm';
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await expect.poll(offered).toContain('T09:');
  });

  it('keeps what is typed while a message is under way', async () => {
    const page = await open(desk, '#person=asa-ek');
    const pass = await holdBack(page, '**/api/say');
    const box = page.getByLabel('Write to Rond as Åsa Ek');
    await box.fill('status');
    await page.keyboard.press('Enter');
    await box.fill('help');
    pass();
    await page.locator('article.mine').getByText('status').waitFor();
    expect(await box.inputValue()).toBe('help');
  });

  it('writes to Rond in a chat, and in a channel as whoever is chosen', async () => {
    const page = await open(desk, '#person=asa-ek');
    await page.getByLabel('Write to Rond as Åsa Ek').fill('status');
    await page.keyboard.press('Enter');
    await page.locator('article.mine').getByText('status').waitFor();
    await openConversation(page, 'kompetensförsörjning');
    await page.getByLabel('You act as').selectOption('Cia Lund');
    await page.getByLabel('Write to Rond as Cia Lund').fill('help');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect.poll(() => scene.slack.said).toEqual([{ user: 'U2', text: 'help', channel: 'C1' }]);
    expect(scene.teams.said).toEqual([{ user: 'u-asa', text: 'status', channel: undefined }]);
  });

  it('lets nobody write or press as who was chosen before, while what the next one sees is not there', async () => {
    scene.shown.slack('s1', sampleCard('invitation', 'sv'), { channel: 'C1' });
    const page = await open(desk, '#channel=C1');
    const button = page.locator('#messages').getByRole('button').first();
    await button.waitFor();
    const show = await holdBack(page, '**/api/view*');
    await page.getByLabel('You act as').selectOption('Cia Lund');
    expect(await page.getByLabel(/Write to Rond/).isVisible()).toBe(false);
    expect(await button.count()).toBe(0);
    show();
    await page.getByLabel('Write to Rond as Cia Lund').fill('help');
    await page.keyboard.press('Enter');
    await expect.poll(() => scene.slack.said).toEqual([{ user: 'U2', text: 'help', channel: 'C1' }]);
    await button.click();
    await expect.poll(() => scene.slack.pressed.map(({ user }) => user)).toEqual(['U2']);
  });

  it('shows markup in people’s text as text, and follows no odd link', async () => {
    const evil =
      '<img src=x onerror=document.title=1> [x](javascript:alert(1)) **fet** [y](https://a.example/?q=1&r=2)';
    const card: Card = {
      type: 'AdaptiveCard',
      version: '1.5',
      body: [{ type: 'TextBlock', text: `${evil}\n- ett\n- två \\*stjärna\\*`, wrap: true }],
    };
    scene.teams.show({ user: 'u-asa' }, { id: 'm1', card });
    scene.teams.show({ user: 'u-asa' }, { id: 'm2', text: evil });
    scene.slack.show(
      { user: 'U1' },
      { id: 's1', text: '&lt;img src=x onerror=document.title=1&gt; <javascript:alert(1)|x> *fet*' },
    );
    const page = await open(desk, '#person=asa-ek');
    const links = page.locator('#messages a');
    await page.locator('.teams-card strong').getByText('fet').waitFor();
    expect(await links.evaluateAll((all) => all.map((one) => one.getAttribute('href')))).toEqual([
      'https://a.example/?q=1&r=2',
    ]);
    expect(await page.locator('.teams-card li').allTextContents()).toEqual(['ett', 'två *stjärna*']);
    expect(await page.locator('#messages img').count()).toBe(0);
    await openConversation(page, 'Bo Prov');
    await page.locator('.slack-blocks strong').getByText('fet').waitFor();
    expect(await page.locator('#messages img, #messages a[href^=javascript]').count()).toBe(0);
    expect(await page.title()).not.toBe('1');
  });
});
