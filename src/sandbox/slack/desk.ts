import type { WireFault, WireOptions } from '../wire.ts';
import type { Access } from './access.ts';
import type { Delivery } from './delivery.ts';
import type { Rates } from './rates.ts';
import type { Settling } from './settling.ts';
import type { State } from './state.ts';
import type { Triggers } from './triggers.ts';
import type { SlackTroubles } from './troubles.ts';

/** What the parts of the Slack sandbox share. */
export type Desk = {
  state: State;
  options: WireOptions;
  triggers: Triggers;
  rates: Rates;
  settling: Settling;
  delivery: Delivery;
  access: Access;
  faults: WireFault[];
  troubles: SlackTroubles;
  /** The latest Web API calls as they came, oldest first: "one logical send is one request" is counted here. */
  calls: { method: string; args: Record<string, unknown> }[];
  /** Response URL token → what it belongs to. Five uses in thirty minutes. */
  responseUrls: Map<string, ResponseUrl>;
};

export type ResponseUrl = {
  user: string;
  channel: string;
  /** The message whose button was pressed; null for a slash command. */
  ts: string | null;
  uses: number;
  until: number;
};
