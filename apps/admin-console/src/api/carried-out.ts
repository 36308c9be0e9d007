import type { paths } from './openapi.d.ts';
import { ApiProblem } from './problem.ts';

/** What came of a command, as every route answers that gives one. */
export type GivenCommand = paths['/api/invitations/resend']['post']['responses']['200']['content']['application/json'];

/**
 * A command that was carried out, or is going to be.
 * @throws ApiProblem for one that was given and then refused, which the API answers with 200 and the reason.
 */
export function carriedOut(given: GivenCommand): GivenCommand {
  if (given.outcome?.outcome !== 'refused') return given;
  const detail = given.outcome.reason ?? '';
  throw new ApiProblem({ type: 'about:blank', title: 'Refused', status: 409, code: 'refused', detail });
}
