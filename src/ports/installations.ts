/** Where Rond has been let in by OAuth: a Slack workspace, or a whole organisation (Enterprise Grid). */

export type Installation = {
  /** The workspace; null when the whole organisation let Rond in. */
  team: string | null;
  /** The organisation the workspace is in; null outside Enterprise Grid. */
  enterprise: string | null;
  /** Secret: sealed at rest, never logged. */
  botToken: string;
  botUser: string;
  bot: string;
  scopes: string[];
  /** User id of whoever allowed it. */
  installedBy: string;
  installedAt: Temporal.Instant;
};

/** The workspace's id, or the organisation's when it is the organisation that let Rond in. */
export function installationId({ team, enterprise }: Pick<Installation, 'team' | 'enterprise'>): string {
  const id = team ?? enterprise;
  if (!id) throw new Error('an installation names a workspace or an organisation');
  return id;
}

export type Installations = {
  /** By the id of a workspace or an organisation, exactly. Rejects when it cannot be read, or no key opens its token. */
  find(id: string): Promise<Installation | null>;
  all(): Promise<Installation[]>;
  /** Takes the place of an earlier one of the same id. */
  put(installation: Installation): Promise<void>;
  /** Token and all; nothing when it is not there, or came about after `before`. */
  remove(id: string, before: Temporal.Instant): Promise<void>;
};
