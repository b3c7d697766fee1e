/** What a convenor should look at before a plan runs. Each check is a sentence with its remedy. */

import { suggestKind } from './kind.ts';
import { type Named, resolveOwner } from './owners.ts';
import { firstDay, lastDay, type PlanActivity, type PlanWarning } from './plan.ts';

export type LintFacts = {
  /** Before this day is past; null leaves the check out. */
  today: Temporal.PlainDate | null;
  /** Names in the plan are looked up here; null leaves the check out. */
  members: readonly Named[] | null;
};

export function lintActivities(activities: readonly PlanActivity[], facts: LintFacts): PlanWarning[] {
  return [
    ...activities.flatMap((activity) => [...missing(activity), ...backwards(activity), ...past(activity, facts.today)]),
    ...activities.flatMap((activity) => owners(activity, facts.members)),
    ...duplicates(activities),
    ...clashes(activities),
  ];
}

/** A title short enough to sit in a sentence. */
export function quoted(title: string): string {
  const characters = [...title];
  return `"${characters.length > 60 ? `${characters.slice(0, 59).join('').trimEnd()}…` : title}"`;
}

const longestTitle = 1000;

function missing({ title, owners, due, ongoing, line }: PlanActivity): PlanWarning[] {
  const found: PlanWarning[] = [];
  if (owners.length === 0)
    found.push({
      code: 'no-owner',
      message: `${quoted(title)} has no owner: name somebody, or write Alla for everyone.`,
      line,
    });
  if (due.length === 0 && !ongoing)
    found.push({
      code: 'no-date',
      message: `${quoted(title)} has no date that could be read: give it one, or write löpande (ongoing).`,
      line,
    });
  if (title.length > longestTitle)
    found.push({
      code: 'long-title',
      message: `${quoted(title)} is ${title.length} characters long: move the description out of the title, as a card shows only its beginning.`,
      line,
    });
  return found;
}

function backwards({ title, due, line }: PlanActivity): PlanWarning[] {
  return due.flatMap((point) =>
    Temporal.PlainDate.compare(firstDay(point), lastDay(point)) > 0
      ? [
          {
            code: 'window-backwards' as const,
            message: `${quoted(title)} ends on ${lastDay(point)}, before it begins on ${firstDay(point)}: swap the dates or write their years; the window is not run as it stands.`,
            line,
          },
        ]
      : [],
  );
}

function past({ title, due, line }: PlanActivity, today: Temporal.PlainDate | null): PlanWarning[] {
  if (!today) return [];
  const gone = due.map(lastDay).filter((day) => Temporal.PlainDate.compare(day, today) < 0);
  if (gone.length === 0) return [];
  const days = gone.join(', ');
  const said =
    gone.length === 1
      ? `${days} is past, so nothing is sent for it; move the date if it still applies.`
      : `${days} are past, so nothing is sent for them; move the dates if they still apply.`;
  return [
    {
      code: 'past',
      message: `${quoted(title)}: ${said}`,
      line,
    },
  ];
}

function owners({ title, owners, line }: PlanActivity, members: readonly Named[] | null): PlanWarning[] {
  if (!members || owners === 'all') return [];
  return owners.flatMap((owner): PlanWarning[] => {
    const found = resolveOwner(owner, members);
    if (found.is === 'one') return [];
    if (found.is === 'none')
      return [
        {
          code: 'unknown-owner',
          message: `${quoted(title)} names ${quoted(owner)}, who is no member: add the member or correct the name.`,
          line,
        },
      ];
    const names = found.candidates.map(({ name }) => name);
    return [
      {
        code: 'ambiguous-owner',
        message: `${quoted(title)} names ${quoted(owner)}, who may be ${names.slice(0, -1).join(', ')} or ${names.at(-1)}: write the full name.`,
        line,
      },
    ];
  });
}

function duplicates(activities: readonly PlanActivity[]): PlanWarning[] {
  const seen = new Map<string, number>();
  return activities.flatMap(({ title, line }): PlanWarning[] => {
    const same = title.normalize('NFC').toLowerCase();
    const first = seen.get(same);
    if (first === undefined) seen.set(same, line);
    if (first === undefined) return [];
    const message = `${quoted(title)} stands on line ${first} too: delete one of the rows, or make the titles differ.`;
    return [{ code: 'duplicate-row', message, line }];
  });
}

/** Trying a survey out needs days before it goes to everybody. */
function clashes(activities: readonly PlanActivity[]): PlanWarning[] {
  const ofKind = (kind: string) => activities.filter(({ title, due }) => suggestKind(title, due) === kind);
  const launches = ofKind('collection').flatMap((launch) =>
    launch.due.slice(0, 1).map((due) => ({ launch, day: firstDay(due) })),
  );
  return ofKind('pilot').flatMap((pilot) => {
    const end = pilot.due.map(lastDay).sort(Temporal.PlainDate.compare).at(-1);
    if (!end) return [];
    // With several collections only the same day is sure to be the same survey.
    const clash = launches.find(({ day }) => {
      const order = Temporal.PlainDate.compare(end, day);
      return order === 0 || (order > 0 && launches.length === 1);
    });
    if (!clash) return [];
    const when = end.equals(clash.day) ? `the same day, ${end}` : `on ${clash.day}, before that is due on ${end}`;
    return [
      {
        code: 'clash' as const,
        message: `${quoted(pilot.title)} leaves no time to change anything: ${quoted(clash.launch.title)} (line ${clash.launch.line}) opens ${when}. Move one of them.`,
        line: pilot.line,
      },
    ];
  });
}
