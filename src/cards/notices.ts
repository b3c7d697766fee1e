/** Short answers that are not about any one card: "closed", "not yours", "try again". */

import type { Language } from '../domain/group.ts';
import type { NoticeModel } from './models.ts';
import { say } from './words.ts';

export const noticeCodes = [
  'closed',
  'not-member',
  'not-yours',
  'already',
  'answered',
  'unknown-card',
  'try-again',
  'saved',
  'parked',
  'convenor-only',
  'admin-only',
  'personal-only',
  'unknown-command',
] as const;
export type NoticeCode = (typeof noticeCodes)[number];

/** As a card: heading and sentence. The sentence alone is `say(language, 'notice.<code>')`. */
export function noticeFor(code: NoticeCode, language: Language): NoticeModel {
  return { title: say(language, `notice.${code}.title`), text: say(language, `notice.${code}`) };
}
