/** The sandbox as a process of its own, with hands: it presses for its people and says how long they waited. */

import { setTimeout as sleep } from 'node:timers/promises';
import { inputsOf } from '../../../src/domain/rating/inputs.ts';
import { catalogue } from '../../../src/library/library.ts';
import { exampleRatings } from '../../../src/sandbox/answers.ts';
import { startSandbox } from '../../../src/sandbox/server.ts';
import { given, ready } from './part.ts';

const { now } = given<{ now: string }>();
let botUrl = 'http://127.0.0.1:9';
const sandbox = await startSandbox({
  port: 0,
  botUrl: () => botUrl,
  saveTo: null,
  now: Temporal.Instant.from(now),
});

type Platform = 'teams' | 'slack';

const longestMs = 10_000;

/** The message with the button that opens the survey. */
function invitation(platform: Platform, user: string): string {
  const wire = sandbox.wires[platform];
  const found = wire
    .personal(user)
    .find(({ id }) => wire.buttons(user, { message: id }).some((button) => button.verb === 'rate.open'));
  if (!found) throw new Error(`${user} has no invitation`);
  return found.id;
}

/** The modal with a page to hand in; a bot that is late first opens one that says so. */
async function pageOf(user: string) {
  const until = performance.now() + longestMs;
  for (;;) {
    const view = sandbox.wires.slack.dialog(user)?.view;
    if (view?.submit) return view;
    if (performance.now() > until) throw new Error(`the survey did not open for ${user}`);
    await sleep(1);
  }
}

/** Everybody presses at the same moment; milliseconds until each sees the first page. */
async function openAll(platform: Platform, users: string[]): Promise<number[]> {
  const wire = sandbox.wires[platform];
  const waiting = users.map((user) => ({ user, message: invitation(platform, user) }));
  return Promise.all(
    waiting.map(async ({ user, message }) => {
      const from = performance.now();
      const { ok } = await wire.press(user, { message }, { verb: 'rate.open' });
      if (!ok) throw new Error(`the press of ${user} was not taken`);
      if (platform === 'slack') await pageOf(user);
      const waited = performance.now() - from;
      wire.closeDialog(user);
      return waited;
    }),
  );
}

/** Slack's first and last page of the survey, as a submission of that page carries them. */
async function slackPages(user: string, list: string): Promise<{ first: unknown; last: unknown }> {
  const wire = sandbox.wires.slack;
  const inputs = inputsOf(exampleRatings(catalogue(list), 1, 'sv'));
  await wire.press(user, { message: invitation('slack', user) }, { verb: 'rate.open' });
  const view = async () => structuredClone(await pageOf(user));
  const verbOf = (page: { private_metadata?: unknown }) => JSON.parse(String(page.private_metadata)).s?.verb;
  const first = await view();
  let last = first;
  for (let page = 0; page < 20 && verbOf(last) === 'rate.page'; page += 1) {
    await wire.press(user, { dialog: wire.dialog(user)?.id ?? '' }, { verb: 'submit' }, inputs);
    last = await view();
  }
  wire.closeDialog(user);
  return { first, last };
}

ready(
  { url: sandbox.url, credentials: sandbox.credentials(), issuer: sandbox.wires.teams.issuer.save() },
  {
    connect: (url: string) => {
      botUrl = url;
    },
    openAll,
    slackPages,
  },
);
