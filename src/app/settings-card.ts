/** The group as a whole: when Rond writes, whom it reports to, who has which part; and everybody in it. */

import type { Card } from '../ports/chat.ts';
import { type Chair, chairCard, today } from './convenor.ts';
import { membersModel, settingsModel } from './models/group.ts';

export function settingsCard(chair: Chair, { page = 1, said = '' }: { page?: number; said?: string }): Card {
  const { group, state } = chair.loaded;
  const parts = { group, state, may: chair.may, today: today(chair) };
  return chairCard(chair, 'settings', settingsModel(parts, { page, said }));
}

export function membersCard(chair: Chair, { page = 1, said = '' }: { page?: number; said?: string }): Card {
  return chairCard(chair, 'members', membersModel(chair.loaded.group, chair.may, { page, said }));
}
