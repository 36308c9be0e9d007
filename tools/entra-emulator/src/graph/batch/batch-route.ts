import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../json.ts';
import { DroppedConnection, type GraphService } from '../graph-service.ts';
import { answerHeaders } from '../protocol/answer-headers.ts';
import type { GraphCall, Route } from '../protocol/graph-call.ts';
import { errorBody, GraphError } from '../protocol/graph-error.ts';
import { readJsonBody, type GraphAnswer } from '../protocol/graph-request.ts';
import { readBatch, type BatchMember } from './batch-request.ts';

/** `$batch`: up to 20 requests in one. `graph` answers the members; it is asked for late, being built of routes itself. */
export function batchRoute(graph: () => GraphService): Route {
  return {
    method: 'POST',
    path: '/$batch',
    permissions: [],
    async handle(call) {
      const members = readBatch(readJsonBody(call.request), call.request, call.requestId);
      const responses = await answerAll((member, before) => answerMember(graph(), call, member, before), members);
      return { status: 200, body: { responses } };
    },
  };
}

/** Answers a member once those before it are done. */
type AnswerOne = (member: BatchMember, before: readonly GraphAnswer[]) => Promise<GraphAnswer>;

async function answerAll(answerOne: AnswerOne, members: readonly BatchMember[]): Promise<JsonObject[]> {
  const running = new Map<string, Promise<GraphAnswer>>();
  const finished: JsonObject[] = [];
  const run = (member: BatchMember): Promise<GraphAnswer> => {
    const already = running.get(member.key);
    if (already) return already;
    const dependencies = members.filter(({ key }) => member.dependsOn.includes(key)).map(run);
    const answer = Promise.all(dependencies).then((before) => answerOne(member, before));
    running.set(member.key, answer);
    return answer;
  };
  await Promise.all(
    members.map(async (member) => {
      // Last in, first out: the order of responses means nothing, and a caller must not come to rely on one.
      finished.unshift(toResponse(member.id, await run(member)));
    }),
  );
  return finished;
}

async function answerMember(
  graph: GraphService,
  call: GraphCall,
  { request }: BatchMember,
  before: readonly GraphAnswer[],
): Promise<GraphAnswer> {
  if (before.some(({ status }) => status >= 400))
    return refusal(call, 424, 'FailedDependency', 'A request that this one depends on has failed.');
  if (request.path.toLowerCase() === '/$batch')
    return refusal(call, 400, 'BadRequest', 'A batch cannot contain a batch.');
  try {
    return await graph(request, call.token);
  } catch (error) {
    if (error instanceof DroppedConnection) return refusal(call, 504, 'UnknownError', 'The request timed out.');
    throw error;
  }
}

function refusal(call: GraphCall, status: number, code: string, message: string): GraphAnswer {
  const id = randomUUID();
  return { status, body: errorBody(new GraphError(status, code, message), call.now, id, id) };
}

function toResponse(id: string, answer: GraphAnswer): JsonObject {
  const { status, body } = answer;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answerHeaders(answer))) {
    // The ids are those of the batch; a refusal names them in its body.
    if (!name.endsWith('request-id')) headers[headerName(name)] = value;
  }
  if (body === undefined) return { id, status, headers };
  return { id, status, headers, body: Buffer.isBuffer(body) ? body.toString('base64') : body };
}

/** `Retry-After`, `Content-Type` and `OData-Version` as HTTP spells them; `x-ms-…` stays as it is. */
function headerName(name: string): string {
  if (name.startsWith('x-')) return name;
  return name.replace(/^odata/, 'OData').replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
