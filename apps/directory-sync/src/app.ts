import { randomUUID } from 'node:crypto';
import type { Bus, Consumer } from '@learnamp/bus';
import { topics } from '@learnamp/contracts';
import { ensureIndexes } from '@learnamp/mongo';
import type { Organisations } from '@learnamp/organisations';
import type { Health, Logger, RunningService } from '@learnamp/service';
import mongoose, { type Connection } from 'mongoose';
import { createExpressionEvaluator } from './mapping/expression-evaluator.ts';
import { recordToApply } from './emission/state-records.ts';
import type { RunContext } from './runs/run-context.ts';
import { createAppliedStores, createStores } from './stores.ts';
import type { SubscriptionSettings } from './subscriptions/keep-subscriptions.ts';
import { pausedUntil, workOff } from './tasks/work-off.ts';
import { createGraphClients, type GraphClients, type MicrosoftSettings } from './tenants/graph-clients.ts';
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
      groupId: 'directory-sync.notifications',
      topics: [topics.graphNotifications.name],
      handle: notificationHandler(handlerDeps),
    }),
    await bus.consume({
      groupId: 'directory-sync.requests',
      topics: [topics.syncRequests.name],
      handle: requestHandler(handlerDeps),
    }),
  ];

  const stop = new AbortController();
  const expressions = createExpressionEvaluator();
  const contextOf = contextBuilder({ ...deps, clock }, { stores, applied, timings, expressions });
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
          const context = await contextOf(lease, signal);
          if (context) await workOff(context, { subscriptions: deps.subscriptions, random, shortOnly });
        },
      },
      stop.signal,
    );
  });
  const watching = watchOrganisations({ ...deps, clock }, stores.workRecords, idle, stop.signal, timings.poll);

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

type Clocked = DirectorySyncDeps & { readonly clock: () => Date };
type Shared = Pick<RunContext, 'stores' | 'applied' | 'timings' | 'expressions'>;

/** Puts together what the steps of one claimed organisation share; undefined where no tenant is connected to it. */
function contextBuilder(deps: Clocked, shared: Shared) {
  const { organisations, connection, bus, clock, logger, microsoft } = deps;
  const { graphClients: graphOf = createGraphClients(microsoft, logger) } = deps;
  return async (lease: RunContext['lease'], signal: AbortSignal): Promise<RunContext | undefined> => {
    const organisation = await organisations.findById(lease.id);
    if (!organisation?.microsoft) {
      const later = new Date(clock().getTime() + shared.timings.fullEvery);
      await shared.stores.workRecords.updateOne({ _id: lease.id }, pausedUntil(later));
      return undefined;
    }
    return {
      ...shared,
      organisation: { ...organisation, microsoft: organisation.microsoft },
      lease,
      graph: graphOf(organisation.id, organisation.microsoft.tenantId).with({ signal }),
      connection,
      publish: (records) => bus.publish(records),
      stateRecord: recordToApply,
      clock,
      settingsRevision: () => organisations.revision(organisation.id),
      signal,
      logger,
    };
  };
}

/** Notices organisations that are new or whose settings changed. */
async function watchOrganisations(
  { organisations, clock, logger }: Clocked,
  workRecords: RunContext['stores']['workRecords'],
  idle: Idle,
  signal: AbortSignal,
  everyMs: number,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await ensureWorkRecords(organisations, workRecords, clock());
    } catch (error) {
      logger.warn({ err: error }, 'could not look for organisations');
    }
    await idle.wait(everyMs, signal);
  }
}
