/** An activity without an owner or a date, and the page where the convenor mends it. */

import { faults } from '../fault-words.ts';
import type { FixModel, FixPageModel } from '../models.ts';
import { choiceSpace, clip } from '../text.ts';
import { behind } from './behind.ts';
import type { View } from './view.ts';

export const fix: View<FixModel> = (model, voice) => ({
  ref: model.ref,
  group: model.group,
  activity: model.activity,
  missing: model.missing.map((what) => ({ text: voice.say(`fix.missing.${what}`) })),
  count: model.unknownOwners.length,
  names: voice.list(model.unknownOwners),
  unknown: unknownOwners(model, voice),
});

function unknownOwners({ unknownOwners: names }: FixModel, voice: Parameters<typeof fix>[1]): string {
  if (names.length === 0) return '';
  return voice.say('fix.unknownOwners', { count: names.length, names: voice.list(names) });
}

export const fixPage: View<FixPageModel> = (model, voice) => ({
  ref: model.ref,
  back: behind({ on: 'fix' }, 'fix.back', model.ref),
  group: model.group,
  activity: model.activity,
  unknown: unknownOwners(model, voice),
  choosesOwner: model.missing.includes('owner') && model.people.length > 0,
  writesOwner: model.missing.includes('owner') && model.people.length === 0,
  needsDate: model.missing.includes('date'),
  errorCount: Object.keys(model.errors).length,
  ...faults(model.errors, ['owner', 'date'], voice),
  owner: model.values.owner,
  date: model.values.date,
  people: model.people.map((person) => ({ title: clip(person.name, choiceSpace), value: person.key })),
});
