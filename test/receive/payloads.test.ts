/** Every recorded payload through the real adapters into a real bot: what it is answered with, and what people then see. */

import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CameBack, replay } from '../../src/sandbox/replay.ts';
import { startTestRond, type TestRond } from '../support/rond.ts';

const folder = new URL('../payloads/', import.meta.url);

type Row = {
  status?: number;
  /** What is in the answer, when anything must be. */
  body?: unknown;
  /** What Rond asked of the platform, in order. */
  calls?: (string | RegExp)[];
  /** Who sees what change, and nobody anything else. */
  seen?: [where: string, what: string, text: RegExp][];
};

const jonas = 'jonas-ekdahl';
const tove = 'tove-almgren';
const convenor = 'liv-sandell';
const dialog = ['views.open', 'views.update'];
const posts = /^POST \/v3\/conversations\/.+\/activities$/;
const card = (words: RegExp) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.card.adaptive',
  value: { type: 'AdaptiveCard', fallbackText: expect.stringMatching(words) },
});
const notice = (words: RegExp) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value: expect.stringMatching(words),
});
const unknownButton = { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: 'BadRequest' } };
const toldConvenor: Row = { calls: [posts], seen: [[convenor, 'message', /Ett meddelande kom inte fram/]] };
const nothing: Row = {};

