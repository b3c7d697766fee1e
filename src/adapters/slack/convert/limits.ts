/**
 * Every Block Kit limit the converter keeps, in one place. Lengths are UTF-16 code units: never more than what Slack
 * counts. `message.characters` is measured on the JSON of the blocks, the strictest reading of an undocumented limit.
 */
export const limits = {
  message: { blocks: 50, characters: 13_200, text: 4_000, tables: 1 },
  modal: { blocks: 100, title: 24, submit: 24, metadata: 3_000, bytes: 250_000 },
  section: { text: 3_000, fields: 10, field: 2_000 },
  header: 150,
  context: 10,
  actions: 25,
  richText: 3_000,
  image: { alt: 2_000, url: 3_000 },
  input: { label: 2_000, placeholder: 150, maxLength: 3_000 },
  button: { text: 75, value: 2_000, url: 3_000, accessibilityLabel: 75 },
  /** `value`: 75 in the SDK's types, 150 in newer papers; the smaller holds in both. */
  choice: { radio: 10, select: 100, groups: 100, text: 75, description: 75, value: 75, groupLabel: 75 },
  table: { rows: 100, columns: 20, characters: 10_000 },
  container: { children: 10, title: 150 },
  id: 255,
} as const;

/** Bounds on the work one card may cause, far above any card a person would write. */
export const bounds = {
  /** Elements, rows, facts, choices and actions looked at. */
  nodes: 2_000,
  depth: 16,
  /** Of one string in a card. */
  string: 40_000,
  /** Of a link in running text: keeps a link from filling a text object on its own. */
  link: 1_000,
  losses: 400,
} as const;
