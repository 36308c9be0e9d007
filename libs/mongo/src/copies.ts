import type { Model, mongo } from 'mongoose';

/**
 * A model of the same documents in a collection of its own, for whoever wants to do something to them and have it done
 * nowhere else.
 */
export function copyModel<Doc>({ db: connection, modelName, schema, collection }: Model<Doc>): Model<Doc> {
  const name = `PreviewOf${modelName}`;
  const known = connection.models[name] as Model<Doc> | undefined;
  return known ?? connection.model<Doc>(name, schema.clone(), `preview.${collection.name}`);
}

type Filter = mongo.Filter<mongo.Document>;

/** A model, whatever its documents are. */
type AnyModel = Pick<Model<unknown>, 'createCollection' | 'createIndexes' | 'collection'>;

/** Empties a copy of what the filter takes. Its collection and indexes are made where it was never used. */
export async function emptyCopy(copy: AnyModel, filter: Filter): Promise<void> {
  // Transactions can't create a collection under concurrency, so it has to exist before the first one.
  await copy.createCollection();
  await copy.createIndexes();
  await copy.collection.deleteMany(filter);
}

/** Makes a copy have what the original has now, of all that the filter takes. */
export async function fillCopy(original: AnyModel, copy: AnyModel, filter: Filter): Promise<void> {
  await emptyCopy(copy, filter);
  const into = { into: copy.collection.name, whenMatched: 'replace' } as const;
  await original.collection.aggregate([{ $match: filter }, { $merge: into }]).toArray();
}
