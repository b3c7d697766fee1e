/** How each status looks: a symbol, a pattern, and a colour on top. Lines stand out from white by 4.5 : 1 and more. */

import { type Status, statuses } from '../../domain/state.ts';
import { statusSymbols } from '../symbols.ts';
import { path, rounded } from './svg.ts';

/** "none": nobody has said anything. */
export type PictureStatus = Status | 'none' | 'parked';
export const pictureStatuses: PictureStatus[] = ['none', ...statuses, 'parked'];

export type Mark = { symbol: string; line: string; fill: string; dashed: boolean };

const mark = (status: Status, line: string, fill: string): Mark => ({
  symbol: statusSymbols[status],
  line,
  fill,
  dashed: false,
});

export const marks: Record<PictureStatus, Mark> = {
  none: { symbol: '', line: '#33424d', fill: '#d5dde3', dashed: false },
  'not-started': mark('not-started', '#33424d', '#ffffff'),
  'under-way': mark('under-way', '#174f8c', 'url(#slanted)'),
  done: mark('done', '#1c5f38', '#1c5f38'),
  late: mark('late', '#a3271f', 'url(#crossed)'),
  stopped: mark('stopped', '#3d3d3d', 'url(#level)'),
  parked: { symbol: '', line: '#6a6a6a', fill: '#ffffff', dashed: true },
};

const pattern = (id: string, lines: string, stroke: string) =>
  `<pattern id="${id}" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#ffffff"/><path d="${lines}" stroke="${stroke}" stroke-width="2" fill="none"/></pattern>`;

export const patterns = [
  pattern('slanted', 'M-2 2L2 -2M0 8L8 0M6 10L10 6', '#174f8c'),
  pattern('crossed', 'M-2 2L2 -2M0 8L8 0M6 10L10 6M6 -2L10 2M0 0L8 8M-2 6L2 10', '#a3271f'),
  pattern('level', 'M0 2L8 2M0 6L8 6', '#3d3d3d'),
].join('');

const styleOf = ({ line, fill, dashed }: Mark) =>
  `fill="${fill}" stroke="${line}" stroke-width="2"${dashed ? ' stroke-dasharray="4 3"' : ''}`;

export const shape = {
  bar: (x: number, middle: number, width: number, own: Mark) => rounded(x, middle - 9, width, 18, styleOf(own), 3),
  diamond(x: number, middle: number, own: Mark) {
    const points: [number, number][] = [
      [x, middle - 11],
      [x + 11, middle],
      [x, middle + 11],
      [x - 11, middle],
    ];
    return path(points, styleOf(own));
  },
  arrow(x: number, middle: number, { line }: Mark) {
    const points: [number, number][] = [
      [x - 10, middle - 8],
      [x, middle],
      [x - 10, middle + 8],
    ];
    return path(points, `fill="${line}"`);
  },
};
