import type { Pace } from '../../ports/chat.ts';

/**
 * The published numbers: 50 requests a second for an app in a tenant (an older page says 30, so 30), and 7 messages in one
 * second for a bot in one conversation.
 */
export const pace: { tenant: Pace; conversation: Pace } = {
  tenant: { perSecond: 30, burst: 30 },
  conversation: { perSecond: 7, burst: 7 },
};
