import { application, page } from './refusal-kind.ts';

/** Refusals of a request: its parameters, the tenant it names and the grant it brings. */
export const requestRefusals = {
  28000: application('invalid_request', 'The scope is not valid because it contains more than one resource.'),
  50059: page(
    'invalid_request',
    'No tenant-identifying information found in either the request or implied by any provided credentials.',
  ),
  50148: application(
    'invalid_grant',
    'The code_verifier does not match the code_challenge supplied in the authorization request for PKCE.',
  ),
  50149: application('invalid_request', 'Invalid Code_Challenge_method parameter.'),
  50196: application(
    'invalid_request',
    'The server terminated an operation because it encountered a client request loop.',
    {
      status: 429,
    },
  ),
  54005: application(
    'invalid_grant',
    'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  ),
  70000: application('invalid_grant', 'Provided grant is invalid or malformed.'),
  70003: application('unsupported_grant_type', 'The app requested an unsupported grant type.'),
  70005: application('unsupported_response_type', 'The app requested an unsupported response type.'),
  70007: page('invalid_request', "The value of 'response_mode' is not supported when requesting a token."),
  70008: application(
    'invalid_grant',
    'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization ' +
      'request for this user and resource.',
  ),
  70011: application('invalid_scope', "The provided value for the input parameter 'scope' is not valid."),
  90002: page('invalid_tenant', 'The tenant was not found.'),
  90023: application('invalid_request', 'The request is not valid.'),
  90033: application('temporarily_unavailable', 'A transient error has occurred. Please try again.', { status: 503 }),
  90038: page('invalid_request', 'The specified tenant belongs to another National Cloud.'),
  501481: application(
    'invalid_grant',
    'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  ),
  501491: application('invalid_request', 'Invalid size of Code_Challenge parameter.'),
  700005: application(
    'invalid_grant',
    'Provided Authorization Code is intended to use against other tenant, thus rejected.',
  ),
  700082: application('invalid_grant', 'The refresh token has expired due to inactivity.', { suberror: 'bad_token' }),
  900023: page('invalid_request', 'The specified tenant identifier is neither a valid DNS name, nor a valid domain.'),
  900144: application('invalid_request', 'The request body lacks a parameter.'),
  900561: page('invalid_request', 'The endpoint does not accept requests of this method.'),
  9000411: application('invalid_request', 'The request is not properly formatted. A parameter is duplicated.'),
  9001023: application(
    'invalid_request',
    'The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or ' +
      'tenant-specific endpoint.',
  ),
};
