import { randomUUID } from 'node:crypto';
import type { Bus, Consumer } from '@learnamp/bus';
import { erasureGroups, topics } from '@learnamp/contracts';
import type { SentRequest } from '@learnamp/graph-client';
import { commandOutcomeModel } from '@learnamp/learners';
import { ensureIndexes } from '@learnamp/mongo';
import type { Organisation, Organisations } from '@learnamp/organisations';
import type { Health, Logger, RunningService } from '@learnamp/service';
import mongoose, { type Connection } from 'mongoose';
import { eraseWhoeverIsToBe } from './erasure/erase-people.ts';
import { erasureHandler } from './erasure/erasure-handler.ts';
import { createExpressionEvaluator } from './mapping/expression-evaluator.ts';
import { recordToApply } from './emission/state-records.ts';
import type { SyncObserver } from './metrics/sync-metrics.ts';
import { noCancel } from './runs/cancelling.ts';
import type { ConnectedOrganisation, ProvisionedOrganisation, RunContext } from './runs/run-context.ts';
import { createAppliedStores, createStores } from './stores.ts';
import type { SubscriptionSettings } from './subscriptions/keep-subscriptions.ts';
import { endOrphans } from './subscriptions/end-orphans.ts';
import { answerQuestions } from './tasks/question-task.ts';
import { pausedUntil, workOff } from './tasks/work-off.ts';
import { createGraphClients, type GraphClients, type MicrosoftSettings } from './tenants/graph-clients.ts';
import { requestSpan } from './tracing/request-span.ts';
import { checkSubscriptionsSoon } from './work/due.ts';
import { ensureWorkRecords } from './work/ensure-work-records.ts';
import { notificationHandler, requestHandler } from './work/handlers.ts';
import { createIdle, type Idle } from './work/idle.ts';
import { defaultTimings, type Timings } from './work/timings.ts';
import { runWorker } from './work/worker.ts';

export interface DirectorySyncDeps {
  readonly bus: Bus;
  readonly connection: Connection;
  readonly organisations: Organisations;
  readonly microsoft: MicrosoftSettings;
  /** In place of clients with tokens of `microsoft`. */
  readonly graphClients?: GraphClients;
  /** Without it no subscription is made and changes follow by the fallback. */
  readonly subscriptions?: SubscriptionSettings;
  readonly logger: Logger;
  readonly observer?: SyncObserver;
  readonly clock?: () => Date;
  readonly random?: () => number;
  /** How workers wait for something to do: by the clock of this machine unless given. */
  readonly idle?: Idle;
  readonly timings?: Partial<Timings>;
  /** Organisations worked off at the same time by this process. A quarter of them is kept for short work. */
  readonly workers?: number;
}

/** The service while it runs. `stop` ends its consumers and workers; bus and connection are closed by their opener. */
export interface DirectorySync extends RunningService {
  readonly health: Health;
}

const DEFAULT_WORKERS = 8;

/**
 * Workers that leave full runs and photos to the others: however many large organisations are being read, the changes of
 * all others are followed.
 */
const reservedOf = (workers: number) => (workers > 1 ? Math.ceil(workers / 4) : 0);

/** Builds and starts the service: handlers that only merge, and workers that do everything else. */
export async function buildApp(deps: DirectorySyncDeps): Promise<DirectorySync> {
  const { bus, connection, logger, clock = () => new Date(), workers = DEFAULT_WORKERS } = deps;
  const timings = { ...defaultTimings, ...deps.timings };
  const stores = createStores(connection);
  const applied = createAppliedStores(connection);
  await bus.ensureTopics(Object.values(topics));
  await ensureIndexes(connection);
  // While nobody was there, Graph may have dropped subscriptions, and it tells no one.
  await checkSubscriptionsSoon(stores.workRecords, clock());

  const { idle = createIdle(timings.coalesce) } = deps;
  const handlerDeps = { workRecords: stores.workRecords, clock, coalesceMs: timings.coalesce, nudge: idle.nudge };
  const consumers = [
    await bus.consume({
      groupId: topics.graphNotifications.consumerGroup,
      topics: [topics.graphNotifications.name],
      handle: notificationHandler(handlerDeps),
    }),
    await bus.consume({
      groupId: topics.syncRequests.consumerGroup,
      topics: [topics.syncRequests.name],
      handle: requestHandler(handlerDeps),
    }),
    await bus.consume({
      groupId: erasureGroups.directorySync,
      topics: [topics.learnerCommands.name],
      handle: erasureHandler({ ...handlerDeps, commandOutcomes: commandOutcomeModel(connection) }),
    }),
  ];

  const stop = new AbortController();
  const expressions = createExpressionEvaluator();
  const onRequest = (sent: SentRequest) => {
    deps.observer?.graphAnswered(sent);
    requestSpan(sent);
  };
  const { graphClients = createGraphClients(deps.microsoft, logger, onRequest) } = deps;
  const whole = { ...deps, clock, graphClients };
  const contextOf = contextBuilder(whole, { stores, applied, timings, expressions });
  const random = deps.random ?? Math.random;
  const loops = Array.from({ length: workers }, (_, index) => {
    const shortOnly = index < reservedOf(workers);
    return runWorker(
      {
        dueBy: shortOnly ? 'shortDueAt' : 'dueAt',
        workRecords: stores.workRecords,
        holder: randomUUID(),
        clock,
        timings,
        logger,
        idle: idle.wait,
        workOff: async (lease, signal) => {
          // Whether or not a tenant is connected any more.
          await eraseWhoeverIsToBe({ stores, lease });
          const context = await contextOf(lease, signal);
          if (context) await workOff(context, { subscriptions: deps.subscriptions, random, shortOnly });
        },
      },
      stop.signal,
    );
  });
  const watching = watchOrganisations(whole, { stores, timings }, idle, stop.signal);

  return {
    health: healthOf(consumers, connection),
    stop: async () => {
      stop.abort();
      await Promise.all(loops);
      await watching;
      expressions.stop();
      for (const consumer of consumers) await consumer.stop();
    },
  };
}

