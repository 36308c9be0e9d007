/** What stopped a real part from starting. Stable: callers switch on it, people read the message. */
export type TestkitErrorCode =
  | 'mongod-unavailable'
  | 'mongod-failed'
  | 'mongodb-unreachable'
  | 'data-folder-in-use'
  | 'port-in-use'
  | 'kafka-unavailable'
  | 'kafka-failed'
  | 'kafka-not-ours'
  | 'chromium-unavailable';

/**
 * The one error of this package. `message` is written for the person at the terminal and says what to install or set.
 * `retriable` is true where the same call may succeed later without anybody changing anything.
 */
export class TestkitError extends Error {
  readonly code: TestkitErrorCode;
  readonly retriable: boolean;

  constructor(code: TestkitErrorCode, message: string, options: { cause?: unknown; retriable?: boolean } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'TestkitError';
    this.code = code;
    this.retriable = options.retriable ?? false;
  }
}

/** The message of anything thrown, in one line. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().replace(/\s*\n\s*/g, ' ');
}
