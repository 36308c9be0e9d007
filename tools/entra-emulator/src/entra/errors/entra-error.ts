/**
 * The numbers that the emulator answers with: the OAuth error each comes with, and the HTTP status where it is
 * answered in a body or a page of our own.
 */
const KINDS = {
  50011: ['invalid_request', 400],
  50027: ['invalid_client', 401],
  50034: ['invalid_grant', 400],
  50057: ['invalid_grant', 400],
  50058: ['login_required', 400],
  50059: ['invalid_request', 400],
  50148: ['invalid_grant', 400],
  50149: ['invalid_request', 400],
  54005: ['invalid_grant', 400],
  65004: ['consent_required', 400],
  70000: ['invalid_grant', 400],
  70003: ['unsupported_grant_type', 400],
  70005: ['unsupported_response_type', 400],
  70007: ['invalid_request', 400],
  70008: ['invalid_grant', 400],
  70011: ['invalid_scope', 400],
  90002: ['invalid_tenant', 400],
  90023: ['invalid_request', 400],
  90094: ['access_denied', 403],
  500011: ['invalid_resource', 400],
  500112: ['invalid_client', 401],
  501481: ['invalid_grant', 400],
  501491: ['invalid_request', 400],
  700016: ['unauthorized_client', 400],
  700023: ['invalid_client', 401],
  700024: ['invalid_client', 401],
  700025: ['invalid_client', 401],
  700027: ['invalid_client', 401],
  700054: ['unsupported_response_type', 400],
  900023: ['invalid_request', 400],
  900144: ['invalid_request', 400],
  900971: ['invalid_request', 400],
  7000215: ['invalid_client', 401],
  7000218: ['invalid_client', 401],
  9000411: ['invalid_request', 400],
  9001023: ['invalid_request', 400],
} as const;

export type AadstsNumber = keyof typeof KINDS;

/** A refusal of the identity platform. `code` is `aadsts-<number>`, or `not-emulated` for what the emulator lacks. */
export class EntraError extends Error {
  override readonly name = 'EntraError';
  readonly retriable = false;
  readonly code: string;
  /** The OAuth error code (RFC 6749, 5.2, and Entra's own). */
  readonly error: string;
  readonly status: number;
  readonly aadsts: AadstsNumber | undefined;

  constructor(aadsts: AadstsNumber | undefined, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.aadsts = aadsts;
    this.code = aadsts === undefined ? 'not-emulated' : `aadsts-${aadsts}`;
    [this.error, this.status] = aadsts === undefined ? ['not_implemented', 501] : KINDS[aadsts];
  }
}

/** Says by 501 what the real Entra does and the emulator does not. */
export function notEmulated(sentence: string): EntraError {
  return new EntraError(undefined, sentence);
}
