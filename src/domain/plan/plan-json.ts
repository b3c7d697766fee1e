import type { Plan, PlanWarning } from './plan.ts';

export type PlanJson = {
  decided: string | null;
  activities: {
    title: string;
    owners: 'all' | string[];
    due: ({ on: string } | { from: string; to: string })[];
    ongoing: boolean;
    optional: boolean;
    links: string[];
    line: number;
  }[];
  warnings: PlanWarning[];
};

/** The plan as `rond plan read --json` prints it: dates as ISO text. */
export function planToJson(plan: Plan): PlanJson {
  return {
    decided: plan.decided?.toString() ?? null,
    activities: plan.activities.map(({ title, owners, due, ongoing, optional, links, line }) => ({
      title,
      owners,
      due: due.map((point) =>
        'on' in point ? { on: point.on.toString() } : { from: point.from.toString(), to: point.to.toString() },
      ),
      ongoing,
      optional,
      links,
      line,
    })),
    warnings: plan.warnings.map(({ code, message, line }) => ({ code, message, line })),
  };
}
