/** The order of the files: those that take longest first, so that no process works on alone at the end. */

import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Beginnings of paths; what is not here comes after them, larger files first. */
const long = [
  'test/faults/kill',
  'test/browser/from-nothing/',
  'test/browser/sandbox-page',
  'test/cards/gallery',
  'test/faults/',
  'test/cli/',
  'test/receive/',
  'test/contracts/',
  'test/stories/',
  'test/browser/',
  'test/app/',
  'test/sandbox/',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification) => {
      const path = relative(project.config.root, moduleId).replaceAll('\\', '/');
      const at = long.findIndex((beginning) => path.startsWith(beginning));
      return at < 0 ? long.length : at;
    };
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}
