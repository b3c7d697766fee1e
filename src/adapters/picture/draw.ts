/** Draws with resvg and letters that come with Rond: a server has none. Both are loaded with the first picture. */

import { createRequire } from 'node:module';
import type { DrawPicture } from '../../ports/pictures.ts';

const family = 'DejaVu Sans Condensed';
const files = ['DejaVuSansCondensed.ttf', 'DejaVuSansCondensed-Bold.ttf'];

export const drawPicture: DrawPicture = async (svg) => {
  const { renderAsync } = await import('@resvg/resvg-js');
  const { resolve } = createRequire(import.meta.url);
  const fontFiles = files.map((file) => resolve(`dejavu-fonts-ttf/ttf/${file}`));
  const drawn = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: family, sansSerifFamily: family },
  });
  return drawn.asPng();
};
