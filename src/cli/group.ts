/** `rond group import`, `rond group list`. */

import type { Command } from 'commander';
import { openStore } from '../compose.ts';
import { configured } from './configured.ts';
import { readGroup, saveImported } from './import-group.ts';
import { rondTime } from './now.ts';

export function groupCommand(program: Command): void {
  const group = program.command('group').description('working groups');

  group
    .command('import')
    .description('take in a group: its charter, members, channels and timetable; again after a change')
    .argument('<file>', 'group file (.yaml); its plan is looked for beside it')
    .option('--json', 'print one JSON document')
    .action(async (file: string, flags: { json?: boolean }) => {
      const config = configured();
      const opened = await openStore(config);
      try {
        const now = await rondTime(opened.store, config);
        const read = await readGroup(file, now);
        const kept = await saveImported(opened.store, read, now);
        const { key, name, members, activities } = read.group;
        if (flags.json) {
          const counts = { members: members.length, activities: activities.length };
          const result = { key, name, ...counts, warnings: read.warnings, kept };
          console.log(JSON.stringify(result, null, 2));
          return;
        }
        console.log(`${name} (${key}): ${members.length} members, ${activities.length} activities.`);
        for (const { line, message } of read.warnings) console.log(`  line ${line}: ${message}`);
        for (const { field, name, inFile, stays } of kept)
          console.log(
            field === 'member'
              ? stays === ''
                ? `  ${name}: stays out of the group, as removed in the chat; the file still names them. Add them in the chat if they are to come back.`
                : `  ${name}: stays in the group, as added in the chat; the file does not name them.`
              : `  ${name === null ? field : `${field} of ${name}`}: stays ${stays}, as set in the chat; the file still says ${inFile}.`,
          );
        console.log(`See what will be sent: rond preview ${key}`);
      } finally {
        await opened.close();
      }
    });

  group
    .command('list')
    .description('the groups that are taken in')
    .option('--json', 'print one JSON document')
    .action(async (flags: { json?: boolean }) => {
      const opened = await openStore(configured());
      try {
        const groups = await opened.store.groups.list();
        if (flags.json) console.log(JSON.stringify(groups));
        else if (groups.length === 0) console.log('No groups yet. Take one in with: rond group import FILE.yaml');
        else for (const { key, name } of groups) console.log(`${key}\t${name}`);
      } finally {
        await opened.close();
      }
    });
}
