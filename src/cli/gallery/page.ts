/** The gallery as one HTML document: no network, nothing beside it. */

import { readFileSync } from 'node:fs';
import type { Specimen } from '../../app/specimens.ts';
import { rendererFiles } from '../../sandbox/page-files.ts';
import { inlineModules } from './modules.ts';
import type { Shot } from './shots.ts';

export type Exhibit = { specimen: Specimen; shots: Shot[] };

const places: Record<Shot['where'], string> = {
  teams: 'Teams',
  slack: 'Slack, the message',
  'slack-modal': 'Slack, the modal behind its button',
};
const languageNames = { sv: 'Swedish', nb: 'Norwegian (bokmål)', en: 'English', fi: 'Finnish' } as const;

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const page = (name: string) => read(`../../sandbox/page/${name}`);

export function galleryPage(exhibits: Exhibit[]): string {
  const { adaptiveCards } = rendererFiles();
  const styles = [...sandboxStyles(), read('gallery.css')].join('\n');
  const { entry, importMap } = inlineModules(new URL('gallery.js', import.meta.url));
  const shots = exhibits.flatMap((exhibit) => exhibit.shots);
  const names = [...new Set(exhibits.map(({ specimen }) => specimen.name))];
  const cards = names.map((name) =>
    cardHtml(
      name,
      exhibits.filter(({ specimen }) => specimen.name === name),
    ),
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline' data:; style-src 'unsafe-inline'; img-src data:">
<title>Rond's cards</title>
<link rel="icon" href="data:,">
<style>${styles}</style>
<script>${inScript(readFileSync(adaptiveCards, 'utf8'))}</script>
<script type="importmap">${importMap}</script>
</head>
<body>
<main>
<header>
<h1>Rond's cards</h1>
<p>Every card with its sample data, in every language, as Teams and as Slack show it. Nothing here can be sent.</p>
<nav class="contents" aria-label="Cards"><ul>${names.map((name) => `<li><a href="#${name}">${name}</a></li>`).join('')}</ul></nav>
</header>
${cards.join('\n')}
</main>
<script type="application/json" id="shots">${inScript(JSON.stringify(shots))}</script>
<script type="module">import '${entry}';</script>
</body>
</html>
`;
}

/** The style sheets of the sandbox's page, in their order: cards look here as they look there. */
function sandboxStyles(): string[] {
  const hrefs = [...page('index.html').matchAll(/<link rel="stylesheet" href="([^"]+)">/g)].map(
    (match) => `${match[1]}`,
  );
  return hrefs.map((href) => (href.startsWith('vendor/') ? rendererFiles().slackCss : page(href)));
}

function cardHtml(name: string, exhibits: Exhibit[]): string {
  const each = exhibits.map(({ specimen, shots }) => {
    const { language, why, lacking } = specimen;
    const warnings = [
      why === null ? '' : warning(`This card cannot be made: ${why}`),
      lacking.length === 0 ? '' : warning(`No words in this language: ${lacking.join(', ')}`),
    ].join('');
    return `<div class="specimen"><h3>${name}, ${languageNames[language]}</h3>${warnings}
<div class="shots">${shots.map((shot) => shotHtml(shot, language)).join('')}</div></div>`;
  });
  return `<section class="card" id="${name}" aria-labelledby="${name}.title"><h2 id="${name}.title">${name}</h2>${each.join('\n')}</section>`;
}

function shotHtml(shot: Shot, language: string): string {
  const harmful = shot.losses.filter((loss) => !loss.harmless);
  const harmless = shot.losses.filter((loss) => loss.harmless);
  const lists = [
    harmful.length === 0
      ? ''
      : `<div class="losses harmful"><b>⚠ Lost on the way to Slack</b>${lossList(harmful)}</div>`,
    harmless.length === 0
      ? ''
      : `<details class="losses"><summary>${harmless.length === 1 ? '1 thing looks' : `${harmless.length} things look`} different in Slack</summary>${lossList(harmless)}</details>`,
  ].join('');
  return `<section><h4>${places[shot.where]}</h4><div class="stage in-${shot.where}" data-shot="${shot.id}" lang="${language}"></div>${lists}</section>`;
}

const lossList = (losses: Shot['losses']) =>
  `<ul>${losses.map(({ kind, path, what }) => `<li>${escaped(`${kind}: ${what}${path ? ` (${path})` : ''}`)}</li>`).join('')}</ul>`;

const warning = (text: string) => `<p class="lacks">⚠ ${escaped(text)}</p>`;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Neither the end of the script nor a comment may begin inside it. */
function inScript(text: string): string {
  return text.replaceAll(/<(?=\/script|!--|script)/gi, '\\u003c');
}
