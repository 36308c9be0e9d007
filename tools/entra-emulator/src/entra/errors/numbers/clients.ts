import { application, page } from './refusal-kind.ts';

/** Refusals of an application and of the credential that it shows. */
export const clientRefusals = {
  50011: page('invalid_request', 'The redirect URI does not match the redirect URIs configured for the application.'),
  50027: application('invalid_client', 'JWT token is invalid or malformed.'),
  50194: page('invalid_request', 'The application is not configured as a multi-tenant application.'),
  500011: application('invalid_resource', 'The resource principal was not found in the tenant.'),
  500112: application('invalid_client', 'The reply address does not match the one of the authorization code.'),
  700016: page('unauthorized_client', 'The application was not found in the directory.'),
  700023: application('invalid_client', 'Client assertion audience claim does not match Realm issuer.'),
  700024: application('invalid_client', 'Client assertion is not within its valid time range.'),
  700025: application(
    'invalid_client',
    "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
  ),
  700027: application('invalid_client', 'Client assertion failed signature validation.'),
  700054: application('unsupported_response_type', "response_type 'id_token' is not enabled for the application."),
  900971: page('invalid_request', 'No reply address provided.'),
  7000112: page('unauthorized_client', 'The application is disabled.'),
  7000215: application(
    'invalid_client',
    'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the ' +
      'client secret ID.',
  ),
  7000218: application(
    'invalid_client',
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  ),
  7000222: application('invalid_client', 'The provided client secret keys are expired.'),
};
