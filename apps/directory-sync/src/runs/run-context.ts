import type { Bus } from '@learnamp/bus';
import type { GraphClient } from '@learnamp/graph-client';
import type { HeldLease } from '@learnamp/mongo';
import type { Organisation, SealedTenant } from '@learnamp/organisations';
import type { Logger } from '@learnamp/service';
import type { Connection } from 'mongoose';
import type { StateRecord } from '../emission/state-records.ts';
import type { SavedTrees } from '../group-tree/group-tree-store.ts';
import type { SyncObserver } from '../metrics/sync-metrics.ts';
import type { ExpressionEvaluator } from '../mapping/expression-evaluator.ts';
import type { AppliedStores, Stores } from '../stores.ts';
import type { Timings } from '../work/timings.ts';

/** The tenant and group that an organisation is provisioned from. */
export type ProvisionedOrganisation = ConnectedOrganisation & { readonly microsoft: { readonly groupId: string } };

/** One whose tenant's directory may be read, whether or not people come from it. */
export type ConnectedOrganisation = Organisation & { readonly microsoft: NonNullable<Organisation['microsoft']> };

/** What a question about the directory needs. */
export interface AskingContext extends Pick<RunContext, 'graph' | 'stores' | 'clock'> {
  readonly organisation: ConnectedOrganisation;
  /** The same directory by a token that has what was granted meanwhile. */
  readonly graphAnew: () => GraphClient;
}

/** All that the steps of one claimed organisation share. */
export interface RunContext {
  readonly organisation: ProvisionedOrganisation;
  /** The organisation's tenant, as it may be stored. */
  readonly tenant: SealedTenant;
  readonly lease: HeldLease;
  readonly graph: GraphClient;
  readonly graphAnew: () => GraphClient;
  readonly stores: Stores;
  readonly applied: AppliedStores;
  readonly connection: Connection;
  readonly expressions: Pick<ExpressionEvaluator, 'evaluate'>;
  readonly publish: Bus['publish'];
  /** What becomes of the states that are decided. */
  readonly stateRecord: StateRecord;
  readonly clock: () => Date;
  readonly timings: Timings;
  /** The group tree as this run has read it, and as it was before; else it is as it was saved. */
  readonly trees?: SavedTrees;
  /** The revision of the organisation's settings now. */
  readonly settingsRevision: () => Promise<number | null>;
  /** Who wants the run that this is done for to end, where somebody does. */
  readonly cancelledBy: () => Promise<string | undefined>;
  /** Aborted when the service stops. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly observer?: Pick<SyncObserver, 'runEnded'>;
}
