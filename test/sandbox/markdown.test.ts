import { expect, test } from 'vitest';

// The page is plain JavaScript for the browser.
const { markdown } = await import(new URL('../../src/sandbox/page/markdown.js', import.meta.url).href);

const link = (href: string, label: string) =>
  `<a href="${href}" target="_blank" rel="noreferrer noopener">${label}</a>`;

test('what stands in an address is no mark, and an underscore within a word neither', () => {
  const url = 'https://rond.example.org/calendar/_fiq2-_Sy.ics';
  expect(markdown(`[${url}](${url})`)).toBe(link(url, url));
  expect(markdown('[the _whole_ list](https://rond.example.org/*a*)')).toBe(
    link('https://rond.example.org/*a*', 'the <em>whole</em> list'),
  );
  expect(markdown('[a\\]b](https://rond.example.org/x\\_y)')).toBe(link('https://rond.example.org/x_y', 'a]b'));
});

test('marks are shown, and people’s markup is text', () => {
  expect(markdown('**bold** and _slanted_, \\*not\\* <b>')).toBe(
    '<strong>bold</strong> and <em>slanted</em>, *not* &lt;b&gt;',
  );
});
