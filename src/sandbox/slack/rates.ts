/** Slack's published rates, switched on when wanted: calls a minute by tier, messages a second by channel. */

const tiers: Record<string, number> = {
  'chat.update': 50,
  'chat.delete': 50,
  'chat.postEphemeral': 100,
  'conversations.open': 50,
  'conversations.list': 20,
  'conversations.members': 100,
  'conversations.history': 50,
  'conversations.info': 50,
  'users.lookupByEmail': 50,
  'users.list': 20,
  'users.info': 100,
  'views.open': 100,
  'views.push': 100,
  'views.update': 100,
  'views.publish': 100,
};
/** "Short bursts" are allowed over one a second; the workspace's own cap is not published. */
const perChannel = { perSecond: 1, burst: 5 };
const perWorkspace = { perSecond: 10, burst: 20 };

export type Rates = {
  on: boolean;
  /** Seconds to wait, as Retry-After says them; 0 when the call may pass. Takes from the buckets only when it may. */
  wait(method: string, channel: string | null): number;
};

type Bucket = { left: number; at: number };

/** `clock` gives real milliseconds: a moved sandbox clock must not fill the buckets. */
export function rates(clock: () => number = () => performance.now()): Rates {
  const buckets = new Map<string, Bucket>();
  const look = (name: string, perSecond: number, burst: number) => {
    const now = clock();
    const bucket = buckets.get(name) ?? { left: burst, at: now };
    bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    buckets.set(name, bucket);
    return { bucket, seconds: bucket.left >= 1 ? 0 : Math.max(1, Math.ceil((1 - bucket.left) / perSecond)) };
  };
  return {
    on: false,
    wait(method, channel) {
      if (!this.on) return 0;
      const tier = tiers[method];
      const asked =
        method === 'chat.postMessage'
          ? [
              look(`post ${channel}`, perChannel.perSecond, perChannel.burst),
              look('post', perWorkspace.perSecond, perWorkspace.burst),
            ]
          : tier
            ? [look(method, tier / 60, tier)]
            : [];
      const seconds = Math.max(0, ...asked.map((one) => one.seconds));
      if (seconds === 0) for (const { bucket } of asked) bucket.left -= 1;
      return seconds;
    },
  };
}
