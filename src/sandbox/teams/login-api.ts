import express, { Router } from 'express';
import type { Issuer } from './issuer.ts';

/** Where the bot fetches keys (to check us) and tokens (to be let in): Entra ID and the Bot Framework's metadata. */
export function loginApi(issuer: Issuer, baseUrl: string): Router {
  const router = Router();
  router.get('/.well-known/openidconfiguration', (_request, response) => {
    response.json({
      issuer: issuer.name,
      jwks_uri: `${baseUrl}/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    });
  });
  router.get('/keys', (_request, response) => {
    response.json(issuer.keys());
  });
  router.get('/login/:tenant/v2.0/.well-known/openid-configuration', (request, response) => {
    const authority = `https://login.microsoftonline.com/${request.params.tenant}`;
    response.json({
      issuer: `${authority}/v2.0`,
      authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
      token_endpoint: `${authority}/oauth2/v2.0/token`,
      jwks_uri: `${authority}/discovery/v2.0/keys`,
    });
  });
  router.post('/login/:tenant/oauth2/v2.0/token', express.urlencoded({ extended: false }), (request, response) => {
    const form = (request.body ?? {}) as Record<string, unknown>;
    const refuse = (status: number, error: string, description: string) =>
      response.status(status).json({ error, error_description: description, error_codes: [], correlation_id: '' });
    if (form.grant_type !== 'client_credentials') {
      refuse(400, 'unsupported_grant_type', 'AADSTS70003: client_credentials only.');
    } else if (form.client_id !== issuer.appId()) {
      refuse(400, 'unauthorized_client', 'AADSTS700016: the application was not found in the directory.');
    } else if (form.client_secret !== issuer.password()) {
      refuse(401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.');
    } else if (!String(form.scope).split(' ').includes('https://api.botframework.com/.default')) {
      refuse(400, 'invalid_scope', 'AADSTS70011: the scope is not valid.');
    } else {
      const { token, seconds } = issuer.grant();
      response.json({ token_type: 'Bearer', expires_in: seconds, ext_expires_in: seconds, access_token: token });
    }
  });
  return router;
}
