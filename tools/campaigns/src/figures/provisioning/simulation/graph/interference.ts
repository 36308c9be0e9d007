import type { Fault, FaultRequest, GraphAnswer } from '@learnamp/entra-emulator';

type JsonObject = Exclude<GraphAnswer['body'], string | Buffer | undefined>;
type JsonValue = NonNullable<JsonObject[string]> | null;

/** A page of a list, as Graph gives one. */
export type GivenPage = JsonObject & { readonly value: JsonValue[] };

/** What is done to particular requests of services, besides what the weather does. */
export interface Interference {
  /** Asked for each request, members of batches included. */
  readonly fault?: (request: FaultRequest) => Fault | undefined;
  /** The list, or the page of one, that a service is to get in place of this one. */
  readonly page?: (url: string, page: GivenPage) => GivenPage;
}

interface Batch {
  readonly requests: readonly { readonly id: string; readonly url: string }[];
}

interface BatchAnswer {
  readonly responses: (JsonObject & { readonly id: string })[];
}

/** An answer whose pages are others; of a batch, the pages of its members. */
export function withOtherPages(answer: GraphAnswer, sent: unknown, url: string, { page }: Interference): GraphAnswer {
  const { body } = answer;
  if (!page || typeof body !== 'object' || Buffer.isBuffer(body)) return answer;
  if (!isBatch(sent)) return isPage(body) ? { ...answer, body: page(url, body) } : answer;
  const addresses = new Map(sent.requests.map((request) => [request.id, request.url]));
  const responses = (body as Partial<BatchAnswer>).responses?.map((response) =>
    isPage(response.body) ? { ...response, body: page(addresses.get(response.id) ?? '', response.body) } : response,
  );
  return { ...answer, body: { ...body, responses } };
}

const isBatch = (sent: unknown): sent is Batch => Array.isArray((sent as Partial<Batch> | undefined)?.requests);

const isPage = (body: JsonValue | undefined): body is GivenPage =>
  Array.isArray((body as Partial<GivenPage> | undefined)?.value);
