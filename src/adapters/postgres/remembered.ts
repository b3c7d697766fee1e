/** What was read a moment ago, so that whoever goes on page after page is not looked up for each of them. */

export type Remembered<Row> = {
  get(id: string): Row | null;
  set(id: string, row: Row): void;
  forget(id: string): void;
};

/** The `most` last ones, none older than `keepMs`. Who uses it must be able to find out that a row is no longer so. */
export function remembered<Row>({ most, keepMs }: { most: number; keepMs: number }): Remembered<Row> {
  const rows = new Map<string, { row: Row; until: number }>();
  return {
    get(id) {
      const found = rows.get(id);
      return found && found.until > performance.now() ? found.row : null;
    },
    set(id, row) {
      rows.delete(id);
      rows.set(id, { row, until: performance.now() + keepMs });
      const oldest = rows.keys().next().value;
      if (rows.size > most && oldest !== undefined) rows.delete(oldest);
    },
    forget(id) {
      rows.delete(id);
    },
  };
}
