/** One view for each card: what the template of that name is given. */

import type { CardName, Models } from '../models.ts';
import { calendar } from './calendar.ts';
import { digest, digestList } from './digest.ts';
import { planDifference, planFix, planReview, start } from './drafts.ts';
import { fix, fixPage } from './fix.ts';
import { councilPage, groups, members, membersPage, sendingPage, settings } from './group.ts';
import { home } from './home.ts';
import { ratingPage } from './rating-page.ts';
import { help, notice, plan, statusList, surveys, welcome } from './replies.ts';
import { invitation, receipt, reminder, surveyOver } from './rounds.ts';
import { activity, audit, live, seat } from './seat.ts';
import { deadline, dueOver, overdue, status, statusPage } from './status.ts';
import { approve, confirm, extendPage, peoplePage, roundPage, roundPlan, snoozePage } from './steer.ts';
import { summary, summaryList } from './summary.ts';
import type { View } from './view.ts';

export const views: { [N in CardName]: View<Models[N]> } = {
  start,
  'plan-review': planReview,
  'plan-fix': planFix,
  'plan-difference': planDifference,
  welcome,
  invitation,
  reminder,
  'rating-page': ratingPage,
  receipt,
  'survey-over': surveyOver,
  deadline,
  status,
  'status-page': statusPage,
  'due-over': dueOver,
  fix,
  'fix-page': fixPage,
  overdue,
  digest,
  'digest-list': digestList,
  summary,
  'summary-list': summaryList,
  notice,
  help,
  plan,
  'status-list': statusList,
  surveys,
  home,
  seat,
  live,
  activity,
  audit,
  confirm,
  'round-plan': roundPlan,
  'round-page': roundPage,
  'extend-page': extendPage,
  'people-page': peoplePage,
  'snooze-page': snoozePage,
  approve,
  calendar,
  settings,
  members,
  'members-page': membersPage,
  'sending-page': sendingPage,
  'council-page': councilPage,
  groups,
};
export type { View };
