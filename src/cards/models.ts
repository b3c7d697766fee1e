/**
 * What each card shows, as data. `src/cards/cards.ts` turns a model and a language into an Adaptive Card;
 * whoever builds a model never writes a word a person reads, except people's own text.
 */

import type { ActivityKind } from '../domain/group.ts';
import type { CommentRule } from '../domain/instrument.ts';
import type { Level } from '../domain/levels.ts';
import type { Status } from '../domain/state.ts';

/** Plain civil date, ISO "2022-10-12". Written out by the card in the reader's language. */
export type Day = string;
/** ISO instant with Z; shown by the client in the reader's own zone and locale, plus as words in the group's zone. */
export type When = { instant: string; zone: string };

export type Contact = { name: string };

export type WelcomeModel = {
  group: string;
  person: string;
  convenor: Contact;
  next: { title: string; day: Day } | null;
};

export type InvitationModel = {
  /** Assignment id: travels in the button, identity never does. */
  ref: string;
  person: string;
  group: string;
  title: string;
  items: number;
  closes: When;
  convenor: Contact;
};

export type ReminderModel = InvitationModel & {
  step: 'mid' | 'near';
  answered: number;
};

export type RatingItem = {
  key: string;
  name: string;
  now: Level | '';
  coming: Level | '';
  comment: string;
};
export type RatePageModel = {
  ref: string;
  title: string;
  /** 1-based. */
  page: number;
  pages: number;
  periods: { now: string; coming: string };
  items: RatingItem[];
  /** Input id ("now:<key>", "coming:<key>", "comment:<key>") → code of the error ("missing-level" | "missing-comment" | "too-long"). */
  errors: Record<string, 'missing-level' | 'missing-comment' | 'too-long' | 'unknown-level'>;
  closes: When;
  /** From the instrument; 'shortage-or-differs' and 1000 characters unless given. */
  commentRule?: CommentRule;
  commentMax?: number;
};

export type ReceiptModel = {
  ref: string;
  group: string;
  title: string;
  submitted: When;
  closes: When;
  periods: { now: string; coming: string };
  items: { name: string; now: Level; coming: Level; comment: string }[];
};

export type DeadlineModel = {
  /** "<activity id>|<due key>" */
  ref: string;
  group: string;
  activity: string;
  due: Day;
  step: 'week' | 'day';
  links: string[];
  shared: boolean;
};

export type StatusModel = {
  ref: string;
  group: string;
  activity: string;
  due: Day;
  /** The word that stands now, when there is one. */
  current: { status: Status; note: string; by: string } | null;
};
/** The value of "nobody" in the list of people to hand over to; a choice cannot have an empty value. */
export const nobody = 'nobody';
/** The page behind "more": note, new date, hand over. `handTo` is '' or a person's key. */
export type StatusPageModel = StatusModel & {
  people: { key: string; name: string }[];
  values: {
    status: Status | '';
    note: string;
    newDate: string;
    handTo: string;
  };
  errors: Record<string, 'bad-date' | 'past-date' | 'too-long' | 'missing-status' | 'unknown-person'>;
};

export type FixModel = {
  ref: string;
  group: string;
  activity: string;
  missing: ('owner' | 'date')[];
  unknownOwners: string[];
};
export type FixPageModel = FixModel & {
  people: { key: string; name: string }[];
  values: { owner: string; date: string };
  errors: Record<string, 'bad-date' | 'past-date' | 'unknown-person'>;
};

export type OverdueModel = {
  ref: string;
  group: string;
  activity: string;
  due: Day;
  days: number;
  owners: string[];
};

export type DigestLine =
  | { what: 'plan-imported'; activities: number }
  | { what: 'round-opened'; title: string; closes: Day; invited: number }
  | { what: 'round-closed'; title: string; invited: number; submitted: number }
  | { what: 'status'; activity: string; due: Day; status: Status; note: string }
  | { what: 'date-moved'; activity: string; from: Day; to: Day }
  | { what: 'owner-set'; activity: string; owner: string }
  | { what: 'handed-over'; activity: string; to: string }
  | { what: 'parked'; activity: string }
  | { what: 'overdue'; activity: string; due: Day };
export type DigestModel = {
  group: string;
  audience: 'group' | 'steering';
  day: Day;
  changes: DigestLine[];
  /** The next two weeks. `owners` is a name or names as they are to stand there, 'all' for everyone, '' for nobody. */
  ahead: { activity: string; day: Day; owners: string }[];
  /** Rounds that are open now: counts only. */
  open: { title: string; closes: Day; invited: number; submitted: number }[];
};

/** Levels of one item in one period. */
export type LevelCounts = {
  surplus: number;
  sustainable: number;
  vulnerable: number;
  shortage: number;
  cannotAssess: number;
  notWithUs: number;
  /** Answers that give one of the four levels. */
  n: number;
  /** Median level; "split" when the middle falls between two levels; null when n is 0. */
  median: Level | 'split' | null;
  /** Interquartile range as level steps, 0–3; null when n is 0. */
  spread: number | null;
};
export type SummaryModel = {
  group: string;
  title: string;
  periods: { now: string; coming: string };
  invited: number;
  submitted: number;
  /** `name` is null for the small ones taken together. */
  constituencies: { name: string | null; invited: number; submitted: number }[];
  items: {
    name: string;
    now: LevelCounts;
    coming: LevelCounts;
    critical: boolean;
  }[];
  /** Present → coming, over all items and answers, in level order: change[from][to]. */
  change: number[][];
  /** The rule in words is `summary.rule.<code>`. */
  rule: string;
};

export type NoticeModel = { title: string; text: string };

export type HelpModel = { group: string | null; convenor: Contact | null };
export type PlanModel = {
  group: string;
  activities: {
    title: string;
    kind: ActivityKind;
    owners: string[] | 'all';
    due: ({ on: Day } | { from: Day; to: Day })[];
    status: Status | null;
  }[];
};
export type StatusListModel = {
  group: string;
  /** The person's own due points. */
  mine: { ref: string; activity: string; due: Day; status: Status | null }[];
  late: number;
  /** Only for the convenor: who could not be reached and why. */
  unreached: { name: string; reason: string }[];
};
export type SurveysModel = {
  surveys: {
    ref: string;
    group: string;
    title: string;
    closes: When;
    state: 'pending' | 'draft' | 'submitted';
  }[];
};

/** The overview of everything that waits for one person, over all their groups. */
export type HomeModel = {
  /** Names; empty for somebody who is in no group. */
  groups: string[];
  surveys: SurveysModel['surveys'];
  mine: StatusListModel['mine'];
  next: { activity: string; day: Day }[];
};

export type Models = {
  welcome: WelcomeModel;
  invitation: InvitationModel;
  reminder: ReminderModel;
  'rating-page': RatePageModel;
  receipt: ReceiptModel;
  deadline: DeadlineModel;
  status: StatusModel;
  'status-page': StatusPageModel;
  fix: FixModel;
  'fix-page': FixPageModel;
  overdue: OverdueModel;
  digest: DigestModel;
  summary: SummaryModel;
  notice: NoticeModel;
  help: HelpModel;
  plan: PlanModel;
  'status-list': StatusListModel;
  surveys: SurveysModel;
  home: HomeModel;
};
export type CardName = keyof Models;
