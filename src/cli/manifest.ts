/** `rond manifest teams`, `rond manifest slack`: what each platform must know of the app before it can be installed. */

import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { slackManifest } from '../adapters/slack/manifest.ts';
import { Exit } from './exit.ts';
import type { TeamsAppOptions } from './manifest/teams-package.ts';

type TeamsFlags = Omit<TeamsAppOptions, 'appId' | 'websiteUrl' | 'privacyUrl' | 'termsOfUseUrl'> & {
  appId?: string;
  appVersion?: string;
  website?: string;
  privacy?: string;
  terms?: string;
  out: string;
  json?: boolean;
};

export function manifestCommand(program: Command): void {
  const manifest = program.command('manifest').description('what Teams and Slack need to install Rond');

  manifest
    .command('teams')
    .description('write the app package (.zip) that an administrator uploads to Teams')
    .requiredOption('--domain <domain>', 'where Rond answers, as bot.example.org')
    .requiredOption('--out <file>', 'the package to write, as rond.zip')
    .option('--app-id <guid>', "the bot registration's application id (default: TEAMS_APP_ID)")
    .option('--app-version <x.y.z>', 'higher than the one before, when the app is updated', '1.0.0')
    .option('--organisation <name>', 'who runs Rond, as shown in Teams')
    .option('--website <url>', 'your page about Rond (default: the one Rond serves)')
    .option('--privacy <url>', 'your privacy notice (default: the one Rond serves)')
    .option('--terms <url>', 'your terms of use (default: the ones Rond serves)')
    .option('--json', 'print one JSON document')
    .action(async (flags: TeamsFlags) => {
      const { teamsApp, zipped } = await import('./manifest/teams-package.ts');
      const { teamsFaults } = await import('./manifest/teams-faults.ts');
      const appId = flags.appId ?? process.env.TEAMS_APP_ID?.trim();
      if (!appId) throw new Exit(2, 'Which bot is it for? Give --app-id, or set TEAMS_APP_ID.');
      const app = teamsApp({
        appId,
        domain: flags.domain,
        ...(flags.appVersion ? { version: flags.appVersion } : {}),
        ...(flags.organisation ? { organisation: flags.organisation } : {}),
        ...(flags.website ? { websiteUrl: flags.website } : {}),
        ...(flags.privacy ? { privacyUrl: flags.privacy } : {}),
        ...(flags.terms ? { termsOfUseUrl: flags.terms } : {}),
      });
      const faults = teamsFaults(app);
      if (faults.length > 0) {
        const lines = faults.map(({ file, where, problem }) => `  ${file}: ${where} ${problem}`);
        throw new Exit(2, `Teams would refuse this package; nothing was written.\n${lines.join('\n')}`);
      }
      const zip = zipped(app);
      await writeFile(flags.out, zip).catch((error: NodeJS.ErrnoException) => {
        throw new Exit(2, `${flags.out} cannot be written (${error.code}).`);
      });
      if (flags.json) {
        const said = { file: flags.out, bytes: zip.length, appId, domain: flags.domain, version: app.manifest.version };
        return console.log(JSON.stringify(said, null, 2));
      }
      console.log(`${flags.out} (${Math.ceil(zip.length / 1024)} KB): app ${appId} on ${flags.domain}.`);
      console.log('Upload it in the Teams admin centre: Teams apps → Manage apps → Upload new app.');
    });

  manifest
    .command('slack')
    .description('print the manifest to paste at api.slack.com/apps → Create New App → From a manifest')
    .option('--url <url>', 'where Slack reaches Rond, as https://bot.example.org')
    .option('--socket', 'Socket Mode: Rond calls Slack, no public address is needed')
    .option('--json', 'nothing but the manifest (this is the default)')
    .action((flags: { url?: string; socket?: boolean }) => {
      if (Boolean(flags.url) === Boolean(flags.socket)) {
        throw new Exit(2, 'Give either --url https://…, or --socket when Rond has no public address.');
      }
      if (flags.url && !/^https:\/\/[^/?#]+\/?$/.test(flags.url)) {
        throw new Exit(
          2,
          `--url ${JSON.stringify(flags.url)}: Slack takes https only, and no path, as https://bot.example.org.`,
        );
      }
      console.log(JSON.stringify(slackManifest(flags.url ?? null), null, 2));
    });
}
