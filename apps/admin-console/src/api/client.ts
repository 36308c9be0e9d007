import createClient from 'openapi-fetch';
import type { paths } from './openapi.d.ts';
import { ApiProblem, isProblemDocument, Unreachable } from './problem.ts';

/** The API as `docs/openapi.json` says it: paths, bodies and answers are checked by the compiler. */
export const api = createClient<paths>({ baseUrl: '/' });

interface Fetched<Data> {
  readonly data?: Data | undefined;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * What the API answered.
 * @throws ApiProblem for a refusal; Unreachable when no answer came, or one that isn't the API's.
 */
export async function answerOf<Data>(asked: Promise<Fetched<Data>>): Promise<Data> {
  const { data, error, response } = await asked.catch((cause: unknown) => {
    throw new Unreachable({ cause });
  });
  if (response.ok) return data as Data;
  if (isProblemDocument(error)) throw new ApiProblem(error, retryAfterOf(response));
  throw new Unreachable({ cause: error });
}

function retryAfterOf({ headers }: Response): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : null;
}
