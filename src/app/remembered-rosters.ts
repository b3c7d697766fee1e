/** Who is in a channel: asked anew of its platform when somebody begins to choose, and remembered while they turn pages and search. */

import type { Channel } from '../domain/group.ts';
import type { Clock } from '../ports/clock.ts';

type Place = Pick<Channel, 'platform' | 'tenant' | 'id'>;
type Kept<Person> = { at: Temporal.Instant; isUnderWay: boolean; people: Promise<Person[] | null> };

const keepMs = 600_000;
/** A channel may have thousands. */
const mostChannels = 8;

/** `now`: asked at this moment, though not twice at once. `lately`: as it was within ten minutes. */
export type When = 'now' | 'lately';

/** Null from `ask`: the platform does not tell, which is not remembered. */
export function rememberedRosters<Person>(
  clock: Clock,
  ask: (channel: Place) => Promise<Person[] | null>,
): (channel: Place, when: When) => Promise<Person[] | null> {
  const kept = new Map<string, Kept<Person>>();

  async function asked(name: string, channel: Place): Promise<Person[] | null> {
    const one: Kept<Person> = { at: clock.now(), isUnderWay: true, people: ask(channel) };
    kept.delete(name);
    kept.set(name, one);
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size > mostChannels) kept.delete(oldest);
    const people = await one.people.catch(() => null);
    one.isUnderWay = false;
    if (people === null && kept.get(name) === one) kept.delete(name);
    return people;
  }

  return (channel, when) => {
    const name = `${channel.platform}/${channel.tenant}/${channel.id}`;
    const known = kept.get(name);
    // The sandbox's clock may go back as well.
    const age = known ? Math.abs(clock.now().epochMilliseconds - known.at.epochMilliseconds) : 0;
    if (known && (known.isUnderWay || (when === 'lately' && age < keepMs))) return known.people.catch(() => null);
    return asked(name, channel);
  };
}
