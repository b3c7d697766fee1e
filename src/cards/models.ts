/**
 * What each card shows, as data. `src/cards/cards.ts` turns a model and a language into an Adaptive Card;
 * whoever builds a model never writes a word a person reads, except people's own text.
 */

import type { ActivityKind } from '../domain/group.ts';
import type { CommentRule } from '../domain/instrument.ts';
import type { Level } from '../domain/levels.ts';
import type { RowWarning } from '../domain/plan/draft.ts';
import type { Status } from '../domain/state.ts';
import type { ConvenorModels } from './convenor-models.ts';

/** Plain civil date, ISO "2022-10-12". Written out by the card in the reader's language. */
export type Day = string;
/** ISO instant with Z; shown by the client in the reader's own zone and locale, plus as words in the group's zone. */
export type When = { instant: string; zone: string };

/** `name` is empty for whoever would be told to ask themselves. */
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
  /** Nothing can be changed any more, and nothing comes of it. */
  cancelled: boolean;
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
  owners: string[] | 'all';
};

export type DigestLine =
  /** `of`: whose it is, where several groups share a digest. */
  | { what: 'plan-imported'; activities: number; of?: string }
  | { what: 'chair-handed-over'; to: string; of?: string }
  | { what: 'round-opened'; title: string; closes: Day; invited: number }
  | { what: 'round-closed'; title: string; invited: number; submitted: number }
  | { what: 'round-extended'; title: string; from: Day; to: Day }
  | { what: 'round-reopened'; title: string; to: Day }
  | { what: 'round-paused' | 'round-resumed' | 'round-cancelled'; title: string }
  | { what: 'status'; activity: string; due: Day; status: Status; note: string }
  | { what: 'date-moved'; activity: string; from: Day; to: Day }
  | { what: 'owner-set'; activity: string; owner: string }
  | { what: 'handed-over'; activity: string; to: string }
  | { what: 'parked' | 'unparked'; activity: string }
  | { what: 'overdue'; activity: string; due: Day };
/** `day` is null without a date; owners as in `ahead`. */
export type DigestPoint = { activity: string; day: Day | null; owners: string };
export type DigestModel = {
  late?: DigestPoint[];
  /** Stopped. */
  blocked?: DigestPoint[];
  unowned?: DigestPoint[];
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
/** Rows `first` to `last` (1-based) of the plan as a picture that clients fetch. */
export type PlanPictureModel = {
  url: string;
  first: number;
  last: number;
  days: { from: Day; to: Day } | null;
  done: number;
  late: number;
};
/** A page of a plan of `count` activities; `ref`: the group's key. */
type PlanPage = { ref: string; page: number; pages: number; count: number };

export type PlanModel = {
  group: string;
  /** Left out or empty where no client could fetch one. */
  pictures?: PlanPictureModel[];
  /** For whoever may steer: this is one page of `count` activities, and each has a button. */
  steer?: PlanPage;
  /** For everybody else: this is one page. */
  read?: PlanPage;
  activities: {
    /** The activity's key; only where one may steer. */
    key?: string;
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

/** The first word in a channel where no group talks. `name`: the channel's, '' when it is not known. */
export type StartModel = { name: string };

export type PlanSpan = { on: Day } | { from: Day; to: Day };
/** One page of a timetable as Rond understood it, before anything runs. */
export type PlanReviewModel = {
  /** Draft id. */
  ref: string;
  version: string;
  group: string;
  /** The channel's name, '' while there is no channel. */
  place: string;
  /** Null: whoever confirms. */
  convenor: string | null;
  /** Who is in the channel. */
  people: number;
  /** Null when every date has its year. */
  assumed: { from: 'decided' | 'today'; day: Day } | null;
  news: 'changed' | 'roster' | null;
  /** The group runs already: confirming shows the difference. */
  again: boolean;
  /** 1-based. */
  page: number;
  pages: number;
  /** Activities, and how many of them have a warning, on all pages. */
  total: number;
  toLook: number;
  rows: {
    line: string;
    title: string;
    kind: ActivityKind;
    survey: { name: string; list: string } | null;
    owners: 'all' | string[];
    unknownOwners: string[];
    due: PlanSpan[];
    ongoing: boolean;
    warnings: RowWarning[];
  }[];
};
/** The page behind a row of the review, or behind the group as a whole (`line` and `activity` are ''). */
export type PlanFixModel = {
  ref: string;
  version: string;
  line: string;
  /** Page of the review to come back to. */
  page: string;
  group: string;
  activity: string;
  due: PlanSpan[];
  /** Names in the row that fit nobody or several; `id` is the input's. */
  written: { id: string; name: string; value: string }[];
  people: { key: string; name: string }[];
  /** There are more people than a list can show. */
  more: boolean;
  /** "<instrument>|<catalogue>" */
  surveys: { key: string; name: string }[];
  values: Record<
    'owner' | 'person' | 'date' | 'until' | 'kind' | 'survey' | 'take' | 'name' | 'decided' | 'convenor',
    string
  >;
  errors: Record<string, 'bad-date' | 'window-backwards' | 'unknown-person' | 'missing-name'>;
};
export type DifferenceLine =
  | { what: 'added'; activity: string; due: PlanSpan[] }
  | { what: 'removed'; activity: string; open: boolean }
  | { what: 'moved'; activity: string; from: PlanSpan | null; to: PlanSpan | null }
  | { what: 'renamed'; activity: string; title: string }
  | { what: 'owner'; activity: string; from: 'all' | string[]; to: 'all' | string[] }
  | { what: 'kind'; activity: string; from: ActivityKind; to: ActivityKind }
  | { what: 'back'; activity: string };
/** One page of what importing the plan again changes. */
export type PlanDifferenceModel = {
  ref: string;
  version: string;
  group: string;
  lines: DifferenceLine[];
  /** What somebody else changed since this was shown before. */
  meanwhile: DifferenceLine[];
  page: number;
  pages: number;
  total: number;
  toLook: number;
};

export type Models = ConvenorModels & {
  start: StartModel;
  'plan-review': PlanReviewModel;
  'plan-fix': PlanFixModel;
  'plan-difference': PlanDifferenceModel;
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
