import type { Directory } from '../wire.ts';
import type { Desk } from './desk.ts';
import { directId, nextId } from './state.ts';

/** Nobody's workspace opens Rond as one: of thousands these do at once, the others when somebody looks at their Home. */
const mostOpening = 200;

/**
 * Everybody and every channel the workspace has. Whoever is new opens Rond for the first time; into a new channel Rond is
 * invited. Those of other workspaces and of Teams are left out: this token speaks for one workspace.
 */
export async function arrive(desk: Desk, directory: Directory): Promise<void> {
  const { state, options } = desk;
  const people = directory.people.filter((person) => person.platform === 'slack');
  const channels = directory.channels.filter((channel) => channel.platform === 'slack');
  const team = people[0]?.tenant ?? channels[0]?.tenant;
  if (team && state.people.size === 0 && state.channels.size === 0) state.team = team;

  const events: object[] = [];
  const stamp = () => `${Math.trunc(options.now().epochMilliseconds / 1000)}.000100`;
  for (const person of people) {
    if (person.tenant !== state.team) continue;
    const known = state.people.get(person.user);
    state.people.set(person.user, { active: true, ...known, ...person });
    if (known || events.length === mostOpening) continue;
    const event = {
      type: 'app_home_opened',
      user: person.user,
      channel: directId(person.user),
      tab: 'home',
      event_ts: stamp(),
    };
    events.push(event);
  }
  for (const channel of channels) {
    if (channel.tenant !== state.team) continue;
    const known = state.channels.get(channel.id);
    const isAdded = !channel.withoutRond && (!known || known.withoutRond === true);
    const botIsIn = isAdded || (known?.botIsIn ?? false);
    state.channels.set(channel.id, { archived: false, ...known, ...channel, botIsIn });
    if (isAdded) {
      events.push({
        type: 'member_joined_channel',
        user: state.bot.user,
        channel: channel.id,
        channel_type: 'C',
        team: state.team,
        event_ts: stamp(),
      });
    } else if (known && !channel.withoutRond && known.name !== channel.name) {
      const created = Math.trunc(options.now().epochMilliseconds / 1000);
      events.push({
        type: 'channel_rename',
        channel: { id: channel.id, name: channel.name, created },
        event_ts: stamp(),
      });
    }
  }
  options.changed();
  await Promise.all(events.map((event) => desk.delivery.event(event, nextId(state, 'Ev'))));
}
