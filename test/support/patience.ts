/** A busy machine is no fault: what a test waits for may take its time, and is looked for often. */

import { vi } from 'vitest';

const usual = vi.waitFor;
const patience = { timeout: 30_000 };

vi.waitFor = (isSo, options = {}) =>
  usual(isSo, { ...patience, ...(typeof options === 'number' ? { timeout: options } : options) });
