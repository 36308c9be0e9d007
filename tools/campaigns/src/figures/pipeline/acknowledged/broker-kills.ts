import { setTimeout as sleep } from 'node:timers/promises';
import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { createDraw } from '../../provisioning/simulation/draw.ts';
import { theKafka } from '../stage/the-kafka.ts';
import { type BehindProxy, behindProxy } from './behind-proxy.ts';
import { type Comparison, SendersLog, startSenders } from './senders-log.ts';

const KILLS = 20;
const LIFE_MS = { least: 500, most: 3_000 };

/** The one broker is killed in the middle of its work, again and again. */
export async function brokerKills(run: CampaignRun): Promise<Measurement> {
  const count = run.part(KILLS);
  const kafka = await theKafka();
  const draw = createDraw(run.seed);
  const killAll = async () => {
    for (let kill = 1; kill <= count; kill += 1) {
      await sleep(LIFE_MS.least + draw.below(LIFE_MS.most - LIFE_MS.least));
      run.progress(`${kill} of ${count} kills`);
      await kafka.kill();
      await kafka.restart();
    }
  };
  const { sent, acknowledged, lost, twice, overtaking } = await whileSending(undefined, killAll);
  return {
    measured: `${lost} of ${acknowledged} acknowledged are lost and ${overtaking} out of order after ${count} kills, ${twice} written twice`,
    ok: lost === 0 && overtaking === 0 && acknowledged === sent,
  };
}

/** That nothing passes to the broker for a moment is enough for it. */
export const brokerKillsCatch =
  (variant: string): CampaignRow['measure'] =>
  async () => {
    const { lost, acknowledged } = await whileSending(variant, async ({ proxy }) => {
      await sleep(LIFE_MS.least);
      proxy.goAway();
      await sleep(LIFE_MS.least);
      proxy.comeBack();
    });
    return { measured: `${lost} of ${acknowledged} acknowledged are lost`, ok: lost > 0 };
  };

function whileSending(variant: string | undefined, act: (buses: BehindProxy) => Promise<void>): Promise<Comparison> {
  return behindProxy(variant, async (buses) => {
    const log = new SendersLog(buses.bus);
    const senders = startSenders(log);
    await act(buses);
    await senders.stop();
    return log.compare(buses.direct);
  });
}
