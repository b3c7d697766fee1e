/** A member in a story: what they see, and what they can do about it, through their own platform's client. */

import { messageWith, rate } from '../../src/cli/play/persons.ts';
import type { Group, Identity } from '../../src/domain/group.ts';
import type { Ratings } from '../../src/domain/instrument.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';
import type { PressResult, Shown, Target } from '../../src/sandbox/wire.ts';

export type StoryPerson = ReturnType<typeof personIn>;

/** `as`: which of the member's identities; the first is where Rond writes. */
export function personIn(sandbox: Sandbox, group: Group, key: string, as = 0) {
  const identity = group.members.find((member) => member.key === key)?.identities[as];
  if (!identity) throw new Error(`${key} is nowhere`);
  return person(sandbox, identity);
}

export function person(sandbox: Sandbox, { platform, user }: Pick<Identity, 'platform' | 'user'>) {
  const wire = sandbox.wires[platform];
  const chat = (): Shown[] => wire.personal(user).filter(({ from }) => from === 'bot');
  const verbsOn = (target: Target) => wire.buttons(user, target).map((button) => button.verb);

  return {
    user,
    wire,
    chat,
    /** Everything in the chat, one text a message. */
    texts: () => chat().map(textOf),
    /** The newest message. */
    last: () => textOf(chat().at(-1)),
    /** The newest message with this button. */
    with(verb: string): Shown {
      const shown = messageWith(wire, user, verb);
      if (!shown) throw new Error(`no message has a button ${verb}; the last says: ${textOf(chat().at(-1))}`);
      return shown;
    },
    /** Ids of the messages about this that have such a button, oldest first. */
    about: (words: string, verb: string): string[] =>
      chat()
        .filter((shown) => textOf(shown).includes(words) && verbsOn({ message: shown.id }).includes(verb))
        .map(({ id }) => id),
    message: (id: string) => textOf(chat().find((shown) => shown.id === id)),
    /** What stands open: Slack's modal. */
    dialog() {
      const open = wire.dialog(user);
      return open ? textOf(open.view) : null;
    },
    press: (
      message: string,
      verb: string,
      inputs: Record<string, string> = {},
      values?: Record<string, string>,
    ): Promise<PressResult> => wire.press(user, { message }, { verb, ...(values ? { values } : {}) }, inputs),
    /** Hands in what is filled in: the modal on Slack, the page in the message on Teams. */
    async handIn(message: string, verb: string, inputs: Record<string, string>): Promise<PressResult> {
      const open = wire.dialog(user);
      return open
        ? wire.press(user, { dialog: open.id }, { verb: 'submit' }, inputs)
        : wire.press(user, { message }, { verb }, inputs);
    },
    verbs: (message: string) => verbsOn({ message }),
    say: (text: string, channel?: string) => wire.say(user, text, channel),
    rate: (ratings: Ratings, message = messageWith(wire, user, 'rate.open')?.id ?? ''): Promise<PressResult> =>
      rate(wire, user, message, ratings),
  };
}

const wordKeys = new Set(['text', 'title', 'value', 'label', 'altText', 'placeholder', 'errorMessage', 'fallbackText']);

/** The words of a card, of blocks or of a modal, in reading order, one space between. */
export function textOf(shown: Shown | Record<string, unknown> | undefined): string {
  if (!shown) return '';
  const content = 'conversation' in shown ? (shown.card ?? shown.blocks ?? shown.text) : shown;
  const words: string[] = [];
  const read = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      // A Slack button's value is not for reading; Teams says a button's title again as its tooltip.
      if (wordKeys.has(key) && !value.startsWith('{"') && words.at(-1) !== value) words.push(value);
    } else if (Array.isArray(value)) for (const one of value) read(one, key);
    else if (typeof value === 'object' && value !== null) {
      const { choices: _, options: __, private_metadata: ___, data: ____, ...rest } = value as Record<string, unknown>;
      for (const [name, one] of Object.entries(rest)) read(one, name);
    }
  };
  read(content, 'text');
  return words.join(' ').replaceAll(/\s+/g, ' ');
}
