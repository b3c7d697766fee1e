/** What the chair of the core group does, one command at a time, and what it came to. */

import { holidayName } from '../../../src/adapters/calendar/holidays.ts';
import type { Group } from '../../../src/domain/group.ts';
import { emptyState, type GroupState } from '../../../src/domain/state.ts';
import type { Command } from '../../../src/domain/steering/command.ts';
import { type Deed, sceneFor } from '../../../src/domain/steering/deed.ts';
import { steer } from '../../../src/domain/steering/steer.ts';
import { coreGroup } from '../../support/core-group.ts';

export const now = Temporal.Instant.from('2022-10-20T09:00:00Z');
export const chair = coreGroup.members[0]!;

export const does = (command: Command, state: GroupState = emptyState, group: Group = coreGroup): Deed =>
  steer(
    sceneFor(group, state, now, chair, holidayName, () => true),
    command,
  );

/** Throws what stood against it. */
export const done = (deed: Deed) => {
  if (deed.ok !== true) throw new Error(JSON.stringify(deed));
  return deed;
};

export const told = (deed: Deed) => done(deed).edits.map(({ field, from, to }) => `${field}: ${from} → ${to}`);
