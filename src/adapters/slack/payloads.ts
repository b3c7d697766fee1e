/** What Slack sends, as far as Rond reads it. Everything else in a payload is left out here and never looked at. */

import { z } from 'zod';
import { flatten } from './convert/flatten.ts';

const id = z.string().min(1).max(300);
const user = z.object({ id, team_id: id.nullish() });
const withId = z.object({ id });
const filled = z.string().nullable().default(null);
const choice = z.object({ value: filled });
/** `state.values`: block id → action id → what is filled in. */
const values = z.record(
  z.string(),
  z.record(
    z.string(),
    z.object({
      value: filled,
      selected_option: choice.nullable().default(null),
      selected_options: z.array(choice).nullable().default(null),
      selected_date: filled,
      selected_time: filled,
    }),
  ),
);
/** Flat at once: of everybody who waits for the database only this is kept. */
const state = z
  .object({ values })
  .transform((held) => flatten(held.values))
  .nullish();
/** The same, with the ids of each input's block and element: Slack names every input of a view here, also those left empty. */
const viewState = z
  .object({ values })
  .transform((held) => ({ values: flatten(held.values), inputs: inputsIn(held.values) }))
  .nullish();

function inputsIn(held: z.infer<typeof values>): [block: string, action: string][] {
  return Object.entries(held).flatMap(([block, actions]) =>
    Object.keys(actions).map((action): [string, string] => [block, action]),
  );
}

const view = z.object({
  id,
  type: z.string().default('modal'),
  hash: z.string().default(''),
  callback_id: z.string().default(''),
  private_metadata: z.string().default(''),
  app_installed_team_id: id.nullish(),
  state: viewState,
});

const envelope = { user, team: withId.nullish(), enterprise: withId.nullish(), trigger_id: id.optional() };

export const blockActions = z.object({
  type: z.literal('block_actions'),
  ...envelope,
  container: z.object({
    type: z.string().default(''),
    message_ts: id.optional(),
    channel_id: id.optional(),
    view_id: id.optional(),
    is_ephemeral: z.boolean().default(false),
  }),
  channel: withId.nullish(),
  response_url: z.string().optional(),
  actions: z
    .array(z.object({ type: z.string(), action_id: z.string(), action_ts: z.string(), value: z.string().optional() }))
    .min(1),
  state,
  view: view.nullish(),
});
export type BlockActions = z.infer<typeof blockActions>;

export const viewSubmission = z.object({ type: z.literal('view_submission'), ...envelope, view });
export type ViewSubmission = z.infer<typeof viewSubmission>;

export const viewClosed = z.object({ type: z.literal('view_closed'), ...envelope, view });

/** A global shortcut: from anywhere, about nothing on the screen. */
export const shortcut = z.object({
  type: z.literal('shortcut'),
  ...envelope,
  callback_id: z.string(),
  trigger_id: id,
});
export type Shortcut = z.infer<typeof shortcut>;

export const slashCommand = z.object({
  command: z.string().startsWith('/'),
  text: z.string().default(''),
  user_id: id,
  team_id: id,
  enterprise_id: id.optional(),
  channel_id: id,
  response_url: z.string(),
  trigger_id: id,
});
export type SlashCommand = z.infer<typeof slashCommand>;

/** `mode` "external": the file lives with another service. */
const file = z.object({
  name: z.string().nullish(),
  size: z.number().nullish(),
  mode: z.string().nullish(),
  url_private: z.string().nullish(),
  url_private_download: z.string().nullish(),
});
const channel = z.union([id, z.object({ id, name: z.string().optional() })]);
export const eventCallback = z.object({
  type: z.literal('event_callback'),
  team_id: id,
  enterprise_id: id.nullish(),
  event_id: id,
  /** Whole seconds. */
  event_time: z.number().nullish(),
  authorizations: z.array(z.object({ is_enterprise_install: z.boolean().nullish() })).nullish(),
  event: z.object({
    type: z.string(),
    subtype: z.string().optional(),
    user: z.union([id, withId]).optional(),
    bot_id: z.string().optional(),
    text: z.string().default(''),
    ts: z.string().optional(),
    thread_ts: z.string().optional(),
    files: z.array(file).max(20).nullish().catch(null),
    blocks: z.unknown().optional(),
    attachments: z.unknown().optional(),
    channel: channel.optional(),
    channel_type: z.string().optional(),
    old_channel_id: id.optional(),
    new_channel_id: id.optional(),
    tab: z.string().optional(),
    tokens: z.object({ bot: z.array(z.string()).nullish() }).nullish(),
  }),
});
export type EventCallback = z.infer<typeof eventCallback>;

