/** A group's YAML file → Group. Every fault is listed with its line. */

import { isMap, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Holidays } from '../domain/calendar.ts';
import { activityKinds, type Group, languages, type Member, platforms, roles } from '../domain/group.ts';
import { readPlan } from '../domain/plan/read-plan.ts';
import { toActivities } from '../domain/plan/to-activities.ts';
import { catalogues, instrument, instruments } from '../library/library.ts';
import type { SourceDocument } from '../ports/documents.ts';

const zone = z.string().refine(isTimeZone, 'is not a time zone; write it as Europe/Stockholm');
const country = z.string().regex(/^[A-Z]{2}$/, 'is two capital letters, such as SE');
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is a date written 2022-09-23');
const words = z.string().trim().min(1, 'must not be empty').max(200, 'is longer than 200 characters');
const teamsIdentity = z.strictObject({ tenant: words, user: words });
const slackIdentity = z.strictObject({ team: words, user: words });

const MemberFile = z.strictObject({
  name: words,
  organisation: words,
  constituency: words,
  country: country.optional(),
  language: z.enum(languages).optional(),
  role: z.enum(roles).default('member'),
  timeZone: zone.optional(),
  teams: teamsIdentity.optional(),
  slack: slackIdentity.optional(),
  prefer: z.enum(platforms).optional(),
});

const ChannelFile = z.strictObject({
  platform: z.enum(platforms),
  tenant: words,
  id: words,
  name: words,
});

export const GroupFile = z.strictObject({
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'is made of small letters, digits and hyphens'),
  name: words,
  charter: z.strictObject({ client: words, owner: words, decided: day }),
  timeZone: zone,
  country,
  language: z.enum(languages),
  hour: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is a time written 09:00')
    .default('09:00'),
  periods: z.strictObject({ now: words, coming: words }).optional(),
  members: z.array(MemberFile).min(1, 'needs at least one member'),
  channels: z.strictObject({ group: ChannelFile.optional(), steering: ChannelFile.optional() }).default({}),
  /** Path of the plan, from where the group file is. */
  plan: words,
  activities: z
    .array(
      z.strictObject({
        title: words,
        kind: z.enum(activityKinds).optional(),
        instrument: z.enum(instruments().map(({ key }) => key)).optional(),
        /** The list to rate; the instrument's own unless set. */
        catalogue: z.enum(catalogues().map(({ key }) => key)).optional(),
        parked: z.boolean().optional(),
      }),
    )
    .default([]),
});
export type GroupFile = z.infer<typeof GroupFile>;

const shapes: Record<string, string> = {
  string: 'text',
  array: 'a list, each item on a line that begins with "- "',
  object: 'several keys, each on a line of its own',
  boolean: 'true or false',
};

/** What the library says in a programmer's words; undefined leaves it as it is. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined || issue.input === null) return 'is missing';
      return `should be ${shapes[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return issue.input === undefined ? 'is missing' : `is one of: ${issue.values.join(', ')}`;
    case 'unrecognized_keys':
      return `is not read: ${issue.keys.join(', ')}. Remove it, or look for a slip of the pen`;
    default:
      return undefined;
  }
}

export type Fault = { line: number; where: string; message: string };

/** Reads the file's text; faults carry 1-based lines. */
export function readGroupFile(text: string): { ok: true; file: GroupFile } | { ok: false; faults: Fault[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'core', uniqueKeys: true });
  if (document.errors.length > 0) {
    const faults = document.errors.map((error) => ({
      line: lines.linePos(error.pos[0]).line,
      where: 'YAML',
      message: error.message.split('\n')[0] ?? 'cannot be read',
    }));
    return { ok: false, faults };
  }
  const lineOf = (path: PropertyKey[]) => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = length === 0 ? document.contents : (document.getIn(path.slice(0, length), true) as Node | undefined);
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  if (!isMap(document.contents)) {
    return {
      ok: false,
      faults: [{ line: 1, where: 'file', message: 'is not a group file: it should start with "key: …"' }],
    };
  }
  // maxAliasCount guards against a file that unfolds into gigabytes.
  const parsed = GroupFile.safeParse(document.toJS({ maxAliasCount: 20 }), { error: inWords });
  const faults = parsed.success
    ? crossChecks(parsed.data)
    : parsed.error.issues.map((issue) => ({ path: issue.path, message: issue.message }));
  if (parsed.success && faults.length === 0) return { ok: true, file: parsed.data };
  return {
    ok: false,
    faults: faults
      .map(({ path, message }) => ({ line: lineOf(path), where: path.join('.') || 'file', message }))
      .sort((one, other) => one.line - other.line),
  };
}

