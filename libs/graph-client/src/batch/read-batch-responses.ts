import type { GraphAnswer } from '../errors/error-of-response.ts';
import { GraphError } from '../errors/graph-error.ts';

/**
 * The answers of a batch by the index that was sent as id; they come in any order (Graph, JSON batching). An id that
 * was not asked for, or twice, is refused: an answer given to the wrong member would be believed.
 * @throws GraphError `unexpected-response`.
 */
export function readBatchResponses(body: unknown, asked: ReadonlySet<number>): Map<number, GraphAnswer> {
  const { responses } = asObject(body);
  if (!Array.isArray(responses)) throw unexpected('Graph answered a batch without responses');
  const answers = new Map<number, GraphAnswer>();
  for (const response of responses as unknown[]) {
    const { id, status, headers, body: answerBody } = asObject(response);
    const index = Number(id);
    if (!asked.has(index) || answers.has(index)) throw unexpected('Graph answered a member that was not asked for');
    if (typeof status !== 'number') throw unexpected('a member of a batch was answered without a status');
    answers.set(index, { status, headers: readHeaders(headers), body: answerBody });
  }
  return answers;
}

function readHeaders(headers: unknown): Record<string, string> {
  const entries = Object.entries(asObject(headers));
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const unexpected = (message: string) => new GraphError('unexpected-response', message);
