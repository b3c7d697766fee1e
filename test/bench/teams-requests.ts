/** Teams' `adaptiveCard/action` invokes: every one another activity of another member, with a token of its own. */

import { randomBytes } from 'node:crypto';
import { inputsOf } from '../../src/domain/rating/inputs.ts';
import { pagesOf } from '../../src/domain/rating/pages.ts';
import { catalogue, instrument } from '../../src/library/library.ts';
import { exampleRatings } from '../../src/sandbox/answers.ts';
import { pressed } from '../../src/sandbox/teams/activities.ts';
import { openIssuer } from '../../src/sandbox/teams/issuer.ts';
import { post } from './load.ts';
import type { Respondent, Stage } from './stage.ts';

/** Makes tokens as the Bot Framework does. Signing one takes longer than anything that is measured: made before a burst. */
export function teamsTokens(stage: Stage): () => string {
  const { issuer: name } = stage.credentials.teams.endpoints;
  const issuer = openIssuer(name);
  issuer.load(stage.issuer);
  let count = 0;
  return () => {
    count += 1;
    return issuer.authorization(stage.credentials.teams.endpoints.serviceUrl, { jti: String(count) });
  };
}

/** Submissions of the last page by every respondent in turn. */
export function teamsSubmissions(stage: Stage): (token: string) => Buffer {
  const asked = catalogue(stage.catalogue);
  const pages = pagesOf(asked, instrument('role-rating'));
  const page = pages.length;
  const items = new Set(pages[page - 1]?.map((item) => item.key));
  const { appId, endpoints } = stage.credentials.teams;
  let count = 0;
  return (token) => {
    const index = count % stage.respondents.teams.length;
    count += 1;
    const { member, ref, message } = stage.respondents.teams[index] as Respondent;
    const { platform, tenant, user } = member.identities[0] as Respondent['member']['identities'][0];
    const person = { ...member, platform, tenant, user };
    const all = exampleRatings(asked, count, member.language);
    const inputs = inputsOf(Object.fromEntries(Object.entries(all).filter(([key]) => items.has(key))));
    // An answer that says the same again would be the same answer.
    const comment = Object.keys(inputs).find((name) => name.startsWith('comment:')) ?? '';
    inputs[comment] = `Vi saknar ${randomBytes(8).toString('hex')}`;
    const scene = { appId, serviceUrl: endpoints.serviceUrl, at: '2022-10-12T07:00:00Z' };
    const action = {
      type: 'Action.Execute' as const,
      title: 'OK',
      verb: 'rate.submit',
      data: { ref, page: String(page) },
      inputs: true,
    };
    const activity = pressed(scene, person, null, message, action, inputs);
    const headers = { 'content-type': 'application/json; charset=utf-8', authorization: token };
    return post('/api/messages', headers, Buffer.from(JSON.stringify(activity)));
  };
}
