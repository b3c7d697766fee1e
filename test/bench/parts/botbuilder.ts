/** What Teams submissions are measured against: the Bot Framework SDK as its samples show it, with an answer and nothing else. */

import type { AddressInfo } from 'node:net';
import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import express from 'express';
import { given, ready } from './part.ts';

const { appId, password, issuer, openIdMetadataUrl } = given<{
  appId: string;
  password: string;
  issuer: string;
  openIdMetadataUrl: string;
}>();

class Echo extends ActivityHandler {
  override async onAdaptiveCardInvoke() {
    return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: {} };
  }
}

const adapter = new CloudAdapter(
  new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: appId,
    MicrosoftAppPassword: password,
    MicrosoftAppType: 'MultiTenant',
    // Once one of these is given, all must be: only the issuer and where its keys are differ from the usual.
    ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: issuer,
    ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadataUrl,
    OAuthUrl: 'https://api.botframework.com',
    CallerId: 'urn:botframework:azure',
    ValidateAuthority: 'true',
  }),
);
const bot = new Echo();
const web = express();
web.use(express.json());
web.post('/api/messages', (request, response) => adapter.process(request, response, (context) => bot.run(context)));
const server = web.listen(0, '127.0.0.1', () => ready({ port: (server.address() as AddressInfo).port }));
