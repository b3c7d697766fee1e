import { slackBench } from '../adapters/slack/bench.ts';
import { chatPlatformContract } from './chat-platform.ts';

chatPlatformContract('slack', slackBench);
chatPlatformContract('slack over sockets', (inbox) => slackBench(inbox, {}, 'sockets'));
