/** What the convenor's cards and pages show, as data. `ref` is the group's key; commands travel as JSON in a button and are judged anew. */

import type { Role } from '../domain/group.ts';
import type { Asked } from '../domain/schedule/audience.ts';
import type { Status } from '../domain/state.ts';
import type { GroupModels } from './group-models.ts';
import type { Day, OpenedOn, SummaryModel, When } from './models.ts';

/** 1-based. */
export type Paged = { page: number; pages: number };

/** Owners as names, 'all' for everybody together, '' for nobody, or how many a survey asks that is for some. */
export type SeatEntry =
  | {
      section: 'rounds';
      /** The round's key. */
      key: string;
      title: string;
      state: RoundState;
      awaitsApproval: boolean;
      opens: Day;
      closes: Day;
      invited: number;
      submitted: number;
    }
  | {
      section: 'late' | 'blocked' | 'unowned' | 'ahead';
      /** The activity's key. */
      key: string;
      title: string;
      day: Day | null;
      owners: string | Asked;
    };
export type RoundState = 'scheduled' | 'open' | 'paused' | 'closed' | 'cancelled';

export type SeatModel = Paged & {
  ref: string;
  group: string;
  /** What was just done, as the code of `said.<code>`; '' for nothing. */
  said: string;
  /** "rounds": the surveys alone. */
  show: 'all' | 'rounds';
  counts: { open: number; late: number; blocked: number; unowned: number; unreached: number };
  entries: SeatEntry[];
  /** What whoever looks may do: commands and "see-log". */
  may: string[];
  /** Other groups of the same person. */
  others: { ref: string; name: string }[];
};

export type LiveModel = Paged & {
  ref: string;
  round: string;
  activity: string;
  group: string;
  title: string;
  version: number;
  said: string;
  state: RoundState;
  awaitsApproval: boolean;
  opens: Day;
  closes: Day;
  invited: number;
  submitted: number;
  draft: number;
  declined: number;
  excused: number;
  constituencies: { name: string | null; invited: number; submitted: number }[];
  /** "hidden": this round tells nobody who has answered. "none": whoever looks is shown no names. */
  names: 'shown' | 'hidden' | 'none';
  /** Of this page: who has not answered, and who could not be reached with the reason's code. */
  people: /** `until`: their own last day, where it is another than everybody's. */
  (
    | { why: 'pending' | 'draft'; name: string; constituency: string; until: Day | null }
    | { why: 'unreached'; name: string; reason: string }
  )[];
  nextReminder: When | null;
  may: string[];
};

/** Messages that leave together. `step` as in a happening; `to` is a name when there is only one receiver. */
export type SendLine = {
  at: When;
  kind: string;
  step: string | null;
  count: number;
  to: string;
  /** To whoever has not answered by then, and nobody is told who or how many that is. */
  unknown?: boolean;
};
export type WarningLine = { code: string; facts: Record<string, string> };
export type AuditLine = {
  at: When;
  by: string;
  /** An administrator of the installation, known by their identity alone. */
  isAdmin?: boolean;
  action: string;
  subject: string;
  field: string | null;
  from: string | null;
  to: string | null;
};

export type ConfirmModel = Paged & {
  ref: string;
  group: string;
  /** Of the round or the activity. */
  title: string;
  /** The code of `ask.<code>`, with what it speaks of. */
  ask: string;
  facts: {
    name: string;
    by: string;
    day: Day | null;
    role: Role | null;
    sending?: { hour: string; quietFrom: string; weeklyCap: number | null };
    /** How many people it is about. */
    count?: number;
  };
  /** Of this page: what members speak for now (null: they come), and then; the organisation after a comma. */
  placed?: { name: string; from: string | null; to: string }[];
  area?: Area;
  /** JSON of the command that "confirm" sends. */
  command: string;
  /** Of this page. */
  sends: (SendLine & { what: 'stops' | 'starts' })[];
  warnings: WarningLine[];
  /** What somebody else changed since the card was made that was pressed. */
  since: AuditLine[];
  /** Where "do nothing" leads. */
  back: { verb: string; values: Record<string, string> };
};

/** As a page carries them: text of each input; lists joined by ",". */
export type RoundValues = {
  title: string;
  instrument: string;
  catalogue: string;
  opens: string;
  closes: string;
  constituencies: string;
  organisations: string;
  people: string;
  language: string;
  anonymity: string;
  reminders: string;
  days: string;
  hour: string;
  review: string;
};
export type Named = { key: string; name: string };

export type RoundPlanModel = Paged & {
  ref: string;
  draft: string;
  group: string;
  title: string;
  said: string;
  asks: string;
  /** Names, those of this page. */
  audience: 'everyone' | string[];
  people: number;
  opens: Day;
  closes: Day;
  values: Pick<RoundValues, 'language' | 'anonymity' | 'reminders' | 'hour' | 'review'>;
  sends: SendLine[];
  warnings: WarningLine[];
  since: AuditLine[];
};