function healthOf(consumers: readonly Consumer[], connection: Connection): Health {
  const live = () => consumers.every((consumer) => consumer.health().state !== 'dead');
  return { live, ready: () => live() && connection.readyState === mongoose.STATES.connected };
}

type Clocked = DirectorySyncDeps & { readonly clock: () => Date; readonly graphClients: GraphClients };
type Shared = Pick<RunContext, 'stores' | 'applied' | 'timings' | 'expressions'>;

/** Puts together what the steps of one claimed organisation share; undefined where no tenant is connected to it. */
function contextBuilder(deps: Clocked, shared: Shared) {
  const { organisations, connection, bus, clock, logger, graphClients: graphOf } = deps;
  return async (lease: RunContext['lease'], signal: AbortSignal): Promise<RunContext | undefined> => {
    const organisation = await organisations.findById(lease.id);
    if (!organisation || !isConnected(organisation)) {
      await park(shared, lease.id, clock());
      return undefined;
    }
    const { tenantId } = organisation.microsoft;
    const graphs = {
      graph: graphOf(organisation.id, tenantId).with({ signal }),
      graphAnew: () => graphOf(organisation.id, tenantId, 'anew').with({ signal }),
    };
    if (!hasGroup(organisation)) {
      // Parked first, so that a question that comes meanwhile makes it due again.
      await park(shared, lease.id, clock());
      await answerQuestions({ ...shared, ...graphs, organisation, clock });
      return undefined;
    }
    return {
      ...shared,
      ...graphs,
      organisation,
      tenant: await organisations.sealTenant(organisation.id, tenantId),
      lease,
      connection,
      publish: (records) => bus.publish(records),
      stateRecord: recordToApply,
      clock,
      settingsRevision: () => organisations.revision(organisation.id),
      cancelledBy: noCancel,
      signal,
      logger,
      ...(deps.observer ? { observer: deps.observer } : {}),
    };
  };
}

const isConnected = (organisation: Organisation): organisation is ConnectedOrganisation =>
  organisation.microsoft?.consents.includes('provisioning') === true;

const hasGroup = (organisation: ConnectedOrganisation): organisation is ProvisionedOrganisation =>
  organisation.microsoft.groupId !== null;

/** Leaves an organisation alone until its settings change, or somebody asks. */
async function park({ stores, timings }: Shared, organisationId: string, now: Date): Promise<void> {
  const later = new Date(now.getTime() + timings.fullEvery);
  await stores.workRecords.updateOne({ _id: organisationId }, pausedUntil(later));
}

/** Notices organisations that are new, whose settings changed, or who have let go of their tenant. */
async function watchOrganisations(
  { organisations, clock, logger, graphClients: graphOf }: Clocked,
  { stores, timings }: Pick<Shared, 'stores' | 'timings'>,
  idle: Idle,
  signal: AbortSignal,
): Promise<void> {
  let endOrphansFrom = clock();
  while (!signal.aborted) {
    try {
      await ensureWorkRecords(organisations, stores.workRecords, clock());
      const isDue = endOrphansFrom <= clock();
      if (isDue && !(await endOrphans({ stores, organisations, graphOf, logger })))
        endOrphansFrom = new Date(clock().getTime() + timings.longestPause);
    } catch (error) {
      logger.warn({ err: error }, 'could not look for organisations');
    }
    await idle.wait(timings.poll, signal);
  }
}
