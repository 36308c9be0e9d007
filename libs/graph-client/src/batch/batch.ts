import type { GraphClient } from '../client/graph-client.ts';
import { askedToWait } from '../client/retry-after.ts';
import type { GraphAnswer } from '../errors/error-of-response.ts';
import { GraphError } from '../errors/graph-error.ts';
import { inParallel } from './in-parallel.ts';
import { readBatchResponses } from './read-batch-responses.ts';

/** One request of a batch. */
export interface BatchMember {
  /** Default GET. */
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** A path under the version, or a link that Graph gave. */
  readonly url: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether it may be sent again when nobody knows if Graph acted on it. Default: all but POST. */
  readonly repeatable?: boolean;
}

/** Graph, JSON batching: "limited to 20 requests". */
export const batchSize = 20;
const batchesInFlight = 4;

/**
 * Sends any number of requests in batches of 20, several batches at a time. The answers are in the order of the
 * members, each whatever Graph said to that member: an error of one is no error of the others. A member that was
 * throttled is sent again after the time that Graph named for it, the others are not.
 * @throws GraphError when a batch itself fails, or a link of a member leads elsewhere.
 */
export async function batch(client: GraphClient, members: readonly BatchMember[]): Promise<GraphAnswer[]> {
  const chunks: BatchMember[][] = [];
  for (let start = 0; start < members.length; start += batchSize) chunks.push(members.slice(start, start + batchSize));
  const answers = await inParallel(batchesInFlight, chunks, (chunk) => sendChunk(client, chunk));
  return answers.flat();
}

async function sendChunk(client: GraphClient, chunk: readonly BatchMember[]): Promise<GraphAnswer[]> {
  const answers = new Map<number, GraphAnswer>();
  let pending = chunk.map((_member, index) => index);
  for (let attempt = 1; pending.length > 0; attempt += 1) {
    const round = await sendOnce(client, chunk, pending);
    for (const [index, answer] of round) answers.set(index, answer);
    pending = pending.filter((index) => isHeldBack(chunk[index], answers.get(index)));
    const held = pending.flatMap((index) => answers.get(index) ?? []);
    if (pending.length > 0 && !(await client.waitForRetry(attempt, longestWait(held, client.clock.now())))) break;
  }
  return chunk.map((_member, index) => {
    const answer = answers.get(index);
    if (!answer) throw new GraphError('unexpected-response', 'Graph left a member of a batch unanswered');
    return answer;
  });
}

async function sendOnce(client: GraphClient, chunk: readonly BatchMember[], indexes: readonly number[]) {
  const asked = new Set(indexes);
  const membersOf = ({ status, body }: GraphAnswer) =>
    status === 200 ? [...readBatchResponses(body, asked).values()] : [];
  const requests = indexes.map((index) => wireMember(client, chunk[index], index));
  const { body } = await client.request({
    method: 'POST',
    url: '/$batch',
    body: { requests },
    repeatable: indexes.every((index) => isRepeatable(chunk[index])),
    batchMembers: requests.length,
    askedToWait: (answer, now) => askedToWait(answer, now) ?? longestWait(membersOf(answer), now),
  });
  return readBatchResponses(body, asked);
}

function wireMember(client: GraphClient, member: BatchMember | undefined, index: number) {
  if (!member) throw new RangeError(`no member ${index} in this batch`);
  const { method = 'GET', url, body, headers } = member;
  return {
    id: String(index),
    method,
    url: client.origin.relative(url),
    ...(body === undefined ? {} : { body }),
    headers: wireHeaders(headers, body !== undefined),
  };
}

// A member with a body needs a content type of its own (Graph, JSON batching), and only one.
function wireHeaders(headers: Readonly<Record<string, string>> = {}, hasBody: boolean): Record<string, string> {
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return { ...(hasBody && !hasType ? { 'Content-Type': 'application/json' } : {}), ...headers };
}

const isRepeatable = (member: BatchMember | undefined) => member?.repeatable ?? member?.method !== 'POST';

// 429 says that nothing was done; after the rest nobody knows.
function isHeldBack(member: BatchMember | undefined, answer: GraphAnswer | undefined): boolean {
  if (!answer) return isRepeatable(member);
  return answer.status === 429 || ([503, 504].includes(answer.status) && isRepeatable(member));
}

// Members were sent together, so they come back together: when the last of them may (Graph, JSON batching).
function longestWait(answers: readonly GraphAnswer[], now: number): number | undefined {
  const named = answers.map((answer) => askedToWait(answer, now)).filter((wait) => wait !== undefined);
  return named.length > 0 ? Math.max(...named) : undefined;
}
