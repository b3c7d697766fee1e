import { type Finding, fault, ok, warn } from './finding.ts';

/** What time it was elsewhere when it was so late here. */
export type Compared = { whose: string; theirs: Temporal.Instant; ours: Temporal.Instant };

/** In seconds. Slack's signatures are good for five minutes, and sends have a minute of their own. */
const tolerable = 5;
const dangerous = 60;

export function judgeClock(others: readonly Compared[]): Finding[] {
  return others.map(({ whose, theirs, ours }) => {
    const seconds = Math.round(ours.since(theirs).total('seconds'));
    const off = Math.abs(seconds);
    if (off <= tolerable) return ok('clock', `agrees with ${whose}`);
    const what = `is ${off} s ${seconds > 0 ? 'ahead of' : 'behind'} ${whose}`;
    const remedy = 'Let the machine set its clock by NTP (timedatectl set-ntp true).';
    if (off < dangerous) return warn('clock', what, remedy);
    return fault('clock', `${what}: signatures and tokens are judged by it`, remedy);
  });
}
