/** Slack's `view_submission`s: every one another view of another member, signed the moment it is made. */

import { createHmac, randomBytes } from 'node:crypto';
import { inputsOf } from '../../src/domain/rating/inputs.ts';
import { catalogue } from '../../src/library/library.ts';
import { exampleRatings } from '../../src/sandbox/answers.ts';
import { fillIn, inputName } from '../../src/sandbox/slack/typing.ts';
import { post } from './load.ts';
import type { Respondent, Stage } from './stage.ts';

type Block = { block_id?: string; element?: { action_id?: string } };
type View = { private_metadata: string; blocks: never[]; team_id: string } & Record<string, unknown>;

export type Pages = { first: View; last: View };

/** The pages as the sandbox showed them to one member. */
export async function slackPages(stage: Stage): Promise<Pages> {
  const user = stage.respondents.slack.at(-1)?.member.identities[0]?.user;
  return stage.sandbox.call<Pages>('slackPages', user, stage.catalogue);
}

/** The parts that differ from one submission to the next; the letters survive URL encoding as they are. */
const slots = { view: 'ZZVIEWZZ', hash: 'ZZHASHZZ', comment: 'ZZCOMMENTZZ', trigger: 'ZZTRIGGERZZ' };

/** Makes submissions of `view` by every respondent in turn; encoding is done once for each, ids and signature each time. */
export function slackSubmissions(stage: Stage, view: View): () => Buffer {
  const { signingSecret } = stage.credentials.slack;
  const bodies = stage.respondents.slack.map((respondent, index) => cut(bodyOf(stage, view, respondent, index)));
  let count = 0;
  return () => {
    const pieces = bodies[count % bodies.length] as string[];
    count += 1;
    const id = randomBytes(8).toString('hex');
    const filled = [`V${id}`, `1.${id}`, `Vi+saknar+${id}`, `2.${id}`, ''];
    const body = Buffer.from(pieces.map((piece, index) => piece + filled[index]).join(''));
    const stamp = String(Math.floor(Temporal.Now.instant().epochMilliseconds / 1000));
    const mac = createHmac('sha256', signingSecret).update(`v0:${stamp}:`).update(body).digest('hex');
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': stamp,
      'x-slack-signature': `v0=${mac}`,
    };
    return post('/slack/events', headers, body);
  };
}

function bodyOf(stage: Stage, view: View, { member, ref, conversation, message }: Respondent, index: number): string {
  const ratings = exampleRatings(catalogue(stage.catalogue), index, member.language);
  const comment = (view.blocks as Block[]).map(({ block_id, element }) =>
    inputName(block_id ?? '', element?.action_id ?? ''),
  );
  const first = comment.find((name) => name.startsWith('comment:')) ?? '';
  const { values } = fillIn(view.blocks, {}, { ...inputsOf(ratings), [first]: slots.comment });
  const carried = JSON.parse(view.private_metadata) as { s: { verb: string; values: Record<string, string> } };
  const user = member.identities[0]?.user ?? '';
  const payload = {
    type: 'view_submission',
    team: { id: view.team_id, domain: 'sandbox' },
    user: { id: user, username: user.toLowerCase(), name: user.toLowerCase(), team_id: view.team_id },
    api_app_id: 'A0RONDAPP',
    token: 'sandbox',
    trigger_id: slots.trigger,
    view: {
      ...view,
      id: slots.view,
      root_view_id: view.id,
      private_metadata: JSON.stringify({
        s: { ...carried.s, values: { ...carried.s.values, ref } },
        m: { c: conversation, t: message },
      }),
      state: { values },
      hash: slots.hash,
    },
    response_urls: [],
    is_enterprise_install: false,
    enterprise: null,
  };
  // The order in which the slots are filled.
  const { view: shown, trigger_id, ...rest } = payload;
  const { hash, id, ...page } = shown;
  return `payload=${encodeURIComponent(JSON.stringify({ ...rest, view: { id, hash, ...page }, trigger_id }))}`;
}

function cut(body: string): string[] {
  const pieces = body.split(new RegExp(Object.values(slots).join('|')));
  if (pieces.length !== Object.keys(slots).length + 1)
    throw new Error('a page of the survey looks otherwise than expected');
  return pieces;
}
