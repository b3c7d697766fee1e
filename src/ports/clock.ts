/** The only source of "now" in the product. */
export type Clock = { now(): Temporal.Instant };
