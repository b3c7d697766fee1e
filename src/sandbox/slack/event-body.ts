import type { WireOptions } from '../wire.ts';
import type { State } from './state.ts';

/** An event as Slack wraps it. `organisation`: set when it let the app in as a whole. */
export function eventBody(
  state: State,
  options: Pick<WireOptions, 'now'>,
  organisation: string | null,
  event: object,
  eventId: string,
): object {
  return {
    token: 'sandbox',
    team_id: state.team,
    ...(organisation ? { enterprise_id: organisation } : {}),
    api_app_id: state.bot.app,
    event,
    type: 'event_callback',
    event_id: eventId,
    event_time: Math.floor(options.now().epochMilliseconds / 1000),
    authorizations: [
      {
        enterprise_id: organisation,
        team_id: organisation ? null : state.team,
        user_id: state.bot.user,
        is_bot: true,
        is_enterprise_install: organisation !== null,
      },
    ],
    is_ext_shared_channel: false,
  };
}
