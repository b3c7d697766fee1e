/** The few elements of SVG that a picture is made of. */

export const fontFamily = 'DejaVu Sans Condensed';

const number = (value: number) => String(Math.round(value * 10) / 10);

/** What people write, as text of an XML document: without the characters that XML has no place for. */
function escaped(words: string): string {
  return words
    .toWellFormed()
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

export const line = (x1: number, y1: number, x2: number, y2: number, style: string) =>
  `<line x1="${number(x1)}" y1="${number(y1)}" x2="${number(x2)}" y2="${number(y2)}" ${style}/>`;

export const rounded = (x: number, y: number, width: number, height: number, style: string, radius = 0) =>
  `<rect x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" rx="${radius}" ${style}/>`;

export const path = (points: [number, number][], style: string) =>
  `<path d="M${points.map(([x, y]) => `${number(x)} ${number(y)}`).join('L')}Z" ${style}/>`;

export const text = (x: number, y: number, words: string, style: string) =>
  `<text x="${number(x)}" y="${number(y)}" ${style}>${escaped(words)}</text>`;

export function frame(width: number, height: number, definitions: string, parts: string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${fontFamily}">`,
    `<defs>${definitions}</defs><rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...parts,
    '</svg>',
  ].join('');
}
