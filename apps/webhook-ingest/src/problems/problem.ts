/** A request that is refused, and the status that says so. The sentence is fixed: an answer never repeats the request. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: string;
  readonly status: number;
  readonly retriable: boolean;

  constructor(status: number, options?: ErrorOptions) {
    const { code, title } = kindOf(status);
    super(title, options);
    this.code = code;
    this.status = status;
    this.retriable = status === 503;
  }
}

const kinds = new Map([
  [400, { code: 'bad-request', title: 'The request is not as Microsoft Graph sends it.' }],
  [404, { code: 'not-found', title: 'There is nothing here.' }],
  [408, { code: 'too-slow', title: 'The request took too long to arrive.' }],
  [413, { code: 'too-large', title: 'The request is too large.' }],
  [414, { code: 'too-large', title: 'The request is too large.' }],
  [431, { code: 'too-large', title: 'The request is too large.' }],
  [415, { code: 'media-type', title: 'Notifications are application/json.' }],
  [503, { code: 'unavailable', title: 'Notifications can not be taken right now. Please send them again.' }],
]);

const internal = { code: 'internal', title: 'Something went wrong here.' };
const otherRefusal = { code: 'bad-request', title: 'The request is refused.' };

const kindOf = (status: number) => kinds.get(status) ?? (status >= 500 ? internal : otherRefusal);

/** RFC 9457. */
export const problemBody = ({ status, code, message: title }: Problem) => ({
  type: 'about:blank',
  title,
  status,
  code,
});

export const refused = (status: number) => new Problem(status);

/** Nothing was accepted; Graph sends the same again. */
export const unavailable = (cause?: unknown) => new Problem(503, { cause });
