/** A reminder of a date says how near the date is, not why it was due. */

import { expect, test } from 'vitest';
import { deadlineModel } from '../../src/app/models/activity.ts';
import { emptyState } from '../../src/domain/state.ts';
import { activityWith, coreGroup, on } from '../support/core-group.ts';

test.each([
  ['week', '2022-10-05', 'week'],
  // Moved to the day after tomorrow, it is told at once, in place of the week before.
  ['week', '2022-10-10', 'day'],
  // Over a long holiday the last working day before is far away.
  ['day', '2022-10-06', 'day'],
])('what was planned as %s and leaves on %s is headed as %s', (step, today, heading) => {
  const due = on('2022-10-12');
  const model = deadlineModel(
    coreGroup,
    emptyState,
    activityWith('rapport'),
    due,
    step,
    Temporal.PlainDate.from(today),
  );
  expect(model).toMatchObject({ due: '2022-10-12', step: heading });
});
