/** One door for every command: what it makes of a group, or why it cannot be done. Pure; who may do it is asked before (`may.ts`). */

import type { Command } from './command.ts';
import type { Deed, Scene } from './deed.ts';
import { runRound } from './run-round.ts';
import { scheduleRound } from './schedule-round.ts';
import { steerGroup } from './steer-group.ts';
import { steerOwn } from './steer-own.ts';
import { steerPlan } from './steer-plan.ts';

export function steer(scene: Scene, command: Command): Deed {
  switch (command.do) {
    case 'schedule-round':
    case 'open-round-now':
      return scheduleRound(scene, command);
    case 'change-round':
    case 'nudge':
    case 'extend':
    case 'pause':
    case 'resume':
    case 'excuse':
    case 'substitute':
    case 'reopen':
    case 'cancel-round':
    case 'approve-summary':
      return runRound(scene, command);
    case 'assign':
    case 'move-date':
    case 'hand-over':
    case 'set-status':
    case 'park':
    case 'unpark':
      return steerPlan(scene, command);
    case 'snooze':
    case 'away':
    case 'back':
      return steerOwn(scene, command);
    case 'hand-over-chair':
    case 'set-role':
    case 'add-members':
    case 'place-members':
    case 'remove-member':
    case 'set-sending':
    case 'set-council':
    case 'renew-calendar':
    case 'revoke-calendar':
      return steerGroup(scene, command);
  }
}
