/** The only source of "now" in the product. */
export type Clock = { now(): Temporal.Instant };

/** A clock that can be moved; from where it is put it goes on at the machine's pace. Only the sandbox has one. */
export type MovableClock = Clock & { moveTo(instant: Temporal.Instant): void };
