import { randomBytes } from 'node:crypto';

/** What a press allows: opening one modal for that person, within three seconds of real time. */
export type Trigger = { user: string; from: { channel: string; ts: string } | null; view: string | null };

export type Triggers = {
  make(trigger: Trigger): string;
  /** The trigger, or Slack's error code. A use counts even when the view is then refused. */
  use(id: string): Trigger | 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';
};

const livesMs = 3_000;

export function triggers(clock: () => number = () => performance.now()): Triggers {
  const made = new Map<string, Trigger & { at: number; used: boolean }>();
  return {
    make(trigger) {
      for (const [id, { at }] of made) {
        if (clock() - at < 600_000) break;
        made.delete(id);
      }
      const id = `${made.size + 1}.${Math.trunc(clock())}.${randomBytes(16).toString('hex')}`;
      made.set(id, { ...trigger, at: clock(), used: false });
      return id;
    },
    use(id) {
      const trigger = made.get(id);
      if (!trigger) return 'invalid_trigger_id';
      if (trigger.used) return 'exchanged_trigger_id';
      if (clock() - trigger.at > livesMs) return 'expired_trigger_id';
      trigger.used = true;
      return trigger;
    },
  };
}
