import { AuthError, ServerError } from '@azure/msal-node';
import { GraphError } from '../errors/graph-error.ts';

/** What a failed token request means. Only for what MSAL or its network threw; a bug stays what it is. */
export function tokenError(error: unknown): GraphError {
  // What the network module threw may come wrapped.
  if (error instanceof GraphError) return asTokenError(error);
  if (!(error instanceof AuthError)) throw error;
  const details = { ...aadstsNumber(error.errorMessage), cause: withoutIds(error) };
  const { errorCode } = error;
  if (isPassing(error)) return new GraphError('token-unavailable', `Entra gave no token (${errorCode})`, details);
  return new GraphError('token-refused', `Entra refused a token (${errorCode})`, details);
}

const asTokenError = (error: GraphError) =>
  error.code === 'timeout'
    ? new GraphError('token-unavailable', 'Entra did not answer in time', { cause: error })
    : error;

// OAuth 2.0 (RFC 6749, section 5.2) knows refusals; these are MSAL's and Entra's words for not being well.
const passingCodes: ReadonlySet<string> = new Set([
  'temporarily_unavailable',
  'server_error',
  'network_error',
  'no_network_connectivity',
  'post_request_failed',
  'endpoints_resolution_error',
  'openid_config_error',
]);

function isPassing(error: AuthError): boolean {
  const status = error instanceof ServerError ? (error.status ?? 0) : 0;
  return status >= 500 || status === 429 || passingCodes.has(error.errorCode);
}

/**
 * The number in one of Entra's sentences: a hint for an administrator. Microsoft may change these numbers, so nothing
 * branches on them (Entra, error codes).
 */
export function aadstsNumber(sentence: string): { graphCode?: string } {
  const number = /AADSTS\d+/.exec(sentence)?.[0];
  return number === undefined ? {} : { graphCode: number };
}

// Entra's sentences name the tenant and the application; a log must not.
function withoutIds(error: AuthError): Error {
  const guids = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
  return new Error(`${error.errorCode}: ${error.errorMessage}`.replaceAll(guids, '<id>').slice(0, 500));
}
