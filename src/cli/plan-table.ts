/** A plan for a person at a terminal. */

import { dueKey, type Plan, type PlanActivity } from '../domain/plan/plan.ts';

const widest = 56;

/** The activities in columns, then what to look at, by line. */
export function planTable({ decided, activities, warnings }: Plan): string {
  const head = decided ? `Decided ${decided}.` : 'No decision date.';
  const rows = [
    ['Line', 'Activity', 'Owners', 'Due'],
    ...activities.map((activity) => [String(activity.line), activity.title, ownersOf(activity), dueOf(activity)]),
  ].map((row) => row.map(clip));
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
  const table = rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(cell))))
      .join('  ')
      .trimEnd(),
  );
  const look = warnings.map(({ code, message, line }) => `  line ${line}, ${code}: ${message}`);
  const toLook = warnings.length === 0 ? ['Nothing to look at.'] : [`To look at (${warnings.length}):`, ...look];
  return `${[`${head} ${activities.length} ${activities.length === 1 ? 'activity' : 'activities'}.`, '', ...table, '', ...toLook].join('\n')}\n`;
}

function ownersOf({ owners }: PlanActivity): string {
  return owners === 'all' ? 'all' : owners.join(', ') || '–';
}

function dueOf({ due, ongoing, optional }: PlanActivity): string {
  const dates = due.map((point) => dueKey(point).replace('/', ' – ')).join(', ');
  return [dates, ongoing ? 'ongoing' : '', optional ? 'optional' : ''].filter((part) => part).join(', ') || '–';
}

function clip(cell: string): string {
  const characters = [...cell];
  return characters.length > widest ? `${characters.slice(0, widest - 1).join('')}…` : cell;
}

function width(cell: string): number {
  return [...cell].length;
}
