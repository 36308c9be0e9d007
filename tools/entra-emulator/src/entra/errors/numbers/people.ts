import { account, application, page } from './refusal-kind.ts';

const basic = { suberror: 'basic_action' };

/** Refusals of a person: the account, its session and what policies ask of it. */
export const peopleRefusals = {
  50020: account(
    'invalid_grant',
    'The user account does not exist in the tenant and cannot access the application in that tenant. The account needs to ' +
      'be added as an external user in the tenant first. Sign out and sign in again with a different account.',
    { redirectError: 'access_denied' },
  ),
  50034: account('invalid_grant', 'The user account does not exist in the directory.'),
  50053: account('invalid_grant', 'The account is locked, you have tried to sign in too many times.'),
  50057: account('invalid_grant', 'The user account is disabled.'),
  50058: application('login_required', 'A silent sign-in request was sent but no user is signed in.'),
  50076: application(
    'invalid_grant',
    'Due to a configuration change made by your administrator, or because you moved to a new location, you must use ' +
      "multi-factor authentication to access '00000003-0000-0000-c000-000000000000'.",
    basic,
  ),
  50079: account(
    'invalid_grant',
    'Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in ' +
      "multi-factor authentication to access '00000003-0000-0000-c000-000000000000'.",
    basic,
  ),
  50105: application(
    'invalid_grant',
    'Your administrator has configured the application to block users unless they are specifically granted access.',
    { redirectError: 'access_denied' },
  ),
  50126: account('invalid_grant', 'Error validating credentials due to invalid username or password.'),
  50173: application(
    'invalid_grant',
    'The provided grant has expired due to it being revoked, a fresh auth token is needed.',
    { suberror: 'bad_token' },
  ),
  53003: page(
    'invalid_grant',
    'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    { suberror: 'message_only' },
  ),
  90072: account(
    'invalid_grant',
    'The external user account does not exist in the tenant and so cannot satisfy its multi-factor authentication. The ' +
      'account needs to be added as an external user in the tenant first.',
    { redirectError: 'access_denied' },
  ),
  500208: account('invalid_grant', 'The domain is not a valid login domain for the account type.'),
  500212: account(
    'invalid_grant',
    "The user's administrator has set an outbound access policy that does not allow access to the resource tenant.",
    { redirectError: 'access_denied' },
  ),
  500213: account(
    'invalid_grant',
    "The resource tenant's cross-tenant access policy does not allow this user to access this tenant.",
    { redirectError: 'access_denied' },
  ),
};
