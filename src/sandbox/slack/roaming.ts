/** A person comes to Rond from elsewhere in Slack: its home tab, or a shortcut. */

import type { Desk } from './desk.ts';
import { filled } from './pressing.ts';
import { directId, nextId } from './state.ts';

const answerMs = 2_000;
const taken = (status: number) => status >= 200 && status < 300;

export async function openHome(desk: Desk, user: string): Promise<void> {
  const { state, settling } = desk;
  const published = settling.watch((effect) => effect.homeOf === user);
  const event = { type: 'app_home_opened', user, channel: directId(user), tab: 'home', event_ts: '1.000100' };
  const answer = await desk.delivery.event(event, nextId(state, 'Ev'));
  if (taken(answer.status)) await published(answerMs);
}

export async function shortcut(desk: Desk, user: string, id: string): Promise<number> {
  const { state, settling } = desk;
  const opened = settling.watch((effect) => effect.viewOf === user);
  const answer = await desk.delivery.interaction({
    type: 'shortcut',
    token: 'sandbox',
    action_ts: '1.000100',
    team: { id: state.team, domain: 'sandbox' },
    user: { id: user, username: user.toLowerCase(), team_id: state.team },
    is_enterprise_install: false,
    enterprise: null,
    callback_id: id,
    trigger_id: desk.triggers.make({ user, from: null, view: null }),
  });
  if (taken(answer.status)) {
    await opened(answerMs);
    await filled(desk, user);
  }
  return answer.status;
}
