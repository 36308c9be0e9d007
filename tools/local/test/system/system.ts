import { type LearnerDocument, learnerModel, runModel } from '@learnamp/learners';
import { connectMongo } from '@learnamp/mongo';
import type { Connection } from 'mongoose';
import { eventually } from './eventually.ts';
import type { GraphDriver } from './graph-driver.ts';
import type { Trace } from './traces.ts';

/** The whole system, however it runs, as a test meets it from outside. */
export interface System {
  readonly graph: GraphDriver;
  readonly homeUrl: string;
  readonly mongoUri: string;
  /** What may be nowhere but where it belongs. */
  readonly secrets: { readonly tenantId: string; readonly clientSecret: string };
  /** All that was published. */
  published(): AsyncIterable<Trace>;
  /** All that the services have logged. */
  logged(): AsyncIterable<Trace> | Iterable<Trace>;
  /** The last lines of what the services logged, for a failure's message. */
  diagnose(): string;
  stop(): Promise<void>;
}

/** What a test reads of the system's state. Reads only. */
export interface Watched {
  readonly connection: Connection;
  learner(userPrincipalName: string): Promise<LearnerDocument | null>;
  activeUpns(): Promise<string[]>;
  /** Waits until the first full sync has been applied, photos included. */
  firstSync(): Promise<void>;
}

export async function watch({ mongoUri, diagnose }: Pick<System, 'mongoUri' | 'diagnose'>): Promise<Watched> {
  const connection = await connectMongo({ uri: mongoUri, appName: 'test' });
  const learners = learnerModel(connection);
  const runs = runModel(connection);
  return {
    connection,
    learner: (userPrincipalName) => learners.findOne({ 'fields.email': userPrincipalName }).lean(),
    activeUpns: async () => {
      const active = await learners.find({ active: true }).lean();
      return active.map((learner) => learner.sources.microsoft?.userPrincipalName ?? '').sort();
    },
    firstSync: async () => {
      await eventually(
        () => `the first full sync is applied\n${diagnose()}`,
        async () => (await runs.exists({ mode: 'full', stage: 'finished', photos: { $ne: null } })) ?? undefined,
        60_000,
      );
    },
  };
}
