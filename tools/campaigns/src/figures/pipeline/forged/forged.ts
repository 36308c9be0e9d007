import { randomUUID } from 'node:crypto';
import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { createDraw, type Draw } from '../../provisioning/simulation/draw.ts';
import { inLanes } from '../ingest/in-lanes.ts';
import { type Notification, notificationOf } from '../ingest/notifications.ts';
import { postBytes, type RawAnswer, rawExchange } from '../ingest/raw-exchange.ts';
import { onIngest, type RunningIngest } from '../ingest/running-ingest.ts';
import { variantOf } from '../variants.ts';
import { forgeries, knownTo } from './forgeries.ts';

const FORGERIES = 2_000;
/** Each way twice. */
const LEAST = 2 * Object.keys(forgeries).length;
const LANES = 8;
const MOST_IN_ONE = 6;
const PATIENCE_MS = 10_000;

interface Outcome {
  readonly forged: number;
  readonly requests: number;
  /** Good notifications that were sent, and those of them that were published. */
  readonly good: number;
  readonly goodPublished: number;
  /** Published, and forged. */
  readonly believed: readonly string[];
  /** Answers that are not as every other. */
  readonly told: readonly string[];
}

/** Forged notifications by themselves, and between good ones in the same request. */
export async function forged(run: CampaignRun): Promise<Measurement> {
  const outcome = await send(undefined, run, Math.max(run.part(FORGERIES), LEAST));
  const { forged: count, requests, good, goodPublished, believed, told } = outcome;
  return {
    measured:
      `${believed.length} of ${count} published, by ${Object.keys(forgeries).length} ways in ${requests} requests; ` +
      `${goodPublished} of ${good} good ones beside them are; ${told.length} answers tell them apart`,
    ok: believed.length === 0 && told.length === 0 && goodPublished === good,
    notes: [...believed, ...told].slice(0, 20),
  };
}

export const forgedCatch =
  (variant: string): CampaignRow['measure'] =>
  async (run) => {
    const { believed, told, good, goodPublished } = await send(variant, run, LEAST);
    const lost = good - goodPublished > 0 ? [`${good - goodPublished} of ${good} good ones are not published`] : [];
    const noticed = [...believed, ...told, ...lost];
    return { measured: noticed[0] ?? 'nothing is noticed', ok: noticed.length > 0 };
  };

interface Forgery {
  readonly way: string;
  readonly element: Notification;
}

function send(variant: string | undefined, run: CampaignRun, count: number): Promise<Outcome> {
  return onIngest({ variant: variantOf(variant) }, async (ingest) => {
    const draw = createDraw(run.seed);
    const all = makeForgeries(ingest, draw, count);
    const known = knownTo(ingest.keys, draw);
    const goodIds: string[] = [];
    const requests = batches(all, draw).map((batch) => {
      // Half of the requests carry good notifications as well.
      const ids = draw.chance(0.5) ? Array.from({ length: 1 + draw.below(2) }, () => randomUUID()) : [];
      goodIds.push(...ids);
      const good = ids.map((id) => notificationOf(ingest.keys, known.target, id));
      return { batch, value: draw.shuffled([...batch.map(({ element }) => element), ...good]) };
    });
    const told: string[] = [];
    await inLanes(requests.entries(), LANES, async ([number, { batch, value }]) => {
      const path = number % 2 === 0 ? '/graph/notifications' : '/graph/lifecycle';
      const answer = await rawExchange(ingest.port, postBytes(path, JSON.stringify({ value })), PATIENCE_MS);
      if (!isUsual(answer)) told.push(`${batch.map(({ way }) => way).join(' + ')}: answered ${answer.status}`);
      if (number % 100 === 0) run.progress(`${number} of ${requests.length} requests`);
    });
    const published = await ingest.published();
    const goodPublished = published.filter(({ objectId }) => objectId && goodIds.includes(objectId)).length;
    const believed = published
      .filter(({ objectId }) => !objectId || !goodIds.includes(objectId))
      .map(({ subscriptionId }) => all.find(({ element }) => element['subscriptionId'] === subscriptionId)?.way ?? '?')
      .map((way) => `believed: ${way}`);
    return { forged: all.length, requests: requests.length, good: goodIds.length, goodPublished, believed, told };
  });
}

function makeForgeries({ keys }: RunningIngest, draw: Draw, count: number): Forgery[] {
  const ways = Object.entries(forgeries);
  const known = knownTo(keys, draw);
  return draw.shuffled(
    Array.from({ length: count }, (_, number) => {
      const [way = '', forge] = ways[number % ways.length] ?? [];
      return { way, element: forge?.(known) ?? {} };
    }),
  );
}

function batches(all: readonly Forgery[], draw: Draw): Forgery[][] {
  const left = [...all];
  const made: Forgery[][] = [];
  while (left.length > 0) made.push(left.splice(0, 1 + draw.below(MOST_IN_ONE)));
  return made;
}

/** Whoever sends what is not ours sees what Graph sees. */
const isUsual = ({ status, head, body }: RawAnswer) =>
  status === 202 && body.length === 0 && /^content-length: 0$/im.test(head) && !/^retry-after/im.test(head);
