/** One digest across the groups of a council: each line says whose it is. */

import type { DigestLine, DigestModel } from '../../cards/models.ts';
import type { Group } from '../../domain/group.ts';
import type { PlanState } from '../../domain/state.ts';
import { digestModel, type Span } from './digest.ts';

/** `groups` in their order; the first one's zone says which day it is. */
export function councilModel(
  council: string,
  groups: readonly { group: Group; state: PlanState }[],
  span: Span,
  now: Temporal.Instant,
): DigestModel {
  const each = groups.map(({ group, state }) => ({
    name: group.name,
    model: digestModel(group, state, 'steering', span, now),
  }));
  const of = <T>(part: (model: DigestModel) => readonly T[], named: (line: T, name: string) => T) =>
    each.flatMap(({ name, model }) => part(model).map((line) => named(line, name)));
  return {
    group: council,
    audience: 'steering',
    day: each[0]?.model.day ?? now.toZonedDateTimeISO('UTC').toPlainDate().toString(),
    changes: of(({ changes }) => changes, whose),
    ahead: of(
      ({ ahead }) => ahead,
      (line, name) => ({ ...line, activity: `${name}: ${line.activity}` }),
    ).sort((one, other) => (one.day < other.day ? -1 : Number(one.day > other.day))),
    open: of(
      ({ open }) => open,
      (line, name) => ({ ...line, title: `${name}: ${line.title}` }),
    ),
  };
}

function whose(line: DigestLine, name: string): DigestLine {
  if ('activity' in line) return { ...line, activity: `${name}: ${line.activity}` };
  return 'title' in line ? { ...line, title: `${name}: ${line.title}` } : { ...line, of: name };
}