function crossChecks(file: GroupFile): { path: PropertyKey[]; message: string }[] {
  const faults: { path: PropertyKey[]; message: string }[] = [];
  const convenors = file.members.filter((member) => member.role === 'convenor');
  if (convenors.length !== 1) {
    faults.push({
      path: ['members'],
      message: `needs exactly one member with role: convenor; there are ${convenors.length}`,
    });
  }
  const seen = new Map<string, number>();
  file.members.forEach((member, index) => {
    if (!member.teams && !member.slack) {
      faults.push({
        path: ['members', index],
        message: `${member.name} has neither a teams nor a slack identity; add one, or Rond cannot reach them`,
      });
    }
    if (member.prefer && !member[member.prefer]) {
      faults.push({
        path: ['members', index, 'prefer'],
        message: `is ${member.prefer}, but there is no ${member.prefer} identity`,
      });
    }
    for (const identity of identitiesOf(member)) {
      const id = `${identity.platform} ${identity.tenant} ${identity.user}`;
      const other = seen.get(id);
      if (other !== undefined) {
        faults.push({
          path: ['members', index],
          message: `has the same ${identity.platform} identity as member ${other + 1}`,
        });
      }
      seen.set(id, index);
    }
  });
  return faults;
}

function identitiesOf(member: GroupFile['members'][number]): Member['identities'] {
  const teams = member.teams
    ? [{ platform: 'teams' as const, tenant: member.teams.tenant, user: member.teams.user }]
    : [];
  const slack = member.slack
    ? [{ platform: 'slack' as const, tenant: member.slack.team, user: member.slack.user }]
    : [];
  return member.prefer === 'slack' ? [...slack, ...teams] : [...teams, ...slack];
}

export type GroupImport =
  | { ok: true; group: Group; warnings: { code: string; message: string; line: number }[] }
  | { ok: false; message: string };

/** The file and its plan together. `now` is when Rond begins to run it. */
export function groupOf(file: GroupFile, plan: SourceDocument, now: Temporal.Instant, holidays: Holidays): GroupImport {
  const members = membersOf(file);
  const decided = Temporal.PlainDate.from(file.charter.decided);
  const read = readPlan(plan, { decided, members, isHoliday: (date) => holidays(file.country, date) });
  if (!read.ok) return { ok: false, message: read.message };
  const { activities, warnings } = withSettings(file, toActivities(read.plan, members));
  return {
    ok: true,
    warnings: [...read.plan.warnings, ...warnings],
    group: {
      key: file.key,
      name: file.name,
      client: file.charter.client,
      owner: file.charter.owner,
      decidedOn: decided,
      language: file.language,
      timeZone: file.timeZone,
      country: file.country,
      hour: Temporal.PlainTime.from(file.hour),
      periods: file.periods ?? { now: String(decided.year), coming: `${decided.year + 1}–${decided.year + 3}` },
      startsAt: now,
      members,
      channels: (['group', 'steering'] as const).flatMap((purpose) => {
        const channel = file.channels[purpose];
        return channel ? [{ purpose, ...channel }] : [];
      }),
      activities,
    },
  };
}

function membersOf(file: GroupFile): Member[] {
  const keys = new Set<string>();
  return file.members.map((member) => {
    const slug = slugOf(member.name);
    let key = slug;
    for (let number = 2; keys.has(key); number += 1) key = `${slug}-${number}`;
    keys.add(key);
    return {
      key,
      name: member.name,
      organisation: member.organisation,
      constituency: member.constituency,
      country: member.country ?? file.country,
      language: member.language ?? file.language,
      role: member.role,
      timeZone: member.timeZone ?? file.timeZone,
      identities: identitiesOf(member),
    };
  });
}

function withSettings(file: GroupFile, activities: Group['activities']) {
  const warnings: { code: string; message: string; line: number }[] = [];
  const settings = new Map(file.activities.map((setting) => [setting.title, setting]));
  for (const title of settings.keys()) {
    if (!activities.some((activity) => activity.title === title)) {
      warnings.push({
        code: 'unknown-activity',
        message: `The group file sets "${title}", which is not in the plan. Copy its title exactly.`,
        line: 1,
      });
    }
  }
  return {
    warnings,
    activities: activities.map((activity) => {
      const setting = settings.get(activity.title);
      if (!setting) return activity;
      const kind = setting.kind ?? activity.kind;
      const asks = setting.instrument ?? (kind === 'collection' ? (activity.instrument ?? 'role-rating') : null);
      return {
        ...activity,
        kind,
        instrument: asks,
        catalogue: asks ? (setting.catalogue ?? instrument(asks).catalogue) : null,
        parked: setting.parked ?? false,
      };
    }),
  };
}

function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'member';
}

function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
