export interface ProblemOptions extends ErrorOptions {
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that is refused, with what the person or the caller is told about it. */
export class Problem extends Error {
  readonly retriable: boolean;
  readonly status: number;
  /** Kebab-case and stable; the `code` member of problem documents. */
  readonly code: string;
  /** What the answer says in headers as well. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, sentence: string, options?: ProblemOptions) {
    super(sentence, options);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.headers = options?.headers ?? {};
    this.retriable = status === 503;
  }
}

export const notFound = () => new Problem(404, 'not-found', 'There is no such page.');

export const unavailable = (cause: unknown) =>
  new Problem(503, 'unavailable', 'Learn Amp is not available at the moment. Please try again in a minute.', { cause });
