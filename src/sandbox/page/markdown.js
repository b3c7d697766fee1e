/**
 * The small Markdown that Teams shows in an Adaptive Card: bold, italic, links, lists, escapes. Everything else is text.
 * Text is escaped first; the marks below are the only markup that can come out.
 */

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function markdown(text) {
  const kept = [];
  const keep = (character) => `\uE000${kept.push(character) - 1}\uE001`;
  const restored = (html) => html.replaceAll(/\uE000(\d+)\uE001/g, (_whole, at) => kept[Number(at)]);
  const safe = text
    .replaceAll(/[\uE000\uE001]/g, '')
    .replaceAll(/\\([\\`*_{}[\]()#+\-.!|~<>&])/g, (_whole, character) => keep(escapes[character] ?? character))
    .replaceAll(/&(?!#?\w{1,31};)|[<>"]/g, (character) => escapes[character]);
  return restored(blocks(safe.split(/\r\n|\r|\n/), (url) => keep(restored(url))));
}

function blocks(lines, keepUrl) {
  let html = '';
  let open = '';
  for (const line of lines) {
    const item = /^\s*(?:([-*+])|(\d+)[.)])\s+(.*)$/.exec(line);
    const list = item ? (item[1] ? 'ul' : 'ol') : '';
    if (list !== open) html += (open ? `</${open}>` : '') + (list ? `<${list}>` : '');
    else if (!list && html) html += '<br>';
    open = list;
    html += item ? `<li>${inline(item[3], keepUrl)}</li>` : inline(line, keepUrl);
  }
  return html + (open ? `</${open}>` : '');
}

function inline(text, keepUrl) {
  return text
    .replaceAll(
      /\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)/g,
      // What stands in an address is no mark.
      (_whole, label, url) => `<a href="${keepUrl(url)}" target="_blank" rel="noreferrer noopener">${label}</a>`,
    )
    .replaceAll(/\*\*(?=\S)(.+?)(?<=\S)\*\*/g, '<strong>$1</strong>')
    .replaceAll(/(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])/g, '<em>$1</em>')
    .replaceAll(/(?<![\w_])_(?=\S)([^_]+?)(?<=\S)_(?![\w_])/g, '<em>$1</em>');
}
