import { randomUUID } from 'node:crypto';
import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { createDraw } from '../../provisioning/simulation/draw.ts';
import { inLanes } from '../ingest/in-lanes.ts';
import { aSender, notificationOf } from '../ingest/notifications.ts';
import { postBytes, rawExchange } from '../ingest/raw-exchange.ts';
import { onIngest, type RunningIngest } from '../ingest/running-ingest.ts';
import { malformedRequests } from './malformed-requests.ts';
import { variantOf } from '../variants.ts';

const REQUESTS = 10_000;
/** Every way three times. */
const LEAST = 75;
const REQUESTS_FOR_A_MISTAKE = 200;
const LANES = 16;
/** As many as come between two good notifications. */
const BETWEEN = 25;
/** What a pod of it may use. */
const MOST_MB = 256;
const PATIENCE_MS = 10_000;

interface Outcome {
  readonly sent: number;
  /** What was answered with a 5xx, or ended the service, a line each. */
  readonly failures: readonly string[];
  readonly answers: ReadonlyMap<number, number>;
  /** In the topic, and not of a good notification. */
  readonly strays: number;
  readonly good: number;
  readonly goodPublished: number;
  readonly peakMb: number;
}

/** What is no request of Graph's comes over raw sockets, and good notifications between. */
export async function malformed(run: CampaignRun): Promise<Measurement> {
  const outcome = await attack({ run, count: Math.max(run.part(REQUESTS), LEAST), variant: undefined });
  const { sent, failures, answers, strays, good, goodPublished, peakMb } = outcome;
  const told = [...answers]
    .toSorted(([one], [other]) => one - other)
    .map(([status, count]) => `${count} × ${status || 'hung up'}`);
  return {
    measured:
      `${failures.length} of ${sent} crash it or get a 5xx, ${strays} published; ${goodPublished} of ${good} good ones between are; ` +
      `${Math.round(peakMb)} MB at the most (${told.join(', ')})`,
    ok: failures.length === 0 && strays === 0 && goodPublished === good && peakMb < MOST_MB,
    notes: failures.slice(0, 20),
  };
}

export const malformedCatch =
  (variant: string): CampaignRow['measure'] =>
  async (run) => {
    const { failures, sent } = await attack({ run, count: REQUESTS_FOR_A_MISTAKE, variant });
    return { measured: failures[0]?.split('\n')[0] ?? `nothing is noticed of ${sent}`, ok: failures.length > 0 };
  };

interface Attack {
  readonly run: CampaignRun;
  readonly count: number;
  readonly variant: string | undefined;
}

function attack({ run, count, variant }: Attack): Promise<Outcome> {
  return onIngest({ variant: variantOf(variant) }, async (ingest) => {
    const requests = malformedRequests(createDraw(run.seed), count);
    const answers = new Map<number, number>();
    const failures: string[] = [];
    const good: string[] = [];
    await inLanes(requests.entries(), LANES, async ([number, { way, bytes, patienceMs }]) => {
      if (ingest.service.hasEnded()) return;
      if (number % BETWEEN === 0) good.push(await sendGood(ingest));
      const { status } = await rawExchange(ingest.port, bytes, patienceMs);
      answers.set(status, (answers.get(status) ?? 0) + 1);
      if (status >= 500) failures.push(`${way} (request ${number}): answered ${status}`);
      if (ingest.service.hasEnded()) failures.push(`${way} (request ${number}): it ended\n${ingest.service.log()}`);
      if (number % 100 === 0) run.progress(`${number} of ${count} requests`);
    });
    const peakMb = ingest.service.hasEnded() ? 0 : await ingest.service.peakResidentMb();
    const published = await ingest.published();
    const goodPublished = new Set(published.map(({ objectId }) => objectId).filter((id) => id && good.includes(id)))
      .size;
    const strays = published.length - goodPublished;
    return { sent: requests.length, failures, answers, strays, good: good.length, goodPublished, peakMb };
  });
}

/** Sends a notification of ours, and gives its object. Whether it was taken, the topic tells. */
async function sendGood({ port, keys }: RunningIngest): Promise<string> {
  const objectId = randomUUID();
  const body = JSON.stringify({ value: [notificationOf(keys, aSender('acme'), objectId)] });
  await rawExchange(port, postBytes('/graph/notifications', body), PATIENCE_MS);
  return objectId;
}
