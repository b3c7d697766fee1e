/** The app as Slack must know it. What is asked for is what the code uses, and nothing else; a test holds the two together. */

import type { AppsManifestValidateArguments } from '@slack/web-api';
import { presenceEvents } from './presences.ts';

export type SlackManifest = Exclude<AppsManifestValidateArguments['manifest'], string>;

/** Each with what it is for. */
const reasons = {
  'app_mentions:read': 'words to Rond in a channel',
  'channels:history': 'after an unclear answer from Slack: is the message there? otherwise it would come twice',
  'channels:read': 'a channel is renamed, archived, deleted; members come and go',
  'chat:write': 'the messages',
  commands: '/rond and the shortcuts',
  'files:read': 'a timetable or a group that somebody sends to Rond as a file',
  'groups:history': 'as channels:history, in private channels Rond is in',
  'groups:read': 'as channels:read, in private channels Rond is in',
  'im:history': 'words to Rond in the direct conversation; and as channels:history',
  'im:write': 'opens the direct conversation',
  'users:read': 'the language of somebody Rond does not know, so that they can read the answer',
  'users:read.email': 'somebody is added to a group by their address',
} as const;

/** The bot's scopes, sorted. Rond reads no conversation it is not in. */
export const botScopes = Object.keys(reasons) as (keyof typeof reasons)[];

/** A way to Rond that is always at hand, by callback id: what it does is what the command of that name does. */
const shortcuts = {
  'rond.surveys': { name: 'My surveys', description: 'What is open for you to answer' },
  'rond.status': { name: 'Status', description: 'Say how your activities are going' },
  'rond.plan': { name: 'The plan', description: "Your working group's timetable" },
};

/** All that the listeners take in, each once. */
const events = (['app_mention', 'message.im', ...presenceEvents] as const).toSorted();

/**
 * @param base where Slack reaches Rond, as "https://bot.example.org"; null for Socket Mode
 */
export function slackManifest(base: string | null): SlackManifest {
  const url = (path: string) => (base ? { url: new URL(path, base).href } : {});
  const requests = base ? { request_url: new URL('/slack/events', base).href } : {};
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: 'Rond',
      description: "Runs your working group's timetable: surveys, status, reminders and what has changed.",
      long_description:
        "Rond runs a working group's own timetable. Members get surveys and reminders in a direct message and answer in " +
        'a minute; owners of activities say how it is going; the group reads in its channel what has changed. The ' +
        'convenor sees beforehand what will be sent, to whom and when.',
      background_color: '#0b5a5a',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Rond', always_online: true },
      shortcuts: Object.entries(shortcuts).map(([id, words]) => ({ type: 'global', callback_id: id, ...words })),
      slash_commands: [
        {
          command: '/rond',
          ...url('/slack/events'),
          description: 'Surveys, status and the plan, for your eyes only',
          usage_hint: '[my surveys | status | plan | help]',
          should_escape: true,
        },
      ],
    },
    oauth_config: {
      ...(base ? { redirect_urls: [new URL('/slack/oauth_redirect', base).href] } : {}),
      scopes: { bot: botScopes },
    },
    settings: {
      event_subscriptions: { ...requests, bot_events: events },
      interactivity: { is_enabled: true, ...requests },
      org_deploy_enabled: true,
      socket_mode_enabled: base === null,
      token_rotation_enabled: false,
    },
  } satisfies SlackManifest;
}