/** A button's `value`, and the modal's own submit under `s` of `private_metadata`: what the press is for. */
export const intent = z.object({
  verb: z.string().min(1).max(200),
  values: z.record(z.string(), z.string()).default({}),
});
export type Intent = z.infer<typeof intent>;

/** Where the modal came from, under `m` of `private_metadata`: channel, message, and for an ephemeral message its response URL. */
export const origin = z.object({ c: z.string(), t: z.string(), u: z.string().optional() });
export type Origin = z.infer<typeof origin>;

/** What the card asks of an input and Slack does not hold, under `r` of `private_metadata`, by input. */
const rule = z.object({
  regex: z.string().optional(),
  min: z.string().optional(),
  max: z.string().optional(),
  most: z.number().optional(),
  say: z.string(),
});

export const privateMetadata = z.object({
  s: intent.optional(),
  m: origin.optional(),
  r: z.record(z.string(), rule).optional(),
});

/** The whole text as JSON of that shape, or null. */
export function parsed<T>(schema: z.ZodType<T>, text: string | undefined): T | null {
  if (!text) return null;
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

export type Payload =
  | { kind: 'actions'; body: BlockActions }
  | { kind: 'submission'; body: ViewSubmission }
  | { kind: 'closed' }
  | { kind: 'command'; body: SlashCommand }
  | { kind: 'shortcut'; body: Shortcut }
  | { kind: 'event'; body: EventCallback }
  /** url_verification, which wants its challenge back, and ssl_check. */
  | { kind: 'handshake'; challenge?: unknown }
  /** Something Rond has no use for: acknowledged. */
  | { kind: 'other' };

/** Names the payload, or null when it is not what it says it is. `body` is parsed JSON or a parsed form. */
export function payloadOf(body: unknown): Payload | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  if ('command' in body) return named('command', slashCommand.safeParse(body).data);
  const type = 'type' in body ? body.type : undefined;
  if ('ssl_check' in body || type === 'url_verification') {
    return { kind: 'handshake', ...('challenge' in body ? { challenge: body.challenge } : {}) };
  }
  if (type === 'block_actions') return named('actions', blockActions.safeParse(body).data);
  if (type === 'view_submission') return named('submission', viewSubmission.safeParse(body).data);
  if (type === 'shortcut') return named('shortcut', shortcut.safeParse(body).data);
  if (type === 'view_closed') return viewClosed.safeParse(body).success ? { kind: 'closed' } : null;
  if (type === 'event_callback') return named('event', eventCallback.safeParse(body).data);
  return typeof type === 'string' ? { kind: 'other' } : null;
}

function named<K extends 'actions' | 'submission' | 'command' | 'shortcut' | 'event', B>(kind: K, body: B | undefined) {
  return body === undefined ? null : { kind, body };
}

/** The workspace and organisation a payload speaks of; a modal opened across workspaces names the one that has Rond. */
export function tenantOf(payload: Payload): { team: string; enterprise: string | null } | null {
  switch (payload.kind) {
    case 'actions':
    case 'submission': {
      const { body } = payload;
      const team = body.view?.app_installed_team_id ?? body.team?.id ?? body.user.team_id;
      return team ? { team, enterprise: body.enterprise?.id ?? null } : null;
    }
    case 'shortcut': {
      const { body } = payload;
      const team = body.team?.id ?? body.user.team_id;
      return team ? { team, enterprise: body.enterprise?.id ?? null } : null;
    }
    case 'command':
      return { team: payload.body.team_id, enterprise: payload.body.enterprise_id ?? null };
    case 'event':
      return { team: payload.body.team_id, enterprise: payload.body.enterprise_id ?? null };
    default:
      return null;
  }
}
