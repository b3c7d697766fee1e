import type { Pace } from '../../ports/chat.ts';

/**
 * Slack publishes one message a second and channel, with short bursts, and a workspace-wide cap without a number:
 * eight a second is what has been seen to pass.
 */
export const pace: { tenant: Pace; conversation: Pace } = {
  tenant: { perSecond: 8, burst: 8 },
  conversation: { perSecond: 1, burst: 4 },
};
