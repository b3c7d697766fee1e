/**
 * What each card shows, as data. `src/cards/cards.ts` turns a model and a language into an Adaptive Card;
 * whoever builds a model never writes a word a person reads, except people's own text.
 */

import type { ActivityKind } from '../domain/group.ts';
import type { CommentRule } from '../domain/instrument.ts';
import type { Level } from '../domain/levels.ts';
import type { RowWarning } from '../domain/plan/draft.ts';
import type { Asked } from '../domain/schedule/audience.ts';
import type { Status } from '../domain/state.ts';
import type { ConvenorModels } from './convenor-models.ts';

/** Plain civil date, ISO "2022-10-12". Written out by the card in the reader's language. */
export type Day = string;
/** ISO instant with Z; shown by the client in the reader's own zone and locale, plus as words in the group's zone. */
export type When = { instant: string; zone: string };

/** `name` is empty for whoever would be told to ask themselves. */
export type Contact = { name: string };

/** The key of the group that the reader leads; null for everybody else. */
type Seat = string | null;

export type WelcomeModel = {
  group: string;
  person: string;
  convenor: Contact;
  next: { title: string; day: Day } | null;
  seat: Seat;
  /** The chair was handed over to this person. `by`: a name; null where an administrator did it, or somebody who is there no more. */
  chair: { by: string | null } | null;
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
  /** Nothing can be changed any more; of a cancelled survey nothing comes. */
  over: 'closed' | 'cancelled' | null;
  periods: { now: string; coming: string };
  items: { name: string; now: Level; coming: Level; comment: string }[];
};

