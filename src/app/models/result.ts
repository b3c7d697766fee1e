/** A result that is posted, or waits to be: its figures are kept, and a button leads to all of it where not everything fits. */

import type { ApproveModel } from '../../cards/convenor-models.ts';
import type { SummaryModel } from '../../cards/models.ts';
import type { Group, Language } from '../../domain/group.ts';
import type { Round } from '../../domain/state.ts';
import type { Result } from '../../ports/store.ts';
import { summaryModel } from './rating.ts';

export const resultModel = (group: Group, { key }: Round, result: Result, language: Language): SummaryModel =>
  summaryModel(group, result, language, { group: group.key, round: key, nth: String(result.nth) });

/** As the channels will see it. */
export function approveModel(group: Group, round: Round, result: Result, language: Language): ApproveModel {
  const { key, version = 0 } = round;
  return { ...resultModel(group, round, result, language), ref: group.key, round: key, version };
}
