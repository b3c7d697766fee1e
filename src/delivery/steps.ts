/** The moments between which a process may die without anybody seeing a difference. Logged at trace level; tests stop the process there. */
export const steps = [
  'tick-started',
  'decided',
  'tick-committed',
  'claimed',
  'intended',
  'answered',
  'recorded',
  'action-received',
  'action-committed',
  'action-replied',
  'command-received',
  'clock-moved',
] as const;
export type Step = (typeof steps)[number];
