import { setTimeout as sleep } from 'node:timers/promises';
import type { RealKafka } from '@learnamp/testkit';
import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { createDraw, type Draw } from '../../provisioning/simulation/draw.ts';
import { onIngest, type RunningIngest } from '../ingest/running-ingest.ts';
import { theKafka } from '../stage/the-kafka.ts';
import { variantOf } from '../variants.ts';
import { Resending } from './resending.ts';

const NOTIFICATIONS = 30_000;
const LEAST = 400;
const KILLS = 50;
const SECONDS_AWAY = 60;
const LEAST_SECONDS_AWAY = 4;
const ACCEPTED_FOR_A_MISTAKE = 20;
/** How long webhook-ingest lives from its start until it is killed. */
const LIFE_MS = { least: 300, most: 3_000 };

interface Chaos {
  readonly kills: number;
  readonly awaySeconds: number;
  readonly atLeast: number;
}

interface Outcome {
  readonly sent: number;
  readonly accepted: number;
  /** Answered 202, and not in the log. */
  readonly lost: number;
  /** Not in the log, whatever was answered. */
  readonly missing: number;
  readonly resent: number;
  readonly twice: number;
}

/** kill -9 of webhook-ingest and of the broker under a sender that sends again what was not accepted. */
export async function accepted(run: CampaignRun): Promise<Measurement> {
  const chaos = {
    kills: run.part(KILLS),
    awaySeconds: Math.max(run.part(SECONDS_AWAY), LEAST_SECONDS_AWAY),
    atLeast: Math.max(run.part(NOTIFICATIONS), LEAST),
  };
  const { sent, accepted: taken, lost, missing, resent, twice } = await deliver(run, chaos);
  return {
    measured:
      `${lost} of ${taken} accepted are lost, ${missing} of ${sent} sent never came; ${chaos.kills} kills, ` +
      `${chaos.awaySeconds} s without a broker, ${resent} requests sent again, ${twice} notifications came twice`,
    ok: lost === 0 && missing === 0 && taken === sent && resent > 0,
  };
}

/** Where there is no broker at all, whatever is accepted is lost. */
export const acceptedCatch =
  (variant: string): CampaignRow['measure'] =>
  () =>
    onIngest({ variant: variantOf(variant), brokers: '127.0.0.1:1' }, async (ingest) => {
      const sender = new Resending(ingest);
      await sender.finish(ACCEPTED_FOR_A_MISTAKE);
      const { accepted: taken, lost } = compare(sender, await ingest.published());
      return { measured: `${lost} of ${taken} accepted are lost`, ok: lost > 0 };
    });

async function deliver(run: CampaignRun, chaos: Chaos): Promise<Outcome> {
  const kafka = await theKafka();
  return onIngest({}, async (ingest) => {
    const sender = new Resending(ingest);
    const draw = createDraw(run.seed);
    // One after the other: a kill of both at once is a kill of the one that is left.
    await killIngest(ingest, draw, Math.ceil(chaos.kills / 2), run);
    await leaveAlone(kafka, chaos.awaySeconds, run);
    await killIngest(ingest, draw, Math.floor(chaos.kills / 2), run);
    run.progress('waiting for everything to be accepted');
    await sender.finish(chaos.atLeast);
    return compare(sender, await ingest.published());
  });
}

async function killIngest(ingest: RunningIngest, draw: Draw, kills: number, run: CampaignRun): Promise<void> {
  for (let kill = 1; kill <= kills; kill += 1) {
    await sleep(LIFE_MS.least + draw.below(LIFE_MS.most - LIFE_MS.least));
    run.progress(`${kill} of ${kills} kills`);
    if (ingest.service.hasEnded()) throw new Error(`webhook-ingest ended by itself\n${ingest.service.log()}`);
    await ingest.service.kill();
    await ingest.start();
  }
}

async function leaveAlone(kafka: RealKafka, seconds: number, run: CampaignRun): Promise<void> {
  run.progress(`${seconds} s without a broker`);
  await kafka.kill();
  await sleep(seconds * 1_000);
  await kafka.restart();
}

function compare(
  { sent, accepted: taken, resent }: Resending,
  published: Awaited<ReturnType<RunningIngest['published']>>,
) {
  const there = new Set(published.map(({ objectId }) => objectId));
  const absent = (ids: ReadonlySet<string>) => [...ids].filter((id) => !there.has(id)).length;
  return {
    ...{ sent: sent.size, accepted: taken.size, lost: absent(taken), missing: absent(sent), resent },
    twice: published.length - there.size,
  };
}
