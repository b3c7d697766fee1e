/** A card, or a sentence on it, that must not be sent: a word or a value it needs is missing. */
export class CardFault extends Error {
  /** Card name, or the key of the words. */
  readonly where: string;
  readonly missing: string[];
  constructor(where: string, missing: string[], cause?: unknown) {
    super(`${where}: missing ${missing.join(', ')}`, { cause });
    this.name = 'CardFault';
    this.where = where;
    this.missing = missing;
  }
}
