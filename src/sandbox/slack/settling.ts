import { EventEmitter } from 'node:events';

/** Something a person sees has changed: in a conversation, in somebody's modal or home, or through a response URL. */
export type Effect = { conversation?: string; viewOf?: string; homeOf?: string; response?: string };

/**
 * A press is answered at once and its effect comes by another request a moment later. Whoever drives the sandbox wants
 * to wait for that; a person would simply see it.
 */
export type Settling = {
  happened(effect: Effect): void;
  /** Starts watching; the returned function resolves at the first effect that matches, or after `ms`. */
  watch(matches: (effect: Effect) => boolean): (ms: number) => Promise<boolean>;
};

export function settling(): Settling {
  const events = new EventEmitter().setMaxListeners(0);
  return {
    happened(effect) {
      events.emit('effect', effect);
    },
    watch(matches) {
      let seen = false;
      let wake = () => {};
      const listener = (effect: Effect) => {
        if (!matches(effect)) return;
        seen = true;
        events.off('effect', listener);
        wake();
      };
      events.on('effect', listener);
      return (ms) =>
        new Promise((resolve) => {
          const done = () => {
            clearTimeout(timer);
            events.off('effect', listener);
            resolve(seen);
          };
          const timer = setTimeout(done, ms);
          wake = done;
          if (seen) done();
        });
    },
  };
}
