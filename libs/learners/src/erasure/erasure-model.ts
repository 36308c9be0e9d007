import { type Connection, type Model, Schema } from 'mongoose';
import { learnerIdOf } from '../learner/learner-id.ts';

/**
 * That somebody was erased: what keeps a late event from bringing them back. Who it was can't be told from it; whoever
 * knows a person's object id can ask whether they are the one.
 */
export interface ErasureDocument {
  /** `learnerIdOf` their object id. */
  readonly _id: string;
  readonly organisationId: string;
  /** The command that erased them. */
  readonly commandId: string;
  readonly at: Date;
}

const schema = new Schema<ErasureDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    commandId: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'erasures', versionKey: false },
);

export const erasureModel = (connection: Connection): Model<ErasureDocument> =>
  connection.model<ErasureDocument>('Erasure', schema);

/** What somebody of the directory is erased by. */
export const erasureId = (organisationId: string, personId: string): string =>
  learnerIdOf(organisationId, 'microsoft', personId);

/** Those of these people of the directory who were erased. */
export async function erasedAmong<Person extends { readonly organisationId: string; readonly personId: string }>(
  erasures: Model<ErasureDocument>,
  people: readonly Person[],
): Promise<ReadonlySet<Person>> {
  if (people.length === 0) return new Set();
  const idOf = ({ organisationId, personId }: Person) => erasureId(organisationId, personId);
  const found = await erasures.find({ _id: { $in: people.map(idOf) } }, '_id').lean();
  const erased = new Set(found.map(({ _id }) => _id));
  return new Set(people.filter((person) => erased.has(idOf(person))));
}
