import { setTimeout as sleep } from 'node:timers/promises';
import { partitionOf } from '@learnamp/bus';
import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { createDraw, type Draw } from '../../provisioning/simulation/draw.ts';
import { aSendersOrganisation, type Comparison, SendersLog, startSenders } from '../acknowledged/senders-log.ts';
import { onCluster, type OnCluster } from './on-cluster.ts';

const KILLS = 12;
const LIFE_MS = { least: 500, most: 3_000 };
/** The others stand still for so long, with one left that leads. */
const ALONE_MS = 2_000;

/** One broker after the other is killed in the middle of its work, in turn the one that leads, the controller, and any. */
export async function threeBrokers(run: CampaignRun): Promise<Measurement> {
  const count = run.part(KILLS);
  return onCluster(undefined, async (stage) => {
    const draw = createDraw(run.seed);
    const { sent, acknowledged, lost, twice, overtaking } = await whileSending(stage, async () => {
      for (let kill = 0; kill < count; kill += 1) {
        run.progress(`${kill} of ${count} kills`);
        await sleep(LIFE_MS.least + draw.below(LIFE_MS.most - LIFE_MS.least));
        await killOne(stage, await victimOf(stage, kill, draw));
      }
      run.progress('the leader alone');
      await killAlone(stage);
    });
    return {
      measured:
        `${lost} of ${acknowledged} acknowledged are lost and ${overtaking} out of order after ${count} kills ` +
        `and one of a leader whose followers stood still, ${twice} written twice`,
      ok: lost === 0 && overtaking === 0 && acknowledged === sent && acknowledged > 0,
    };
  });
}

/** That a leader dies whose followers stand still is enough for it. */
export const threeBrokersCatch =
  (variant: string): CampaignRow['measure'] =>
  () =>
    onCluster(variant, async (stage) => {
      const { lost, acknowledged } = await whileSending(stage, () => killAlone(stage));
      return { measured: `${lost} of ${acknowledged} acknowledged are lost`, ok: lost > 0 };
    });

async function whileSending({ bus }: OnCluster, act: () => Promise<void>): Promise<Comparison> {
  const log = new SendersLog(bus);
  const senders = startSenders(log);
  await act();
  await senders.stop();
  return log.compare(bus);
}

async function victimOf({ cluster, name, partitions }: OnCluster, kill: number, draw: Draw): Promise<number> {
  if (kill % 3 === 0) return cluster.leaderOf(name, draw.below(partitions));
  if (kill % 3 === 1) return cluster.controller();
  return draw.from(cluster.nodes)?.id ?? 1;
}

async function killOne({ cluster }: OnCluster, id: number): Promise<void> {
  const node = cluster.node(id);
  await node.kill();
  await node.restart();
  await cluster.inSync();
}

/** What only the leader has dies with it: the others have to be asked for their copies before anything counts as taken. */
async function killAlone(stage: OnCluster): Promise<void> {
  const { cluster, name, partitions } = stage;
  const partition = partitionOf(aSendersOrganisation, partitions);
  const leader = await cluster.leaderOf(name, partition);
  const others = cluster.nodes.filter(({ id }) => id !== leader);
  for (const other of others) other.standStill();
  await sleep(ALONE_MS);
  const node = cluster.node(leader);
  await node.kill();
  for (const other of others) other.goOn();
  // Only when another one leads: what it has is what there is.
  while ((await cluster.leaderOf(name, partition).catch(() => leader)) === leader) await sleep(100);
  await node.restart();
  await cluster.inSync();
}
