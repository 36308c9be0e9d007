import type { UserState } from '@learnamp/contracts';
import { learnerIdOf, type LearnerDocument } from '@learnamp/learners';
import type { Connection, mongo } from 'mongoose';

type Learner = Pick<LearnerDocument, 'sources'> & { readonly _id: string };
type Events = mongo.ChangeStream<Learner, mongo.ChangeStreamDocument<Learner>>;

/** Which versions of learners MongoDB has taken by majority, and when it told of each, by a change stream. */
export class Applied {
  readonly #at = new Map<string, number>();
  readonly #last = new Map<string, string>();
  readonly #events: Events;
  /** Learners that went back to an older version, a line each. */
  readonly regressions: string[] = [];

  private constructor(events: Events) {
    this.#events = events;
    events.on('change', (change) => this.#note(change));
    // A stream resumes by itself after an election; what can't be resumed is missed by whoever waits for it.
    events.on('error', () => undefined);
  }

  static async watch({ db }: Connection): Promise<Applied> {
    const learners = await db?.createCollection<Learner>('learners');
    if (!learners) throw new Error('there is no connection');
    return new Applied(learners.watch());
  }

  /** When the state was first seen to be applied, by `performance.now`; undefined if it was not. */
  at(state: Pick<UserState, 'organisationId' | 'personId' | 'version'>): number | undefined {
    return this.#at.get(`${learnerIdOf(state.organisationId, 'microsoft', state.personId)} ${state.version}`);
  }

  close(): Promise<void> {
    return this.#events.close();
  }

  #note(change: mongo.ChangeStreamDocument<Learner>): void {
    if (change.operationType !== 'insert' && change.operationType !== 'update') return;
    const version =
      change.operationType === 'insert' ? change.fullDocument.sources.microsoft?.version : updated(change);
    if (version === undefined) return;
    const id = change.documentKey._id;
    const before = this.#last.get(id) ?? '';
    if (version < before) this.regressions.push(`${id} went back from ${before} to ${version}`);
    this.#last.set(id, version);
    const key = `${id} ${version}`;
    if (!this.#at.has(key)) this.#at.set(key, performance.now());
  }
}

/** The writer sets what Microsoft says as a whole. */
function updated({ updateDescription }: mongo.ChangeStreamUpdateDocument<Learner>): string | undefined {
  const fields = updateDescription.updatedFields as Readonly<Record<string, unknown>> | undefined;
  const source = fields?.['sources.microsoft'] as { readonly version?: string } | undefined;
  return source?.version ?? (fields?.['sources.microsoft.version'] as string | undefined);
}
