/** What reading a timetable gives: its activities as they stand there, and everything a person should look at. */

export type PlanDue = { on: Temporal.PlainDate } | { from: Temporal.PlainDate; to: Temporal.PlainDate };

export type PlanActivity = {
  /** The cell's text without markup, otherwise verbatim. */
  title: string;
  /** Everyone, or the names as written; empty when nobody is named. */
  owners: 'all' | string[];
  /** In the order written. A window may run backwards (`window-backwards` says so): it is shown, never swapped. */
  due: PlanDue[];
  ongoing: boolean;
  /** "eventuell", "optional", "vid behov". */
  optional: boolean;
  /** A question mark, or "preliminary", in the row: not decided yet. */
  uncertain: boolean;
  /** Addresses found in the row. */
  links: string[];
  /** 1-based line in the text, or row in the sheet. */
  line: number;
};

type WarningCode =
  | 'clash'
  | 'no-owner'
  | 'no-date'
  | 'weekend'
  | 'holiday'
  | 'past'
  | 'window-backwards'
  | 'unknown-owner'
  | 'ambiguous-owner'
  | 'duplicate-row'
  | 'unreadable-date'
  | 'assumed-year'
  | 'no-title'
  | 'long-title';

/** One thing to look at: what, in an English sentence with its remedy, and where. */
export type PlanWarning = { code: WarningCode; message: string; line: number };

export type Plan = {
  /** Given, or found in the text; null when neither. */
  decided: Temporal.PlainDate | null;
  activities: PlanActivity[];
  /** By line. */
  warnings: PlanWarning[];
};

export type PlanRefusal = 'no-table' | 'no-activities' | 'too-many-rows';

/** The last day: the day it is due. */
export function lastDay(due: PlanDue): Temporal.PlainDate {
  return 'on' in due ? due.on : due.to;
}

export function firstDay(due: PlanDue): Temporal.PlainDate {
  return 'on' in due ? due.on : due.from;
}

/** "2022-10-12", or "2022-10-12/2022-11-07" for a window. */
export function dueKey(due: PlanDue): string {
  return 'on' in due ? due.on.toString() : `${due.from}/${due.to}`;
}