/** In the place of an invitation: nothing is asked of its reader any more. */
export type SurveyOverModel = {
  person: string;
  group: string;
  title: string;
  why: 'closed' | 'cancelled' | 'excused' | 'left' | 'answered';
  /** Who answers instead of whoever is excused; '' when nobody does. */
  by: string;
  closes: When;
  /** Something was filled in and not handed in. */
  isUnsent: boolean;
  convenor: Contact;
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
/** The card that a page lies on in Teams, as the button said that opened it: its name as `on`, and what else leads back to it. */
export type OpenedOn = Partial<Record<'on' | 'step' | 'list' | 'page', string>>;
/** The page behind "more": note, new date, hand over. `handTo` is '' or a person's key. */
export type StatusPageModel = StatusModel & {
  from: OpenedOn;
  /** Empty where there are too many to choose from: then a name is written. */
  people: { key: string; name: string }[];
  values: {
    status: Status | '';
    note: string;
    newDate: string;
    handTo: string;
  };
  /** By input, the code of an error, with the names it is about behind a "|". */
  errors: Record<string, string>;
};

/** In the place of a message about a due point: nothing is asked of its reader any more. */
export type DueOverModel = {
  /** Empty when it is not theirs to say that it stands otherwise. */
  ref: string;
  group: string;
  activity: string;
  /** "another": somebody else is asked about it. */
  why: 'done' | 'stopped' | 'moved' | 'parked' | 'removed' | 'another' | 'left';
  /** When it was said to be done or stopped, or the day it was moved to; otherwise ''. */
  day: Day | '';
  /** Who said so; '' when that is nobody in the group. */
  by: string;
  note: string;
  /** Only where somebody else is asked. */
  owners: string[] | 'all';
};

export type FixModel = {
  ref: string;
  group: string;
  activity: string;
  missing: ('owner' | 'date')[];
  unknownOwners: string[];
};
export type FixPageModel = FixModel & {
  /** As on the page of a status. */
  people: { key: string; name: string }[];
  values: { owner: string; date: string };
  errors: Record<string, string>;
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
  | { what: 'added' | 'parked' | 'unparked'; activity: string }
  | { what: 'renamed'; activity: string; from: string }
  | { what: 'overdue'; activity: string; due: Day };
/** `day` is null without a date; owners as in `ahead`. */
export type DigestPoint = { activity: string; day: Day | null; owners: string | Asked };
export type DigestModel = {
  late?: DigestPoint[];
  /** Stopped. */
  blocked?: DigestPoint[];
  unowned?: DigestPoint[];
  group: string;
  audience: 'group' | 'steering';
  day: Day;
  changes: DigestLine[];
  /**
   * The next two weeks. `owners` is a name or names as they are to stand there, 'all' for everyone, '' for nobody, or how many a
   * survey asks that is for some. `until`: the last day of a window that begins on `day`.
   */
  ahead: { activity: string; day: Day; until?: Day; owners: string | Asked }[];
  /** Rounds that are open now: counts only. */
  open: { title: string; closes: Day; invited: number; submitted: number }[];
  /** What the button to all of it says, where not everything fits. */
  whole: Record<string, string>;
};

export type DigestEntry =
  | { in: 'changes'; line: DigestLine }
  | { in: 'late' | 'blocked' | 'unowned'; line: DigestPoint }
  | { in: 'ahead'; line: DigestModel['ahead'][number] }
  | { in: 'open'; line: DigestModel['open'][number] };
/** All of a digest, a page at a time. `told`: the day up to which it tells what has happened. */
export type DigestListModel = Pick<DigestModel, 'group' | 'audience' | 'whole'> & {
  told: Day;
  lines: DigestEntry[];
  page: number;
  pages: number;
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
/** `name` is null for the small ones taken together. */
export type SummaryConstituency = { name: string | null; invited: number; submitted: number };
export type SummaryItem = { name: string; now: LevelCounts; coming: LevelCounts; critical: boolean };
export type SummaryModel = {
  group: string;
  title: string;
  periods: { now: string; coming: string };
  invited: number;
  submitted: number;
  constituencies: SummaryConstituency[];
  items: SummaryItem[];
  /** Present → coming, over all items and answers, in level order: change[from][to]. */
  change: number[][];
  /** The rule in words is `summary.rule.<code>`. */
  rule: string;
  /** What the button to all of it says, where not everything fits. */
  whole: Record<string, string>;
};

/** `full`: with every level's count, as only the first critical roles are told. */
export type SummaryLine = (SummaryConstituency & { is: 'constituency' }) | (SummaryItem & { is: 'full' | 'brief' });
/** All of a result, a page at a time, told as its summary tells it. `outdated`: the survey was opened again afterwards. */
export type SummaryListModel = Omit<SummaryModel, 'constituencies' | 'items' | 'change'> & {
  lines: SummaryLine[];
  page: number;
  pages: number;
  outdated: boolean;
};

/** `draft`: the id of a draft that was discarded, and can be taken back. */
export type NoticeModel = { title: string; text: string; draft?: string };

export type HelpModel = { group: string | null; convenor: Contact | null; seat: Seat };
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

/** The person's groups beside the one a card is about. */
type OtherGroups = { others?: { ref: string; name: string }[] };

export type PlanModel = OtherGroups & {
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
    /** How many, where all that it is are surveys for some. */
    owners: string[] | 'all' | Asked;
    due: ({ on: Day } | { from: Day; to: Day })[];
    /** All the time: without a date on purpose. */
    ongoing?: boolean;
    /** Set aside for now. */
    parked?: boolean;
    status: Status | null;
  }[];
};
export type StatusListModel = OtherGroups & {
  group: string;
  /** `count`: the person's own due points on all pages. */
  shown: PlanPage;
  /** The person's own due points of this page. */
  mine: { ref: string; activity: string; due: Day; status: Status | null }[];
  late: number;
  /** Only for the convenor: who could not be reached and why; they follow on the same pages. */
  unreached: { name: string; reason: string }[];
};
/** `count`: on all pages. */
export type SurveysModel = { count: number; page: number; pages: number } & {
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
/** `id` names it among those of its row. */
export type RemedyModel = { id: string } & (
  | { what: 'name'; written: string; name: string }
  | { what: 'owner'; owners: 'all' | string[] }
  | { what: 'date'; due: PlanSpan }
  | { what: 'kind'; kind: ActivityKind }
  | { what: 'survey'; list: string }
);
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
  /** Whose public holidays and hours are kept: ISO 3166-1 alpha-2, and the zone where that is not the country's usual one. Null: the group's, which runs already. */
  home: { country: string; zone: string | null } | null;
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
    /** What one press sets right. */
    remedies: RemedyModel[];
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
  /** There are too many people to choose from for each of these names: who it is is written. */
  writes: boolean;
  /** How many such names the page has no room for. */
  unlisted: number;
  people: { key: string; name: string }[];
  /** There are more people than a list can show. */
  more: boolean;
  /** "<instrument>|<catalogue>" */
  surveys: { key: string; name: string }[];
  /** ISO 3166-1 alpha-2; none where the group runs already. */
  countries: string[];
  values: Record<
    'owner' | 'person' | 'date' | 'until' | 'kind' | 'survey' | 'take' | 'name' | 'decided' | 'convenor' | 'country',
    string
  >;
  /** Codes, with names behind a "|" where the words need them. */
  errors: Record<
    string,
    'bad-date' | 'window-backwards' | 'unknown-person' | 'unknown-owner' | `several-owners|${string}` | 'missing-name'
  >;
};
export type DifferenceLine =
  | { what: 'added'; activity: string; due: PlanSpan[] }
  | { what: 'removed'; activity: string; open: boolean }
  | { what: 'moved'; activity: string; from: PlanSpan | null; to: PlanSpan | null }
  | { what: 'renamed'; activity: string; title: string }
  | { what: 'owner'; activity: string; from: 'all' | string[]; to: 'all' | string[] }
  | { what: 'kind'; activity: string; from: ActivityKind; to: ActivityKind }
  | { what: 'back'; activity: string }
  /** Of what has changed meanwhile: whom these names mean. */
  | { what: 'named'; activity: string; names: string[] };
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
  'survey-over': SurveyOverModel;
  deadline: DeadlineModel;
  status: StatusModel;
  'status-page': StatusPageModel;
  'due-over': DueOverModel;
  fix: FixModel;
  'fix-page': FixPageModel;
  overdue: OverdueModel;
  digest: DigestModel;
  'digest-list': DigestListModel;
  summary: SummaryModel;
  'summary-list': SummaryListModel;
  notice: NoticeModel;
  help: HelpModel;
  plan: PlanModel;
  'status-list': StatusListModel;
  surveys: SurveysModel;
  home: HomeModel;
};
export type CardName = keyof Models;
