import { slackIngest, teamsIngest } from './ingest.ts';
import { setStage } from './stage.ts';
export async function measure(entry: string, args: string[]) {
  const say = console.log;
  let t = performance.now();
  const lap = (what: string) => {
    say(what, Math.round(performance.now() - t));
    t = performance.now();
  };
  const stage = await setStage(entry);
  lap('stage');
  try {
    const o = { entry, rounds: 1, burstMs: 700, connections: 32, say };
    if (!args.includes('teams')) {
      console.dir(await slackIngest(stage, o), { depth: 5 });
      lap('slack');
    }
    if (!args.includes('slack')) {
      console.dir(await teamsIngest(stage, o), { depth: 5 });
      lap('teams');
    }
  } finally {
    await stage.close();
  }
  lap('close');
  process.exit(0);
}
