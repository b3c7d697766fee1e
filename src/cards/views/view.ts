import type { Voice } from '../voice.ts';

/** The data of a template. Its strings and numbers are also the values of the card's words. */
export type ViewData = Record<string, unknown>;
export type View<M> = (model: M, voice: Voice) => ViewData;

export type Room = {
  /** UTF-8 bytes for the whole list. */
  bytes: number;
  /** About what the template puts around each item. */
  frame: number;
  /** At most this many, e.g. because a Slack message holds 50 blocks. */
  most?: number;
};

const sizeOfOne = (item: unknown, frame: number): number => frame + Buffer.byteLength(JSON.stringify(item));

/** About the UTF-8 bytes of a list on a card. */
export const sizeOf = (items: readonly unknown[], frame: number): number =>
  items.reduce<number>((sum, item) => sum + sizeOfOne(item, frame), 0);

/** As much of a list as there is room for, and a line that tells how many more there are ('' when none); `said`: the words of that line. */
export function fitting<T>(
  items: readonly T[],
  { bytes, frame, most = items.length }: Room,
  voice: Voice,
  said = 'common.more',
): { shown: T[]; more: string } {
  let left = bytes;
  let count = 0;
  for (const item of items) {
    left -= sizeOfOne(item, frame);
    if (left < 0 || count === most) break;
    count++;
  }
  const rest = items.length - count;
  return { shown: items.slice(0, count), more: rest > 0 ? voice.say(said, { n: rest }) : '' };
}
