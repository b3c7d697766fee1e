import type { WebClient } from '@slack/web-api';

/** Whom the bot token speaks for. */
export type Workspace = { team: string; enterprise: string | null; botUser: string; bot: string };

/**
 * Asks Slack once whose token it is; a failed question is asked again at the next call.
 * Rejects with the Web API client's errors.
 */
export function workspaceOf(client: WebClient): () => Promise<Workspace> {
  let known: Promise<Workspace> | null = null;
  const ask = async (): Promise<Workspace> => {
    const answer = await client.auth.test();
    return {
      team: answer.team_id ?? '',
      enterprise: answer.enterprise_id ?? null,
      botUser: answer.user_id ?? '',
      bot: answer.bot_id ?? '',
    };
  };
  return () => {
    known ??= ask().catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
}

/** A payload belongs to us when it names our workspace, or any workspace of our organisation for an org-wide token. */
export function isOurs(workspace: Workspace, team: string, enterprise: string | null): boolean {
  if (team === workspace.team) return true;
  return (
    workspace.enterprise !== null && workspace.team === workspace.enterprise && enterprise === workspace.enterprise
  );
}
