/** About how wide a text is in the picture's letters: DejaVu Sans Condensed. */

/** From the space on, in hundredths of the size. */
const ascii = [
  29, 36, 41, 75, 57, 85, 70, 25, 35, 35, 45, 75, 29, 32, 29, 30, 57, 57, 57, 57, 57, 57, 57, 57, 57, 57, 30, 30, 75,
  75, 75, 48, 90, 62, 62, 63, 69, 57, 52, 70, 68, 27, 27, 59, 50, 78, 67, 71, 54, 71, 62, 57, 55, 66, 62, 89, 62, 55,
  62, 35, 30, 35, 75, 45, 45, 55, 57, 49, 57, 55, 32, 57, 57, 25, 25, 52, 25, 88, 57, 55, 57, 57, 37, 47, 35, 57, 53,
  74, 53, 53, 47, 57, 30, 57, 75,
];
const wide = 100;

export function textWidth(text: string, size: number): number {
  let hundredths = 0;
  for (const character of text) {
    const plain = character.normalize('NFD').codePointAt(0) ?? 0;
    hundredths += ascii[plain - 32] ?? (plain > 0x2e80 ? wide : 80);
  }
  return (hundredths * size) / 100;
}

/** As much of a text as there is room for, ending in "…" when something was cut. */
export function fitted(text: string, size: number, room: number): string {
  if (textWidth(text, size) <= room) return text;
  const characters = [...text];
  while (characters.length > 0 && textWidth(`${characters.join('').trimEnd()}…`, size) > room) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}
