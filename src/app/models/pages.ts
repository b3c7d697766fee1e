/** Lists on cards come a page at a time: nothing is cut off. */

export const rowsOnAPage = 8;

/** The page asked for, as near as there is one; what is no number asks for the first. */
export function pageOf<T>(
  all: readonly T[],
  asked: number,
  size = rowsOnAPage,
): { page: number; pages: number; rows: T[] } {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = Math.min(Math.max(1, Math.trunc(asked) || 1), pages);
  return { page, pages, rows: all.slice((page - 1) * size, page * size) };
}
