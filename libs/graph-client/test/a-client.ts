import { createGraphClient, type GraphClient, type GraphClientOptions, GraphError } from '../src/index.ts';
import { instantClock } from './instant-clock.ts';

/** A client of a local Graph, with a token of its own and a clock that doesn't wait. */
export function aClient(graphBaseUrl: string, options: Partial<GraphClientOptions> = {}): GraphClient {
  return createGraphClient({
    graphBaseUrl,
    token: () => Promise.resolve('a-token'),
    clock: instantClock(),
    ...options,
  });
}

/** The error that a promise rejects with; fails the test when it resolves or rejects with anything else. */
export async function graphErrorOf(promise: Promise<unknown>): Promise<GraphError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof GraphError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Everything that an iterable yields. */
export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** A GUID that says which one it is. */
export const guid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
