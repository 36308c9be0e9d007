import type { CampaignRun, Measurement } from '../../../campaign.ts';
import { workRecordModel } from '@learnamp/sync-state';
import { parseKeyRing } from '@learnamp/contracts';
import { startTenants, type Write } from './microsoft.ts';
import { type Services, startServices } from './services.ts';
import { groupId, personId, smallCompany } from './small-companies.ts';

const ORGANISATIONS = 50;
const CHANGES = 1000;
const LARGE = 2000;
const MINUTE = 60_000;
/** Changes come over an hour; a few come sooner. */
const CHANGING_MINUTES = 60;
const PROMISED_MINUTES = 30;

interface Change {
  readonly tenant: number;
  readonly person: string;
  readonly kind: 'title' | 'enters' | 'leaves' | 'disabled' | 'deleted';
  readonly minute: number;
}

/**
 * No subscription can be made and no notification comes; the full sync of a large organisation never ends. The clock goes
 * on by minutes, each when everything that was due is done.
 */
export async function promise(run: CampaignRun): Promise<Measurement> {
  const organisations = Math.max(2, run.part(ORGANISATIONS));
  const count = run.part(CHANGES);
  const changing = Math.min(CHANGING_MINUTES, count);
  const people = 2 * Math.ceil(count / (organisations + 1)) + 4;
  const sizes = [Math.max(people, run.part(LARGE)), ...Array.from({ length: organisations }, () => people)];
  const [large, ...others] = sizes.map((size, tenant) => smallCompany(tenant, size));
  if (!large) throw new RangeError('there is a large organisation');
  let ahead = 0;
  const started = new Date();
  const now = () => new Date(started.getTime() + ahead);
  const microsoft = await startTenants([large, ...others], { clock: now });
  const files = [large, ...others];
  const limits = { share: 1, small: 10_000, number: 10_000 };
  const services = await startServices({
    microsoft,
    customers: files.map(({ tenant }, index) => ({ tenantId: tenant.id, groupId: groupId(index, 0) })),
    now,
    provisioning: { photos: false, limits: { removal: limits, addition: limits } },
    // By this clock a minute passes in a moment, which no lease would outlive.
    timings: { leaseTtl: 1440 * MINUTE },
    subscriptions: {
      notificationUrl: 'https://localhost:1',
      clientStateKeys: parseKeyRing(`k:${Buffer.alloc(32, 1).toString('base64url')}`),
    },
  });
  try {
    run.progress('reading everybody for the first time');
    await services.settled();
    microsoft.emulator.faultRules.replace([{ match: { tenantId: large.tenant.id }, fault: { delayMs: 50 } }]);
    const changes = planned({ count, sizes, changing, seed: run.seed });
    const writers = files.map(({ tenant }) => microsoft.writer(tenant.id));
    const applied = new Map<Change, number>();
    let longRuns = 0;
    for (let minute = 0; minute <= changing + PROMISED_MINUTES && applied.size < count; minute += 1) {
      run.progress(`minute ${minute}: ${applied.size} of ${count} changes are applied`);
      longRuns += await keepSyncing(services);
      for (const change of changes.filter((one) => one.minute === minute)) await make(change, writers);
      ahead += MINUTE;
      await caughtUp(services, now);
      for (const change of changes.filter((one) => one.minute <= minute && !applied.has(one))) {
        if (await isApplied(services, change)) applied.set(change, minute + 1 - change.minute);
      }
    }
    const longest = Math.max(0, ...applied.values());
    const late = count - [...applied.values()].filter((minutes) => minutes <= PROMISED_MINUTES).length;
    const measured = `${late} of ${count} late, the longest took ${longest} minutes; ${organisations} organisations, ${longRuns} full syncs of a large one`;
    const notes = changes.filter((one) => !applied.has(one)).map((one) => JSON.stringify(one));
    return { measured, ok: late === 0 && applied.size === count && longRuns > 0, notes };
  } finally {
    await services.close();
    await microsoft.emulator.stop();
  }
}

const kinds = ['title', 'enters', 'leaves', 'disabled', 'deleted'] as const;

interface Plan {
  readonly count: number;
  readonly sizes: readonly number[];
  /** Minutes over which the changes come. */
  readonly changing: number;
  readonly seed: number;
}

/** Each person changes once, so that each change can be seen by itself. */
function planned({ count, sizes, changing, seed }: Plan): Change[] {
  return Array.from({ length: count }, (_, index) => {
    const tenant = index % sizes.length;
    const turn = Math.floor(index / sizes.length);
    const kind = kinds[(turn + tenant + seed) % kinds.length] ?? 'title';
    const outside = kind === 'enters' ? (sizes[tenant] ?? 0) : 0;
    // Person 0 stays as they are: somebody must be a member, or nobody can be proved to have left.
    const person = personId(tenant, outside + turn + 1);
    return { tenant, person, kind, minute: (index * 7 + seed) % changing };
  });
}

async function make({ tenant, person, kind }: Change, writers: readonly Write[]): Promise<void> {
  const write = writers[tenant];
  if (!write) throw new RangeError(`there is no tenant ${tenant}`);
  const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${person}` };
  if (kind === 'title') await write('PATCH', `/users/${person}`, { jobTitle: 'Changed' });
  if (kind === 'enters') await write('POST', `/groups/${groupId(tenant, 1)}/members/$ref`, reference);
  if (kind === 'leaves') await write('DELETE', `/groups/${groupId(tenant, 0)}/members/${person}/$ref`);
  if (kind === 'disabled') await write('PATCH', `/users/${person}`, { accountEnabled: false });
  if (kind === 'deleted') await write('DELETE', `/users/${person}`);
}

async function isApplied(services: Services, { tenant, person, kind }: Change): Promise<boolean> {
  const learner = await services.learner(services.organisations[tenant]?.id ?? '', person);
  if (kind === 'title') return learner?.fields.jobTitle === 'Changed';
  return kind === 'enters' ? learner?.active === true : learner?.active === false;
}

/** Begins another full sync of the large organisation where none is under way. Returns how many were begun. */
async function keepSyncing(services: Services): Promise<number> {
  const [large] = services.organisations;
  const record = await workRecordModel(services.connection).findById(large?.id).lean().orFail();
  if (record.running.some(({ mode }) => mode === 'full') || record.requests.length > 0) return 0;
  await services.syncUsers(large?.id ?? '');
  return 1;
}

/** All but the large organisation have nothing to do, and that one has followed what was due. */
async function caughtUp(services: Services, now: () => Date): Promise<void> {
  const [large, ...others] = services.organisations.map(({ id }) => id);
  await services.settled(others);
  const records = workRecordModel(services.connection);
  for (;;) {
    const { nextDeltaAt, nextDeletionCheckAt } = await records.findById(large).lean().orFail();
    const overdue = [nextDeltaAt, nextDeletionCheckAt].some((at) => at !== null && at <= now());
    if (!overdue) return;
    await new Promise((go) => setTimeout(go, 20));
  }
}
