/** What Slack submissions are measured against: Bolt as its README shows it, with a listener that only acknowledges. */

import type { AddressInfo } from 'node:net';
import { App, ExpressReceiver, LogLevel } from '@slack/bolt';
import { given, ready } from './part.ts';

const { botToken, signingSecret, apiUrl, receiver } = given<{
  botToken: string;
  signingSecret: string;
  apiUrl: string;
  receiver: 'default' | 'express';
}>();

const app = new App({
  token: botToken,
  clientOptions: { slackApiUrl: apiUrl },
  logLevel: LogLevel.ERROR,
  ...(receiver === 'express'
    ? { receiver: new ExpressReceiver({ signingSecret, logLevel: LogLevel.ERROR }) }
    : { signingSecret }),
});
app.view('rond.page', async ({ ack }) => {
  await ack();
});
const server = await app.start({ port: 0, host: '127.0.0.1' });
ready({ port: (server.address() as AddressInfo).port });
