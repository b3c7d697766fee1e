import type { Command, Inbox, Presence, Reply, Submission } from '../../src/ports/chat.ts';

export type RecordingInbox = Inbox & {
  submissions: Submission[];
  commands: Command[];
  presences: Presence[];
  /** What the next submissions and commands are answered with; `nothing` after `clear()`. */
  answer(reply: Reply): void;
  /** The next `times` calls reject, as when the database is away. */
  fail(times: number): void;
  clear(): void;
};

/** An inbox that keeps what it is told and answers as it was told to. */
export function recordingInbox(): RecordingInbox {
  let reply: Reply = { do: 'nothing' };
  let failures = 0;
  const submissions: Submission[] = [];
  const commands: Command[] = [];
  const presences: Presence[] = [];
  const refuseWhenTold = () => {
    if (failures > 0) {
      failures -= 1;
      throw new Error('nothing was stored');
    }
  };
  return {
    submissions,
    commands,
    presences,
    answer(next) {
      reply = next;
    },
    fail(times) {
      failures = times;
    },
    clear() {
      reply = { do: 'nothing' };
      failures = 0;
      submissions.length = 0;
      commands.length = 0;
      presences.length = 0;
    },
    async act(submission) {
      submissions.push(submission);
      refuseWhenTold();
      return reply;
    },
    async command(command) {
      commands.push(command);
      refuseWhenTold();
      return reply;
    },
    async presence(presence) {
      presences.push(presence);
      refuseWhenTold();
    },
  };
}
