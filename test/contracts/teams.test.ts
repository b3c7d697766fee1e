import { openTeamsBench } from '../adapters/teams/bench.ts';
import { chatPlatformContract } from './chat-platform.ts';

chatPlatformContract('teams', async (inbox) => {
  const bench = await openTeamsBench({ inbox });
  return {
    ...bench,
    newChannel: { ...bench.channel, id: '19:steering@thread.tacv2', name: 'Styrgrupp' },
    throttled: {
      fault: { on: 'send', how: 'status', status: 429, after: false, headers: { 'retry-after': '3' } },
      afterMs: 3000,
    },
    refusals: [
      {
        name: 'the person has blocked Rond',
        code: 'blocked',
        fault: {
          on: 'send',
          how: 'status',
          status: 403,
          after: false,
          body: { errorCode: 209, message: '{"subCode":"MessageWritesBlocked","details":null}' },
        },
      },
      {
        name: 'the app is not installed',
        code: 'not-installed',
        fault: {
          on: 'send',
          how: 'status',
          status: 403,
          after: false,
          body: { error: { code: 'BotNotInConversationRoster', message: 'no' } },
        },
      },
    ],
    files: bench.wire,
    redeliver: async () => {
      await bench.wire.redeliver();
    },
  };
});