/** In this order: what ends something comes last. Status 200, no answer, no call and nothing to see unless it says so. */
const rows: Record<string, Row> = {
  'slack/url-verification': { body: { challenge: expect.stringMatching(/^3eZbrw/) } },
  'slack/app-home-opened': { calls: ['views.publish'], seen: [[jonas, 'home', /^/]] },
  'slack/app-home-opened-messages': nothing,
  'slack/app-mention': { calls: ['chat.postMessage'], seen: [['#arbetsutskottet', 'message', /^Tidplanen för/]] },
  'slack/message-im': { calls: ['chat.postMessage'], seen: [[jonas, 'message', /^Läget i/]] },
  'slack/message-im-edited': nothing,
  'slack/message-im-own': nothing,
  'slack/slash-command': { seen: [[jonas, 'message', /^Tidplanen för/]] },
  'slack/slash-command-empty': { seen: [[jonas, 'message', /^Rond förstår: hjälp/]] },
  'slack/block-actions-open-survey': { calls: dialog, seen: [[jonas, 'modal', /^Bedöm yrkesroller$/]] },
  'slack/block-actions-ephemeral': { calls: dialog, seen: [[jonas, 'modal', /^Bedöm yrkesroller$/]] },
  // A sentence in a modal: the card is not from any survey.
  'slack/block-actions-old-card': { calls: dialog, seen: [[jonas, 'modal', /^Rond$/]] },
  'slack/block-actions-unknown-verb': { seen: [[jonas, 'message', /^Kortet är gammalt/]] },
  'slack/block-actions-link': nothing,
  // The card it came from is no longer there to be replaced.
  'slack/block-actions-in-thread': { calls: ['chat.update'] },
  'slack/view-submission-without-comment': {
    body: {
      response_action: 'errors',
      errors: { 'comment:arbetsterapeut': expect.stringMatching(/^Skriv kort varför/) },
    },
  },
  'slack/view-submission-last-page-too-early': {
    body: { response_action: 'update', view: { callback_id: 'rond.page', title: { text: 'Bedöm yrkesroller' } } },
  },
  'slack/view-submission-foreign-metadata': nothing,
  'slack/view-closed': nothing,
  'slack/reaction-added': nothing,
  'slack/app-rate-limited': nothing,
  'slack/channel-rename': nothing,
  'slack/member-joined-channel-person': nothing,
  'slack/member-joined-channel-rond': nothing,
  'slack/malformed-event-without-id': { status: 400 },
  'slack/malformed-event-without-type': { status: 400 },
  'slack/malformed-foreign-workspace': nothing,
  'slack/malformed-no-action': { status: 400 },
  'slack/malformed-nobody': { status: 400 },
  'slack/malformed-page-without-view': { status: 400 },
  'slack/malformed-unknown-type': nothing,
  'slack/malformed-value': nothing,

  // Whoever writes in their own chat is asked about once: by which address they may be added.
  'teams/message': { calls: [posts, /^GET .+\/members\//], seen: [[tove, 'message', /^Tidplanen för/]] },
  'teams/message-channel-mention': { calls: [posts], seen: [['#Arbetsgruppen', 'message', /^Tidplanen för/]] },
  'teams/message-edited': nothing,
  'teams/message-reaction': nothing,
  'teams/typing': nothing,
  'teams/invoke-open-survey': { body: card(/sida 1 av/) },
  'teams/invoke-page-without-comment': { body: card(/sida 1 av/) },
  'teams/invoke-plan': { body: card(/^Tidplanen för/) },
  'teams/invoke-old-card': { body: notice(/^Kortet är gammalt/) },
  'teams/invoke-unknown-verb': { body: notice(/^Kortet är gammalt/) },
  'teams/invoke-task-fetch': { body: unknownButton },
  'teams/invoke-other': { body: unknownButton },
  'teams/installation-add': nothing,
  'teams/installation-add-upgrade': nothing,
  'teams/conversation-members-added-person': nothing,
  'teams/conversation-members-added-rond': nothing,
  'teams/conversation-members-removed-person': nothing,
  'teams/conversation-channel-created': nothing,
  'teams/conversation-channel-renamed': nothing,
  'teams/conversation-channel-restored': nothing,
  'teams/conversation-team-renamed': nothing,
  'teams/malformed-channel-id': { status: 400, body: { error: { code: 'BadRequest' } } },
  'teams/malformed-without-type': { status: 400, body: { error: { code: 'BadRequest' } } },
  'teams/malformed-without-conversation': { status: 400, body: { error: { code: 'BadRequest' } } },
  'teams/malformed-service-url': { status: 401, body: { error: { code: 'Unauthorized' } } },
  'teams/malformed-foreign-tenant': { status: 403, body: { error: { code: 'Forbidden' } } },
  'teams/malformed-two-tenants': { status: 403, body: { error: { code: 'Forbidden' } } },
  // Who is not known is told so where the words came from, and that conversation is nobody's.
  'teams/malformed-from-nobody': { calls: [/nobody\/activities$/] },
  'teams/malformed-invoke-empty-value': { body: unknownButton },
  'teams/malformed-invoke-action': { body: unknownButton },
  'teams/malformed-invoke-nested-data': { body: notice(/^Kortet är gammalt/) },

  // Teams before Universal Actions: the page takes the place of the message.
  'teams/message-submit': { calls: [/^PUT .+\/activities\/\d+$/], seen: [[tove, 'replaced', /sida 1 av/]] },
  'slack/channel-archive': toldConvenor,
  'slack/channel-id-changed': nothing,
  'slack/app-uninstalled': toldConvenor,
  'slack/tokens-revoked': nothing,
  'teams/message-deleted': nothing,
  'teams/conversation-channel-deleted': toldConvenor,
  'teams/conversation-members-removed-rond': nothing,
  'teams/conversation-team-archived': toldConvenor,
  'teams/conversation-team-unarchived': nothing,
  // The convenor has heard already that the channel is not there.
  'teams/conversation-team-hard-deleted': nothing,
  'teams/conversation-team-restored': nothing,
  'teams/conversation-team-deleted': toldConvenor,
  'teams/installation-remove': nothing,
};

test('every payload has a row, and every row a payload', () => {
  const files = ['slack', 'teams'].flatMap((platform) =>
    readdirSync(new URL(`${platform}/`, folder)).map((file) => `${platform}/${file.replace(/\.json$/, '')}`),
  );
  expect(Object.keys(rows).toSorted()).toEqual(files.toSorted());
});

/** A page that is ready at once opens as it is; one that takes longer is filled in afterwards. Both are right. */
const isNeeded = (call: string | RegExp) => call !== 'views.update';

describe('a payload comes to', () => {
  let running: TestRond;
  beforeAll(async () => {
    running = await startTestRond({ byItself: false });
    await running.moveTo('2022-10-12T07:30:00Z');
  });
  afterAll(() => running?.close());
  beforeEach(() => running.sandbox.wires.slack.closeDialog('U0JONAS01'));

  const play = (name: string): Promise<CameBack> =>
    replay(readFileSync(new URL(`${name}.json`, folder), 'utf8'), {
      sandbox: running.sandbox,
      botUrl: running.rond.url,
    });

  test.each(Object.entries(rows))('%s', async (name, { status = 200, body = null, calls = [], seen = [] }) => {
    const came = await play(name);
    expect(came.status).toBe(status);
    if (body === null) expect(came.body).toBeNull();
    else expect(came.body).toMatchObject(body as object);
    expect(came.calls.filter(isNeeded)).toEqual(
      calls.filter(isNeeded).map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))),
    );
    expect(came.seen.map(({ where, what, text }) => [where, what, text])).toEqual(
      seen.map(([where, what, text]) => [where, what, expect.stringMatching(text)]),
    );
  });

  test('after all of them, Rond is well', async () => {
    expect((await fetch(`${running.rond.url}/readyz`)).status).toBe(200);
    expect((await play('slack/slash-command')).seen).toEqual([
      { where: jonas, what: 'message', text: expect.stringMatching(/^Tidplanen för/) },
    ]);
  });
});
