import { type MongoFaults, watchMongoWrites } from './processes/mongo-ports.ts';

/** What the services of this process take for the outside. */
export interface Surroundings {
  fetch: (input: string, options?: RequestInit) => Promise<Response>;
  readonly mongo: MongoFaults;
}

/**
 * Puts this process into a simulation, for good: its `fetch` and its writes to MongoDB go where the surroundings say.
 * For a process of its own.
 */
export function enterSimulation(): Surroundings {
  const surroundings: Surroundings = {
    fetch: () => Promise.reject(new TypeError('there is no world to ask')),
    mongo: {},
  };
  globalThis.fetch = (input, options) =>
    surroundings.fetch(input instanceof Request ? input.url : String(input), options);
  watchMongoWrites(surroundings.mongo);
  return surroundings;
}
