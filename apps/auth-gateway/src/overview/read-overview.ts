import type { ConflictDocument, RunDocument } from '@learnamp/learners';
import type { Organisation } from '@learnamp/organisations';
import type { CredentialChoice } from '@learnamp/service';
import type { SubscriptionRecord, WorkRecord } from '@learnamp/sync-state';
import type { Model } from 'mongoose';
import type { HeldChangesReader } from '../held-changes/held-changes.ts';
import { countPeople, type CountPeopleDeps } from '../people/count-people.ts';
import type { Show } from '../people/people-filter.ts';
import type { Runs } from '../sync-runs/runs.ts';
import { freshnessOf, readSamples } from './freshness.ts';
import { type FullRuns, readFullRuns } from './full-runs.ts';
import { healthOf } from './health.ts';
import type { Overview } from './overview-view.ts';
import { type Subscriptions, subscriptionsAt } from './subscriptions.ts';

/** Besides the parts, `runs` reads them as people are shown them, where `runModel` has the documents. */
export interface ReadOverviewDeps extends CountPeopleDeps {
  readonly runModel: Model<RunDocument>;
  readonly conflicts: Model<ConflictDocument>;
  readonly subscriptions: Model<SubscriptionRecord>;
  readonly workRecords: Model<WorkRecord>;
  readonly runs: Pick<Runs, 'latest'>;
  readonly heldChanges: Pick<HeldChangesReader, 'of'>;
  readonly credentials: Pick<CredentialChoice, 'current'>;
  /** Microsoft announces changes to this installation. */
  readonly notified: boolean;
  readonly clock: () => Date;
}

type Held = Awaited<ReturnType<HeldChangesReader['of']>>;
type Work = Pick<WorkRecord, 'nextFullAt' | 'nextDeltaAt' | 'pausedUntil' | 'failures' | 'setUpAt'>;

/** Reads how an organisation's provisioning is, all parts side by side. */
export async function readOverview(deps: ReadOverviewDeps, organisation: Organisation): Promise<Overview> {
  const { id } = organisation;
  const now = deps.clock();
  const [work, subscriptionRecords, fullRuns, samples, people, conflicts, held, run] = await Promise.all([
    deps.workRecords.findById(id, 'nextFullAt nextDeltaAt pausedUntil failures setUpAt').lean<Work>(),
    deps.subscriptions.find({ organisationId: id }, 'kind expiresAt').lean(),
    readFullRuns(deps.runModel, id),
    readSamples(deps.runModel, id, now),
    countAll(deps, id),
    deps.conflicts.countDocuments({ organisationId: id, state: 'waiting' }),
    deps.heldChanges.of(id, { limit: 1 }),
    deps.runs.latest(id),
  ]);
  const subscriptions = subscriptionsAt(subscriptionRecords, { isNotified: deps.notified, now });
  const { kind, expiresAt } = deps.credentials.current();
  const read = { organisation, now, work, subscriptions, fullRuns, conflicts, held, credentialExpiresAt: expiresAt };
  const isTold = subscriptions.state === 'live' || subscriptions.state === 'expiring';
  return {
    health: healthFrom(read),
    next: nextRuns(read),
    subscriptions: { state: subscriptions.state, expiresAt: momentOf(subscriptions.expiresAt) },
    credential: { kind, expiresAt: momentOf(expiresAt) },
    freshness: freshnessOf(samples, isTold ? 'notifications' : 'timer'),
    tiles: { ...people, skipped: fullRuns.skipped, conflicts },
    ...{ held: held?.total ?? 0, run },
  };
}

async function countAll(deps: CountPeopleDeps, organisationId: string) {
  const count = (show: Show) => countPeople[show](deps, organisationId);
  const [inGroup, active, toInvite, deactivated] = await Promise.all([
    count('in-group'),
    count('active'),
    count('to-invite'),
    count('deactivated'),
  ]);
  return { inGroup, active, toInvite, deactivated };
}

interface Read {
  readonly organisation: Organisation;
  readonly now: Date;
  readonly work: Work | null;
  readonly subscriptions: Subscriptions;
  readonly fullRuns: FullRuns;
  readonly conflicts: number;
  readonly held: Held;
  readonly credentialExpiresAt: Date | null;
}

const healthFrom = (read: Read) =>
  healthOf({
    ...read.fullRuns,
    now: read.now,
    ...setUpOf(read.organisation),
    hasRun: Boolean(read.work?.setUpAt) || read.fullRuns.lastFullAt !== null,
    failures: read.work?.failures ?? 0,
    held: read.held && { people: read.held.total, reason: read.held.reason },
    credentialExpiresAt: read.credentialExpiresAt,
    subscriptions: read.subscriptions.state,
    conflicts: read.conflicts,
  });

const setUpOf = ({ microsoft, provisioning }: Organisation) => ({
  isConnected: microsoft !== null,
  mayRead: microsoft?.consents.includes('provisioning') ?? false,
  hasGroup: Boolean(microsoft?.groupId),
  isOn: provisioning.enabled,
});

/** When the next runs come by themselves; what is over already is due now. Null where none does. */
function nextRuns({ organisation, work, now }: Read): Overview['next'] {
  const { isConnected, mayRead, hasGroup, isOn } = setUpOf(organisation);
  if (!work || !(isConnected && mayRead && hasGroup && isOn)) return { full: null, changes: null };
  const notBefore = (at: Date | null) =>
    at && new Date(Math.max(at.getTime(), work.pausedUntil.getTime(), now.getTime())).toISOString();
  return { full: notBefore(work.nextFullAt), changes: notBefore(work.nextDeltaAt) };
}

const momentOf = (at: Date | null) => at?.toISOString() ?? null;
