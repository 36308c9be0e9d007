import { application, page } from './refusal-kind.ts';

/** Refusals for want of consent, or of permissions to consent to. */
export const consentRefusals = {
  65001: application(
    'invalid_grant',
    'The user or administrator has not consented to use the application. Send an interactive authorization request for ' +
      'this user and resource.',
    { redirectError: 'consent_required', suberror: 'consent_required' },
  ),
  65004: application('consent_required', 'User declined to consent to access the app.'),
  65005: application(
    'invalid_client',
    'The application is misconfigured: its required resource access list does not contain applications discoverable by ' +
      'the resource.',
  ),
  90094: page('access_denied', 'An administrator of the directory has to consent to the application first.', {
    status: 403,
  }),
  90095: page(
    'access_denied',
    'An administrator of the directory has to consent to the application first. Request approval to use it.',
    { status: 403 },
  ),
  90099: page(
    'unauthorized_client',
    'The application has not been authorized in the tenant. Applications must be authorized to access the external tenant ' +
      'before partner delegated administrators can use them.',
  ),
  650053: application('invalid_client', 'The application asked for a scope that does not exist on the resource.'),
  650056: page(
    'invalid_client',
    'Misconfigured application. This could be due to one of the following: the client has not listed any permissions in ' +
      "the requested permissions in the client's application registration. Or, the admin has not consented in the tenant. " +
      'Or, check the application identifier in the request to ensure it matches the configured client application identifier.',
  ),
};
