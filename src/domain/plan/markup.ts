/** Takes inline markup off a cell and keeps its words: Markdown emphasis and links, HTML tags, entities, debris. */

const tags =
  /<\/?(?:i|u|b|s|em|strong|del|ins|mark|small|sub|sup|span|font|p|div|code)(?:\s[^<>]{0,300})?\s?\/?>|<!--[^<>]{0,300}-->/gi;
const breaks = /<br(?:\s[^<>]{0,300})?\s?\/?>/gi;
const anchor = /<a\s[^<>]{0,300}?href\s?=\s?["']?([^"'<>\s]{1,2000})["']?[^<>]{0,300}>|<\/a>/gi;
const markdownLink = /!?\[([^[\]]{0,500})\]\(\s?<?([^()<>\s]{1,2000})>?(?:\s"[^"]{0,300}")?\s?\)/g;
const autolink = /<((?:https?:\/\/|mailto:)[^<>\s]{1,2000})>/gi;
const bareLink = /https?:\/\/[^\s<>"')\]]{1,2000}/gi;

const emphasis: RegExp[] = [
  /\*\*\*([^\s*](?:[^*]{0,500}[^\s*])?)\*\*\*/g,
  /\*\*([^\s*](?:[^*]{0,500}[^\s*])?)\*\*/g,
  /(?<![\p{L}\p{N}_])__([^\s_](?:[^_]{0,500}[^\s_])?)__(?![\p{L}\p{N}_])/gu,
  /(?<![\p{L}\p{N}*\\])\*([^\s*](?:[^*]{0,500}[^\s*\\])?)\*(?![\p{L}\p{N}*])/gu,
  /(?<![\p{L}\p{N}_\\])_([^\s_](?:[^_]{0,500}[^\s_\\])?)_(?![\p{L}\p{N}_])/gu,
  /~~([^\s~](?:[^~]{0,500}[^\s~])?)~~/g,
  /`([^`]{1,500})`/g,
];

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Longer cells are kept as they are: nobody writes markup there, and somebody may write patterns that are slow to search. */
const longest = 5000;

/**
 * @param text one cell
 * @returns its words with line breaks kept, and the http(s) and mailto addresses in it
 */
export function plainCell(text: string): { text: string; links: string[] } {
  const clean = inert(text);
  if (clean.length > longest) return { text: tidy(clean), links: [] };
  const links: string[] = [];
  const keep = (address: string | undefined) => {
    if (address && /^(https?:|mailto:)/i.test(address) && !links.includes(address)) links.push(address);
  };
  let rest = clean
    .replace(breaks, '\n')
    .replace(anchor, (_, address) => {
      keep(address);
      return '';
    })
    .replace(markdownLink, (_, words, address) => {
      keep(address);
      return words;
    })
    .replace(autolink, (_, address) => {
      keep(address);
      return address;
    })
    .replace(tags, '');
  for (const [address] of rest.matchAll(bareLink)) keep(address.replace(/[.,;:!?]+$/, ''));
  for (const pattern of emphasis) rest = rest.replace(pattern, (_, words) => words);
  rest = rest
    .replace(/\\([\\*_`~|[\]<>#])/g, '$1')
    .replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) =>
      decimal || hex
        ? character(Number.parseInt(decimal ?? hex, decimal ? 10 : 16), whole)
        : (entities[name.toLowerCase()] ?? whole),
    );
  // As they stand in the cell, whichever way they were written.
  links.sort((a, b) => clean.indexOf(a) - clean.indexOf(b));
  return { text: tidy(inert(rest)), links };
}

/** What no database and no screen should meet: control characters, half characters, invisible and turning ones. */
function inert(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]/g, '')
    .replace(/\r\n?|[\u2028\u2029\u000b]/g, '\n')
    .replace(/[\u0000-\u0009\u000c-\u001f\u007f-\u009f]/g, ' ');
}

function tidy(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

function character(code: number, otherwise: string): string {
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : otherwise;
}
