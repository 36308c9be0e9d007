import type { JsonObject } from '../../json.ts';
import type { AccessToken } from '../../entra/ports.ts';
import { DroppedConnection, type GraphService } from '../graph-service.ts';
import type { Route } from '../protocol/graph-call.ts';
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
      const responses = await answerAll(graph(), members, call.token);
      return { status: 200, body: { responses } };
    },
  };
}

async function answerAll(
  graph: GraphService,
  members: readonly BatchMember[],
  token: AccessToken,
): Promise<JsonObject[]> {
  const running = new Map<string, Promise<GraphAnswer>>();
  const finished: JsonObject[] = [];
  const run = (member: BatchMember): Promise<GraphAnswer> => {
    const already = running.get(member.id);
    if (already) return already;
    const dependencies = members.filter(({ id }) => member.dependsOn.includes(id)).map(run);
    const answer = Promise.all(dependencies).then((before) => answerMember(graph, member, before, token));
    running.set(member.id, answer);
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
  { request }: BatchMember,
  before: readonly GraphAnswer[],
  token: AccessToken,
): Promise<GraphAnswer> {
  if (before.some(({ status }) => status >= 400))
    return refusal(424, 'FailedDependency', 'A request that this one depends on has failed.');
  if (request.path.toLowerCase() === '/$batch') return refusal(400, 'BadRequest', 'A batch cannot contain a batch.');
  try {
    return await graph(request, token);
  } catch (error) {
    if (error instanceof DroppedConnection) return refusal(504, 'UnknownError', 'The request timed out.');
    throw error;
  }
}

function refusal(status: number, code: string, message: string): GraphAnswer {
  return { status, body: { error: { code, message } } };
}

function toResponse(id: string, { status, headers, body }: GraphAnswer): JsonObject {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers ?? {})) shown[headerName(name)] = value;
  if (body === undefined) return { id, status, headers: shown };
  if (Buffer.isBuffer(body)) return { id, status, headers: shown, body: body.toString('base64') };
  const type = typeof body === 'string' ? 'text/plain' : 'application/json';
  return { id, status, headers: { ...shown, 'Content-Type': type }, body };
}

/** `Retry-After`, `Content-Type` and `Location` as HTTP spells them; `x-ms-…` and `request-id` stay as they are. */
function headerName(name: string): string {
  if (name.startsWith('x-') || name.endsWith('request-id')) return name;
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
