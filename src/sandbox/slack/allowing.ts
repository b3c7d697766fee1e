/** Slack's own page on which somebody lets the app into their workspace, or does not. */

import { type Request, type Response, Router } from 'express';
import type { Desk } from './desk.ts';

export function allowing({ access, options }: Desk): Router {
  const router = Router();

  router.get('/oauth/v2/authorize', (request: Request, response: Response) => {
    const asked = read(request);
    if (asked.clientId !== access.clientId) return void response.status(400).type('text').send('invalid_client_id');
    if (!isTheBots(asked.redirectUri)) return void response.status(400).type('text').send('bad_redirect_uri');
    const link = (path: string) => {
      const query = new URLSearchParams({ redirect_uri: asked.redirectUri, state: asked.state });
      return `${options.baseUrl}/oauth/${path}?${query}`.replaceAll('&', '&amp;');
    };
    const scopes = asked.scope
      .split(',')
      .map((scope) => `<li>${scope.replaceAll(/[^a-z:_.]/g, '')}</li>`)
      .join('');
    response
      .type('html')
      .send(
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>Allow Rond?</title><main><h1>Rond asks for access</h1>` +
          `<ul>${scopes}</ul><p><a href="${link('allow')}">Allow</a> <a href="${link('cancel')}">Cancel</a></p></main></html>`,
      );
  });
  for (const answer of ['allow', 'cancel'] as const) {
    router.get(`/oauth/${answer}`, (request: Request, response: Response) => {
      const { redirectUri, state } = read(request);
      if (!isTheBots(redirectUri)) return void response.status(400).type('text').send('bad_redirect_uri');
      const back = new URL(redirectUri);
      if (answer === 'allow') back.searchParams.set('code', access.code(redirectUri));
      else back.searchParams.set('error', 'access_denied');
      back.searchParams.set('state', state);
      response.redirect(302, back.href);
    });
  }
  return router;

  /** The app's settings name where the answer may go: to the bot, and nowhere else. */
  function isTheBots(redirectUri: string): boolean {
    return URL.parse(redirectUri)?.origin === new URL(options.botUrl()).origin;
  }
}

function read({ query }: Request) {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '');
  return {
    clientId: text('client_id'),
    redirectUri: text('redirect_uri'),
    scope: text('scope'),
    state: text('state'),
  };
}
