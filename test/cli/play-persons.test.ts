/** Somebody in a play does as a person would: what they pressed and saw nothing of, they press again. */

import { expect, test } from 'vitest';
import { rate } from '../../src/cli/play/persons.ts';
import { scriptedWire } from '../support/scripted-wire.ts';

const now = Temporal.Instant.from('2022-10-12T08:00:00Z');

test.each([
  ['nothing opens: the bot died between its answer and the page', null, false],
  ['it says why it does not open', 'Enkäten är stängd.', true],
])('a survey that is pressed: %s', async (_, notice, ok) => {
  const wire = scriptedWire('slack')({ baseUrl: '', botUrl: () => '', now: () => now, changed: () => {} });
  wire.show({ user: 'U1' }, { id: 'm1' });
  wire.buttonsOf('m1', [{ label: 'Svara', verb: 'rate.open', values: {} }]);
  wire.answer = () => ({ notice });
  expect(await rate(wire, 'U1', 'm1', {})).toMatchObject({ ok, notice });
  expect(wire.pressed).toHaveLength(1);
});
