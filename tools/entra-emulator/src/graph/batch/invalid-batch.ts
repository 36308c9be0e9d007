import { invalidODataRequest } from '../protocol/refusals.ts';
import type { GraphError } from '../protocol/graph-error.ts';

/** The refusal of a batch that can't be taken apart: none of its requests is carried out. */
export function invalidBatch(problem: string): GraphError {
  return invalidODataRequest(`Invalid batch payload format: ${problem}.`);
}
