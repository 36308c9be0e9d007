import * as learners from '@learnamp/learners';
import * as organisations from '@learnamp/organisations';
import * as syncState from '@learnamp/sync-state';
import type { Connection, Model } from 'mongoose';

type SharedModel = (connection: Connection) => Model<object>;

// By their names, so that none is forgotten: a lib's function that makes a model ends in `Model`.
const shared = [learners, organisations, syncState].flatMap((lib) =>
  Object.entries(lib).flatMap(([name, value]) => (name.endsWith('Model') ? [value as unknown as SharedModel] : [])),
);

/** Every model that services share, as the libs that define them export them. */
export const sharedModels = (connection: Connection): Model<object>[] => shared.map((model) => model(connection));
