/** The page's files, and the two renderers' browser files straight from their packages. Nothing comes from elsewhere. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import express, { type Router } from 'express';

const require = createRequire(import.meta.url);

/** Where the official renderer of Adaptive Cards lies, and the style of Slack's blocks. */
export function rendererFiles(): { adaptiveCards: string; slackCss: string } {
  return {
    adaptiveCards: require.resolve('adaptivecards/dist/adaptivecards.min.js'),
    // Scoped by an id in the package. Several messages stand on our page, so a class does; the id in `:is` keeps the weight.
    slackCss: readFileSync(require.resolve('slack-blocks-to-jsx/dist/style.css'), 'utf8').replaceAll(
      '#slack_blocks_to_jsx',
      ':is(.slack-blocks, #slack_blocks_to_jsx)',
    ),
  };
}

export function pageFiles(): Router {
  const files = express.Router();
  const { adaptiveCards, slackCss } = rendererFiles();
  files.get('/vendor/adaptivecards.js', (_request, response) => {
    response.sendFile(adaptiveCards);
  });
  files.get('/vendor/slack-blocks.css', (_request, response) => {
    response.type('css').send(slackCss);
  });
  files.use(
    express.static(fileURLToPath(new URL('page/', import.meta.url)), {
      cacheControl: false,
      redirect: false,
    }),
  );
  return files;
}
