/** What everybody does in these stories, on either platform: a form lies over the message in Slack, and in its place in Teams. */

import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { say } from '../../../src/cards/words.ts';
import type { Language, Platform } from '../../../src/domain/group.ts';
import { type Choice, jumpTo, openConversation, ratePage } from '../hands.ts';
import { patience, type Story } from './stage.ts';

export type Acts = ReturnType<typeof actsOf>;

/** As it stands on the page: without what only keeps a line together. */
const plain = (text: string) => text.replaceAll('\u2060', '').replaceAll('\u00ad', '').replaceAll(/\s+/g, ' ');

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
    /** Confirms what is asked on a card, and sees that it is done. */
    async confirms(message: Locator, said: string): Promise<void> {
      await press(message, word('confirm.yes'));
      await story.sees(message, `✔ ${word(`said.${said}`)}`);
    },
    jumpTo: (date: string) => jumpTo(page, date),
  };
}
