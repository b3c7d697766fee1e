/** What everybody does in these stories, on either platform: a form lies over the message in Slack, and in its place in Teams. */

import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { longDay } from '../../../src/cards/dates.ts';
import { say } from '../../../src/cards/words.ts';
import type { Language, Platform } from '../../../src/domain/group.ts';
import { type Choice, jumpTo, openConversation, ratePage } from '../hands.ts';
import { patience, type Story } from './stage.ts';

export type Acts = ReturnType<typeof actsOf>;

/** As it stands on the page: without what only keeps a line together. */
const plain = (text: string) => text.replaceAll('\u2060', '').replaceAll('\u00ad', '').replaceAll(/\s+/g, ' ');

/** So that a picture shows its beginning. */
const toTop = (message: Locator) => message.evaluate((one) => one.scrollIntoView({ block: 'start' }));

export function actsOf(story: Story, platform: Platform, language: Language) {
  const { page } = story;
  const word = (key: string, values: Record<string, unknown> = {}) => plain(say(language, key, values));
  const dialog = () => page.getByRole('dialog');

  /** Presses a button of a message. */
  async function press(message: Locator, name: string | RegExp): Promise<void> {
    await message.getByRole('button', { name, exact: true }).click();
  }

  /** Opens a form by its button; what it holds is found in what is returned. */
  async function opens(message: Locator, name: string, heading: string): Promise<Locator> {
    await press(message, name);
    const form = platform === 'slack' ? dialog() : message;
    await form.getByText(heading, { exact: true }).first().waitFor();
    return form;
  }

  /** Hands the form in that `opens` opened, and waits until it is gone. */
  async function handIn(message: Locator, submit: string): Promise<void> {
    if (platform === 'teams') return press(message, submit);
    await page.locator('#dialog-submit').click();
    await dialog()
      .waitFor({ state: 'hidden' })
      .catch(async (cause) => {
        throw new Error(`the form stays: ${await dialog().textContent()}`, { cause });
      });
  }

  /** "Page 2 of …", however many there are. */
  const progressOf = (number: number) =>
    word('rating-page.progress', { page: number, pages: '#' }).split('#')[0]?.trim() ?? '';

  /** Confirms what is asked on a card, and sees that it is done. */
  async function confirms(message: Locator, said: string): Promise<void> {
    await press(message, word('confirm.yes'));
    await story.sees(message, `✔ ${word(`said.${said}`)}`);
  }

  const twoOfFour = { submitted: 2, invited: 4 };
  /** What the digest says behind the survey's title. */
  const closed = () => {
    const [, behind = ''] = word('digest.line.round-closed', { title: '#', ...twoOfFour }).split('#');
    return behind.replace(/^[^\p{L}]+/u, '');
  };

  return {
    word,
    press,
    opens,
    handIn,
    /** Leaves the form without saving anything. */
    async leaves(message: Locator): Promise<void> {
      if (platform === 'teams') return press(message, word('common.back'));
      await page.locator('#dialog-close').click();
      await dialog().waitFor({ state: 'hidden' });
    },
    /** Answers a survey from its invitation to the receipt, which stands in the invitation's place. */
    async answers(
      invitation: Locator,
      choose: (number: number, role: number) => Choice,
      onPage: (number: number) => Promise<void> = async () => {},
    ): Promise<void> {
      await press(invitation, word('common.answer'));
      const form = platform === 'slack' ? dialog() : invitation;
      const progress = (number: number) => form.getByText(progressOf(number)).first();
      const isOver = async () => (await story.words(invitation)).includes(word('receipt.heading'));
      for (let number = 1; !(await isOver()); number += 1) {
        await progress(number).waitFor();
        await ratePage(form, (role) => choose(number, role));
        await onPage(number);
        await (platform === 'slack' ? page.locator('#dialog-submit') : invitation.locator('.style-positive')).click();
        await expect
          .poll(async () => (await isOver()) || (await progress(number + 1).isVisible()), { timeout: patience })
          .toBe(true);
      }
    },
    /** The convenor's overview in their own chat, as a message of its own. */
    async takesSeat(name: string): Promise<Locator> {
      await openConversation(page, name);
      await story.say(word('command.seat'));
      return story.message(word('seat.heading'));
    },
    confirms,
    jumpTo: (date: string) => jumpTo(page, date),
    /** From the card of a running survey: until this day, for everybody, foreseen first. */
    async givesMoreTime(seat: Locator, day: string): Promise<void> {
      const form = await opens(seat, word('do.extend'), word('extend-page.heading.extend'));
      await form.getByLabel(new RegExp(`^${word('extend-page.labelDay')}`)).fill(day);
      await handIn(seat, word('extend-page.go'));
      await story.sees(seat, word('ask.extend', { day: longDay(day, language) }));
      await story.station('extend');
      await confirms(seat, 'extend');
    },
    /** Somebody's receipt says this day as the last, in the message it was, and there is one. */
    async holdsUntil(name: string, day: string): Promise<void> {
      await openConversation(page, name);
      const heading = word('receipt.heading');
      const receipt = await story.message(heading);
      await story.sees(receipt, word('receipt.until', { closes: longDay(day, language) }));
      expect(await page.locator('#messages article.theirs', { hasText: heading }).count()).toBe(1);
      await receipt.scrollIntoViewIfNeeded();
      await story.station('receipt', { onPhone: true });
    },
    /**
     * After the last day (9 November): nothing is posted before the convenor has approved it; then the channel reads the result and, on
     * Monday, the digest. Two of four have answered; `unsaid`: what nobody may read there.
     */
    async isPosted({
      convenor,
      channel,
      unsaid,
    }: {
      convenor: string;
      channel: string;
      unsaid: string[];
    }): Promise<void> {
      await jumpTo(page, '2022-11-10T09:30');
      expect(await story.reads(channel)).not.toContain(word('summary.critical'));
      await openConversation(page, convenor);
      const review = await story.message(word('approve.heading'));
      await toTop(review);
      await story.station('approve');
      await press(review, word('do.approve-summary'));
      await story.sees(review, `✔ ${word('said.approve-summary')}`);
      await jumpTo(page, '2022-11-14T09:30');
      await openConversation(page, channel);
      const summary = await story.message(word('summary.critical'));
      const words = await story.words(summary);
      const percent = new Intl.NumberFormat(language, { style: 'percent' }).format(0.5);
      expect(words).toContain(word('summary.rate', { ...twoOfFour, percent }));
      for (const text of unsaid) expect(words).not.toContain(text);
      await toTop(summary);
      await story.station('summary', { axe: true, onPhone: true });
      await summary.evaluate((one) => one.scrollIntoView({ block: 'end' }));
      await story.station('summary-end');
      const digest = await story.message(word('digest.heading.group'));
      await story.sees(digest, closed());
      await toTop(digest);
      await story.station('digest');
    },
  };
}
