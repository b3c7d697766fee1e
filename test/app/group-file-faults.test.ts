/** What is wrong in a group file is said in words that whoever writes one understands, with the line. */

import { expect, test } from 'vitest';
import { readGroupFile } from '../../src/app/group-file.ts';

const text = `key: vardplan
name: 2022
charter: decided on paper
timeZone: Europe/Stockholm
country: SE
language: svenska
colour: blue
members:
  - name: Ada Lund
    organisation: Region Syd
    role: boss
plan: plan.md
`;

test('every fault is told with its line, in words', () => {
  const read = readGroupFile(text);
  if (read.ok) throw new Error('it was read');
  expect(read.faults.map(({ line, where, message }) => `${line} ${where} ${message}`)).toEqual([
    '1 file is not read: colour. Remove it, or look for a slip of the pen',
    '2 name should be text',
    '3 charter should be several keys, each on a line of its own',
    '6 language is one of: sv, nb, en, fi',
    '9 members.0.constituency is missing',
    '11 members.0.role is one of: client, owner, convenor, deputy, member, observer',
  ]);
});