export type RoundPageModel = {
  ref: string;
  draft: string;
  group: string;
  /** Keys of the round that is changed, or of the activity it is for: where one came from. `plan`: from the draft's own send plan. */
  from: { round: string; activity: string; plan?: true };
  /** The activity the round belongs to; '' when it is from nothing, and then `values.title` is asked for. */
  activity: string;
  /** The round is open: only some of it can be changed. */
  open: boolean;
  values: RoundValues;
  choices: {
    instruments: Named[];
    catalogues: Named[];
    constituencies: Named[];
    organisations: Named[];
    people: Named[];
    hours: string[];
    /** Of these there are too many to choose from: names are written. */
    written: ('constituencies' | 'organisations' | 'people')[];
  };
  /** Input id → code of `error.<code>` or `refused.<code>`, with names behind a "|" where the words need them. */
  errors: Record<string, string>;
};

export type DateMode = 'extend' | 'reopen' | 'move-date';
export type ExtendPageModel = {
  ref: string;
  mode: DateMode;
  /** The round's or activity's key. */
  key: string;
  version: number;
  group: string;
  title: string;
  values: { day: string; member: string; due: string };
  /** Whom it can be extended for; empty where that is not asked, and where there are too many to choose from. */
  people: Named[];
  /** Too many: a name is written, or nothing for everybody. */
  many: boolean;
  /** Due points to choose between; empty where there is one. */
  points: { key: string; day: Day }[];
  errors: Record<string, string>;
};

export type PeopleMode =
  | ('excuse' | 'substitute' | 'assign' | 'hand-over')
  | ('chair' | 'deputy' | 'role' | 'away' | 'add' | 'place' | 'remove');
/** Whose buttons they are: a member's of the group, an administrator's, or those of a list of lines that was written. */
export type Area = 'steer' | 'admin' | 'lines';
export type PeoplePageModel = Paged & {
  ref: string;
  mode: PeopleMode;
  /** The round's or activity's key, '' for the group. */
  key: string;
  version: number;
  group: string;
  title: string;
  area?: Area;
  values: {
    member: string;
    by: string;
    find: string;
    role?: string;
    day?: string;
    organisation?: string;
    constituency?: string;
    /** Names, mentions and addresses of whoever is to come in. */
    written?: string;
  };
  /** Nobody can say now who is in the channel. */
  blind?: boolean;
  /** Constituencies that are in use. */
  known?: string[];
  /** Of this page. */
  people: Named[];
  /** Who may answer instead; only for a substitute. */
  others: Named[];
  /** There are too many of them to choose from: a name is written. */
  writesBy: boolean;
  /** There are more than one page holds: one may look for a name. */
  many: boolean;
  errors: Record<string, string>;
};

export type SnoozePageModel = {
  from: OpenedOn;
  /** What it is about: an assignment, or "<group>|<activity>|<due>"; '' when one is only away. */
  ref: string;
  /** The group's key, when `ref` does not say. */
  groupKey: string;
  group: string;
  title: string;
  isAway: boolean;
  values: { what: string; until: string; substitute: string };
  /** Empty when there are too many to choose from: a name is written then. */
  people: Named[];
  errors: Record<string, string>;
};

export type AuditModel = { ref: string; group: string; page: number; more: boolean; entries: AuditLine[] };

export type ActivityModel = Paged & {
  ref: string;
  key: string;
  group: string;
  title: string;
  version: number;
  said: string;
  owners: string | Asked;
  parked: boolean;
  /** Of this page. */
  points: { key: string; day: Day; status: Status | null }[];
  /** A window that can become a round of its own settings. */
  window: string | null;
  may: string[];
};

export type ApproveModel = SummaryModel & { ref: string; round: string; version: number };

/** A person's calendar feed, and those of the groups they lead. Each date: since when there is an address. */
export type CalendarModel = Paged & {
  /** False: Rond has no address that a calendar could reach. */
  reachable: boolean;
  /** "renewed", "revoked" or ''. */
  said: string;
  /** The new address, shown this once. `name`: the group's, '' for one's own. */
  made: { name: string; link: string } | null;
  /** Before an address ends. `whose`: the group's key, '' for one's own. */
  ask: { whose: string; name: string; what: 'renew' | 'revoke' } | null;
  mine: When | null;
  /** A page of them. */
  groups: { ref: string; name: string; since: When | null }[];
};

export type ConvenorModels = GroupModels & {
  calendar: CalendarModel;
  seat: SeatModel;
  live: LiveModel;
  confirm: ConfirmModel;
  'round-plan': RoundPlanModel;
  'round-page': RoundPageModel;
  'extend-page': ExtendPageModel;
  'people-page': PeoplePageModel;
  'snooze-page': SnoozePageModel;
  audit: AuditModel;
  activity: ActivityModel;
  approve: ApproveModel;
};
