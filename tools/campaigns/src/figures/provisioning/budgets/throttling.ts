import type { Emulator } from '@learnamp/entra-emulator';
import type { CampaignRun, Measurement } from '../../../campaign.ts';
import { median } from '../../measuring/percentile.ts';
import { earlyCalls, RETRY_AFTER_S } from './early-calls.ts';
import { startTenants } from './microsoft.ts';
import { startServices } from './services.ts';
import { groupId, personId, smallCompany } from './small-companies.ts';

const REFUSALS = 500;
/** Fewer are spent before the tenant that is left alone has been looked at often enough for a median. */
const LEAST_REFUSALS = 60;
/** Tenants that are throttled, and the one that is watched for it. */
const THROTTLED = 4;
const WATCHED = THROTTLED;
const PEOPLE = 60;
/** What changed meanwhile. */
const TITLE = 'Changed while Graph refused';

/**
 * Full syncs of tenants whose requests are refused until all the refusals are spent, beside one that is left alone: by
 * Graph's own log nothing comes before the time it named, all finish, and the other one is as fast as it is alone.
 */
export async function throttling(run: CampaignRun): Promise<Measurement> {
  const refusals = Math.max(run.part(REFUSALS), LEAST_REFUSALS);
  const files = Array.from({ length: THROTTLED + 1 }, (_, tenant) => smallCompany(tenant, PEOPLE));
  const [first, ...others] = files;
  if (!first) throw new RangeError('there is a tenant');
  const microsoft = await startTenants([first, ...others], { latencyMs: 100, requestLogSize: 100_000 });
  const customers = files.map(({ tenant }, index) => ({ tenantId: tenant.id, groupId: groupId(index, 0) }));
  const services = await startServices({ microsoft, customers, now: () => new Date() });
  const { emulator } = microsoft;
  const ids = services.organisations.map(({ id }) => id);
  const watched = ids[WATCHED] ?? '';
  const throttled = ids.slice(0, WATCHED);
  const timed = async () => {
    const started = performance.now();
    await services.syncUsers(watched);
    await services.settled([watched]);
    return performance.now() - started;
  };
  try {
    run.progress('reading everybody for the first time');
    await services.settled();
    const alone = await threeTimes(timed);

    for (const [tenant, file] of files.slice(0, WATCHED).entries()) {
      const write = microsoft.writer(file.tenant.id);
      for (let n = 0; n < 3; n += 1) await write('PATCH', `/users/${personId(tenant, n)}`, { jobTitle: TITLE });
    }
    emulator.requestLog.reset();
    const each = Math.ceil(refusals / throttled.length);
    emulator.faultRules.replace(files.slice(0, WATCHED).flatMap(({ tenant }) => refusing(tenant.id, each)));
    const others: number[] = [];
    const throttledSyncs = { underWay: true };
    const all = syncUntilSpent(run, emulator, refusals, async () => {
      await Promise.all(throttled.map((id) => services.syncUsers(id)));
      await services.settled(throttled);
    }).finally(() => (throttledSyncs.underWay = false));
    while (throttledSyncs.underWay) others.push(await timed());
    await all;

    const { refusals: refused, early } = earlyCalls(emulator.requestLog.entries());
    // Before and after: the machine may have become slower or faster meanwhile.
    alone.push(...(await threeTimes(timed)));
    const ratio = median(others) / median(alone);
    const learners = await Promise.all(throttled.map((id) => services.learners(id)));
    const whole = learners.every((found) => found.filter(({ fields }) => fields.jobTitle === TITLE).length === 3);
    const measured =
      `${early} early after ${refused} refusals, ${whole ? 'all finished' : 'not all finished'}, ` +
      `another tenant ${ratio.toFixed(2)} times its own time (${others.length} syncs)`;
    return { measured, ok: early === 0 && refused >= refusals && whole && ratio < 2 };
  } finally {
    await services.close();
    await emulator.stop();
  }
}

/** Half of the refusals inside of batches, half of the requests themselves. */
function refusing(tenantId: string, times: number) {
  const fault = { status: 429, code: 'TooManyRequests', retryAfter: RETRY_AFTER_S };
  const alone = Math.max(1, Math.round(times / 10));
  return [
    { match: { tenantId, batchMember: true, every: 2, times: times - alone }, fault },
    { match: { tenantId, batchMember: false, every: 3, times: alone }, fault },
  ];
}

async function syncUntilSpent(run: CampaignRun, emulator: Emulator, refusals: number, sync: () => Promise<void>) {
  const spent = () => emulator.faultRules.all().reduce((sum, { applied }) => sum + applied, 0);
  while (spent() < refusals) {
    run.progress(`${spent()} of ${refusals} refusals`);
    await sync();
  }
}

const threeTimes = async (measure: () => Promise<number>) => [await measure(), await measure(), await measure()];
