/** One line of what `rond doctor` finds. A warning leaves Rond working; a fault does not. */
export type Finding = {
  area: 'configuration' | 'database' | 'clock' | 'address' | 'Slack' | 'Teams' | 'sandbox';
  state: 'ok' | 'warn' | 'fault';
  what: string;
  /** What the operator can do about it; only with a warning or a fault. */
  remedy?: string;
};

export const ok = (area: Finding['area'], what: string): Finding => ({ area, state: 'ok', what });
export const warn = (area: Finding['area'], what: string, remedy: string): Finding => ({
  area,
  state: 'warn',
  what,
  remedy,
});
export const fault = (area: Finding['area'], what: string, remedy: string): Finding => ({
  area,
  state: 'fault',
  what,
  remedy,
});

/** For a person at a terminal. */
export function printed(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ state, area, what, remedy }) => [
    `${state.padEnd(5)}  ${area.padEnd(13)}  ${what}`,
    ...(remedy ? [`${' '.repeat(22)}→ ${remedy}`] : []),
  ]);
  const count = (state: Finding['state']) => findings.filter((one) => one.state === state).length;
  const [faults, warnings] = [count('fault'), count('warn')];
  const many = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;
  const sum = faults + warnings === 0 ? 'Nothing is wrong.' : `${many(faults, 'fault')}, ${many(warnings, 'warning')}.`;
  return [...lines, '', sum].join('\n');
}
