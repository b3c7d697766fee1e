/** Who may call what: the bot's tokens, their scopes, the app's own token, and workspaces that let the app in by OAuth. */

import { randomBytes } from 'node:crypto';
import manifest from '../../../manifest/slack/socket.json' with { type: 'json' };
import { type Method, SlackError } from './api.ts';
import type { Sockets } from './sockets.ts';
import type { State } from './state.ts';

export type Access = {
  /** App-level token for Socket Mode. */
  readonly appToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the tokens may do; a switch: an app that was installed before it asked for more. */
  scopes: readonly string[];
  /** The organisation (Enterprise Grid) that lets the app in as a whole; null: this workspace does. */
  organisation: string | null;
  /** Whether a token, or a code on its way to one, is this workspace's. */
  knows(secret: unknown): boolean;
  /** Throws SlackError when this token may not call this method. */
  judge(token: unknown, method: string): void;
  /** Somebody presses Allow: what Slack gives the browser to take back to the app. */
  code(redirectUri: string): string;
  methods: Record<string, Method>;
};

const codeMs = 600_000;

const needed: Record<string, string[]> = {
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.open': ['im:write'],
  'conversations.history': ['im:history', 'channels:history', 'groups:history'],
  'conversations.members': ['channels:read', 'groups:read'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.list': ['channels:read', 'groups:read'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'users.lookupByEmail': ['users:read.email'],
};
const withoutToken = new Set(['oauth.v2.access', 'api.test']);

export function access(state: State, sockets: Pick<Sockets, 'ticket'>, clientSecret?: string): Access {
  const secret = (prefix: string) => `${prefix}${randomBytes(12).toString('hex')}`;
  const granted = new Set<string>();
  const codes = new Map<string, { redirectUri: string; until: number }>();

  const self: Access = {
    appToken: secret('xapp-1-A0RONDAPP-'),
    clientId: '10000.20000',
    clientSecret: clientSecret ?? secret(''),
    scopes: manifest.oauth_config.scopes.bot,
    organisation: null,
    knows: (secret) => known(secret) || codes.has(String(secret)),
    judge(token, method) {
      if (withoutToken.has(method)) return;
      if (!token) throw new SlackError('not_authed');
      if (method === 'apps.connections.open') {
        if (token !== self.appToken) throw new SlackError(known(token) ? 'not_allowed_token_type' : 'invalid_auth');
        return;
      }
      if (token === self.appToken) throw new SlackError('not_allowed_token_type');
      if (!known(token)) throw new SlackError('invalid_auth');
      if (state.revoked) throw new SlackError('account_inactive');
      // Which of them a conversation asks for depends on its kind; having none of them is always too little.
      const wanted = needed[method];
      if (wanted && !wanted.some((scope) => self.scopes.includes(scope))) {
        throw new SlackError('missing_scope', { needed: wanted[0], provided: self.scopes.join(',') });
      }
    },
    code(redirectUri) {
      const code = secret('');
      codes.set(code, { redirectUri, until: Date.now() + codeMs });
      return code;
    },
    methods: {
      'apps.connections.open': () => ({ url: sockets.ticket() }),
      'auth.test': () => ({
        url: `https://${state.team.toLowerCase()}.slack.com/`,
        team: 'Sandbox',
        user: 'rond',
        team_id: self.organisation ?? state.team,
        user_id: state.bot.user,
        bot_id: state.bot.bot,
        ...(self.organisation ? { enterprise_id: self.organisation } : {}),
        is_enterprise_install: self.organisation !== null,
      }),
      'auth.teams.list': () => ({ teams: [{ id: state.team, name: 'Sandbox' }] }),
      'oauth.v2.access': ({ client_id, client_secret, code, redirect_uri }) => {
        if (client_id !== self.clientId) throw new SlackError('invalid_client_id');
        if (client_secret !== self.clientSecret) throw new SlackError('bad_client_secret');
        const given = codes.get(String(code));
        codes.delete(String(code));
        if (!given || given.until < Date.now()) throw new SlackError('invalid_code');
        if (given.redirectUri !== redirect_uri) throw new SlackError('bad_redirect_uri');
        // Let in anew after it was taken out: the tokens of before stay dead.
        if (state.revoked) granted.clear();
        state.revoked = false;
        const token = secret('xoxb-granted-');
        granted.add(token);
        const organisation = self.organisation && { id: self.organisation, name: 'Sandbox organisation' };
        return {
          app_id: state.bot.app,
          authed_user: { id: [...state.people.keys()][0] ?? 'U0ADMIN' },
          scope: self.scopes.join(','),
          token_type: 'bot',
          access_token: token,
          bot_user_id: state.bot.user,
          team: organisation ? null : { id: state.team, name: `Sandbox ${state.team}` },
          enterprise: organisation,
          is_enterprise_install: organisation !== null,
        };
      },
    },
  };
  return self;

  function known(token: unknown): boolean {
    return token === state.botToken || (typeof token === 'string' && granted.has(token));
  }
}
