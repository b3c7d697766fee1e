/** What the cards about the group as a whole show: its settings and people, its council, and which groups there are. */

import type { Role } from '../domain/group.ts';
import type { Named, Paged } from './convenor-models.ts';
import type { Day } from './models.ts';

/** "09:00" */
type Hour = string;

export type SettingsModel = Paged & {
  ref: string;
  group: string;
  /** What was just done, as the code of `said.<code>`; '' for nothing. */
  said: string;
  hour: Hour;
  quietFrom: Hour;
  weeklyCap: number | null;
  council: { name: string; channel: string } | null;
  /** Of this page: whoever has a part of their own, or is away. `substitute` is a name or ''. */
  people: { key: string; name: string; role: Role; away: Day | null; substitute: string }[];
  /** How many there are in all. */
  members: number;
  may: string[];
};

/** Of a page: how many speak for what, several together; or one person. */
export type MemberEntry =
  | { is: 'constituencies'; counts: { name: string; count: number }[] }
  | { is: 'people'; key: string; name: string; role: Role; organisation: string; constituency: string };

export type MembersModel = Paged & {
  ref: string;
  group: string;
  said: string;
  total: number;
  /** Of whom nobody has said what they speak for. */
  lacking: number;
  entries: MemberEntry[];
  may: string[];
};

export type MembersPageModel = {
  ref: string;
  group: string;
  version: number;
  /** A line for each: "name; organisation; constituency". */
  lines: string;
  /** Constituencies that are in use. */
  known: string[];
  errors: Record<string, string>;
};

export type SendingPageModel = {
  ref: string;
  group: string;
  version: number;
  /** `weeklyCap`: '' for none. */
  values: { hour: Hour; quietFrom: Hour; weeklyCap: string };
  choices: { hours: Hour[]; quiets: Hour[]; caps: string[] };
  errors: Record<string, string>;
};

export type CouncilPageModel = {
  ref: string;
  group: string;
  version: number;
  values: { council: string; name: string; written: string };
  /** Councils there are, and channels one may be in; `key` is what the page sends. */
  councils: Named[];
  channels: Named[];
  errors: Record<string, string>;
};

export type GroupsModel = Paged & {
  /** "own": the reader's groups; "all": an administrator's view of every group. */
  whose: 'own' | 'all';
  said: string;
  /** Of this page. `convenors` are names, joined. */
  groups: { ref: string; name: string; role: Role | null; convenor: string; deputies: string }[];
};

export type GroupModels = {
  settings: SettingsModel;
  members: MembersModel;
  'members-page': MembersPageModel;
  'sending-page': SendingPageModel;
  'council-page': CouncilPageModel;
  groups: GroupsModel;
};
