/** Slack's own text and blocks as HTML, rendered once on the server by `slack-blocks-to-jsx`. */

import type { ComponentType } from 'react';

type Blocks = Record<string, unknown>[];
type MessageProps = {
  blocks: Blocks;
  logo: string;
  name: string;
  theme: 'light';
  withoutWrapper: true;
};

export type SlackText = {
  /** Blocks without controls as HTML; ids and inline styles taken out (ids repeat, and the page's policy refuses styles). */
  html(blocks: Blocks): string;
  /** Plain text of a text object: emoji short codes shown, markup gone. */
  plain(text: unknown): string;
};

let loaded: Promise<SlackText> | null = null;

/** React and the renderer cost 45 MB: they are loaded when the first Slack conversation is opened, not before. */
export function slackText(): Promise<SlackText> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<SlackText> {
  const [{ renderToStaticMarkup }, { createElement }, { Message }] = await Promise.all([
    import('react-dom/server'),
    import('react'),
    import('slack-blocks-to-jsx'),
  ]);
  // The package types blocks as its own union; ours come from the wire as JSON and are shown as they are.
  const Blocks = Message as unknown as ComponentType<MessageProps>;
  const emoji = new Map<string, string>();

  const html = (blocks: Blocks): string => {
    try {
      return tidy(
        renderToStaticMarkup(
          createElement(Blocks, {
            blocks: readable(blocks),
            logo: '',
            name: 'Rond',
            theme: 'light',
            withoutWrapper: true,
          }),
        ),
      );
    } catch {
      // One odd block must not hide the rest of a conversation.
      return blocks.length === 1
        ? '<p>(this block cannot be shown)</p>'
        : blocks.map((block) => html([block])).join('');
    }
  };
  const withEmoji = (text: string): string => {
    const shortCode = /:[a-z0-9_+'-]+(?:::[a-z0-9-]+)?:/g;
    return text.replace(shortCode, (code) => {
      const known = emoji.get(code);
      if (known !== undefined) return known;
      const shown = textOf(
        html([
          {
            type: 'section',
            text: { type: 'plain_text', text: code, emoji: true },
          },
        ]),
      );
      emoji.set(code, shown);
      return shown;
    });
  };
  const plain = (text: unknown): string => {
    if (typeof text !== 'object' || text === null || !('text' in text) || typeof text.text !== 'string') return '';
    const words = withEmoji(text.text);
    if ('type' in text && text.type === 'mrkdwn') return unescaped(withoutMarkup(words));
    return words;
  };
  return { html, plain };
}

/** `verbatim` only keeps Slack from linking names by itself; the renderer takes it for "no markup at all". */
function readable(blocks: Blocks): Blocks {
  return JSON.parse(JSON.stringify(blocks), (key, value) => (key === 'verbatim' ? undefined : value));
}

/** React escapes quotes in text, so an attribute pattern only ever meets attributes. */
function tidy(html: string): string {
  return html
    .replaceAll(/ (?:id|style)="[^"]*"/g, '')
    .replaceAll(/<a href="(?!https?:|mailto:)[^"]*"/g, '<a')
    .replaceAll('<a href="', '<a target="_blank" rel="noreferrer noopener" href="')
    .replaceAll(
      /<div (class="[^"]*slack_blocks_to_jsx__table\b)/g,
      '<div tabindex="0" role="group" aria-label="Table" $1',
    )
    .replaceAll(/<tbody>(<tr.*?<\/tr>)/g, (_whole, row: string) => `<thead>${headed(row)}</thead><tbody>`);
}

/** Slack draws a table's first row as its heading. */
function headed(row: string): string {
  return row.replaceAll('<td', '<th scope="col"').replaceAll('</td>', '</th>');
}

function textOf(html: string): string {
  return unescaped(html.replaceAll(/<[^>]*>/g, '')).trim();
}

function withoutMarkup(text: string): string {
  return text
    .replaceAll(/<[^|>]*\|([^>]*)>/g, '$1')
    .replaceAll(/<([^>]*)>/g, '$1')
    .replaceAll(/[*_~`]/g, '');
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&');
}
