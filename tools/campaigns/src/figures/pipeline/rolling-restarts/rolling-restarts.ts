import { setTimeout as sleep } from 'node:timers/promises';
import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import type { Departure, Instances } from '../whole-system/instances.ts';
import { lostNotifications, lostStates } from '../whole-system/lost.ts';
import { type LoadOutcome, startNotifying, startWholeLoad } from '../whole-system/whole-load.ts';
import { onWholeSystem, type WholeSystem } from '../whole-system/whole-system.ts';

const RESTARTS = 100;
const WITHIN_S = 25;
const UNTIL_IT_FLOWS_MS = 1_000;

/** Every process is asked to stop in its turn and another one started, under load. */
export async function rollingRestarts(run: CampaignRun): Promise<Measurement> {
  return onWholeSystem({}, async (system) => {
    const count = Math.max(run.part(RESTARTS), system.services.length);
    const load = await startWholeLoad(run, system);
    const departures = await restart(run, system, count);
    const outcome = await load.stop();
    run.progress('looking for everything');
    const lost = [...(await lostNotifications(system, outcome)), ...(await lostStates(system, outcome))];
    return told(outcome, departures, lost);
  });
}

/** That each of two doors is asked to stop under load is enough for it. */
export const rollingRestartsCatch =
  (variant: string): CampaignRow['measure'] =>
  (run) =>
    onWholeSystem({ variant, names: ['webhook-ingest'] }, async (system) => {
      const load = startNotifying(run, system);
      await sleep(UNTIL_IT_FLOWS_MS);
      const departures = await restart(run, system, 2);
      const outcome = await load.stop();
      const problems = [...outcome.failed, ...badEnds(departures), ...(await lostNotifications(system, outcome))];
      return { measured: problems[0] ?? 'nothing is noticed', ok: problems.length > 0 };
    });

interface Ended extends Departure {
  readonly name: string;
}

async function restart(run: CampaignRun, { services, settled }: WholeSystem, count: number): Promise<Ended[]> {
  const ended: Ended[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    run.progress(`${turn} of ${count} restarts`);
    const service = services[turn % services.length] as Instances;
    const number = Math.floor(turn / services.length) % service.running.length;
    ended.push({ name: service.name, ...(await service.replace(number)) });
    await settled();
  }
  return ended;
}

const badEnds = (ended: readonly Ended[]) =>
  ended
    .filter(({ code, seconds }) => code !== 0 || seconds > WITHIN_S)
    .map(({ name, code, seconds }) => `${name} ended with ${code} after ${seconds.toFixed(1)} s`);

function told(outcome: LoadOutcome, ended: readonly Ended[], lost: readonly string[]): Measurement {
  const { requests, perSecond, failed, accepted, sentAgain } = outcome;
  const bad = badEnds(ended);
  const longest = Math.max(...ended.map(({ seconds }) => seconds));
  return {
    measured:
      `${failed.length} of ${requests} requests failed at ${perSecond} a second, ${lost.length} lost of ${accepted.size} ` +
      `notifications and all states; ${ended.length} restarts, ${bad.length} ended badly, the longest after ${longest.toFixed(1)} s` +
      (sentAgain === 0 ? '' : `; ${sentAgain} sent again after a 503`),
    ok: failed.length + lost.length + bad.length === 0 && accepted.size > 0,
    notes: [...failed, ...bad, ...lost].slice(0, 20),
  };
}
