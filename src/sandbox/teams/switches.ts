/** What people and administrators do to the app in Teams, beside writing to it and pressing its buttons. */

import type { SandboxChannel, SandboxPerson } from '../wire.ts';
import {
  type Activity,
  installedFor,
  installedIn,
  inTeam,
  memberOf,
  ofTeam,
  type Scene,
  uninstalledFor,
  uninstalledIn,
} from './activities.ts';
import type { World } from './world.ts';

export type TeamsSwitches = {
  /** Blocked without a word to the bot: its next message is refused. Unblocking is not told either. */
  block(user: string, is: boolean): void;
  uninstall(user: string): Promise<void>;
  reinstall(user: string): Promise<void>;
  /** The app is taken out of the channel's team, or the group chat. */
  remove(channel: string): Promise<void>;
  add(channel: string): Promise<void>;
  rename(channel: string, name: string): Promise<void>;
  deleteChannel(channel: string): Promise<void>;
  restoreChannel(channel: string): Promise<void>;
  /** The team whose General channel this is may only be read, or be written to again. */
  archiveTeam(general: string, is: boolean): Promise<void>;
  join(person: SandboxPerson, channel: string): Promise<void>;
  leave(person: SandboxPerson, channel: string): Promise<void>;
  /** Knows no Action.Execute: buttons are what stands in for it. */
  oldClient(user: string, is: boolean): void;
};

export function switches(
  world: World,
  scene: () => Scene,
  tell: (activity: Activity) => Promise<unknown>,
): TeamsSwitches {
  const inChannel = (id: string): { channel: SandboxChannel; by: SandboxPerson | null } => {
    const channel = world.findChannel(id);
    if (!channel) throw new Error(`no channel of this Teams is ${id}`);
    return { channel, by: world.people().find((person) => person.tenant === channel.tenant) ?? null };
  };
  const tellAll = async (activities: Activity[]) => {
    for (const activity of activities) await tell(activity);
  };
  async function inTheTeam(id: string, eventType: string, more?: Parameters<typeof inTeam>[4]): Promise<void> {
    const { channel, by } = inChannel(id);
    await tell(inTeam(scene(), channel, by, eventType, more));
  }

  return {
    block(user, is) {
      if (is) world.shut.set(user, 'blocked');
      else world.shut.delete(user);
    },
    async uninstall(user) {
      world.shut.set(user, 'removed');
      await tell(uninstalledFor(scene(), world.person(user)));
    },
    async reinstall(user) {
      world.shut.delete(user);
      await tellAll(installedFor(scene(), world.person(user)));
    },
    async remove(id) {
      const { channel, by } = inChannel(id);
      world.shut.set(id, 'removed');
      await tell(uninstalledIn(scene(), channel, by));
    },
    async add(id) {
      const { channel, by } = inChannel(id);
      world.shut.delete(id);
      await tellAll(installedIn(scene(), channel, by));
    },
    async rename(id, name) {
      world.rename(id, name);
      await inTheTeam(id, 'channelRenamed');
    },
    async deleteChannel(id) {
      world.shut.set(id, 'deleted');
      await inTheTeam(id, 'channelDeleted');
    },
    async restoreChannel(id) {
      world.shut.delete(id);
      await inTheTeam(id, 'channelRestored');
    },
    async archiveTeam(id, is) {
      const { channel, by } = inChannel(id);
      for (const one of world.channels().filter((channel) => (channel.team ?? channel.id) === id)) {
        if (is) world.shut.set(one.id, 'removed');
        else world.shut.delete(one.id);
      }
      await tell(ofTeam(scene(), channel, by, is ? 'teamArchived' : 'teamUnarchived'));
    },
    join: (person, id) => inTheTeam(id, 'teamMemberAdded', { membersAdded: [memberOf(person)] }),
    leave: (person, id) => inTheTeam(id, 'teamMemberRemoved', { membersRemoved: [memberOf(person)] }),
    oldClient(user, is) {
      if (is) world.oldClients.add(user);
      else world.oldClients.delete(user);
    },
  };
}
