import { describe, expect, it } from '@jest/globals';
import { type DirectoryFile, parseDirectoryFile } from '../../src/index.ts';
import { aDirectoryFile, aGroup, aUser, idOf } from '../graph/a-directory-file.ts';

const APP = 'c0000000-0000-4000-8000-000000000001';
const application = { appId: APP, displayName: 'Portal', web: { redirectUris: ['http://localhost/callback'] } };
const principal = { appId: APP, displayName: 'Portal' };

const parse = (more: object): DirectoryFile =>
  parseDirectoryFile(JSON.stringify({ ...aDirectoryFile([aUser(1)], [aGroup(1)]), ...more }));

describe('the applications of a directory file', () => {
  it('keep what sign-in needs of a registration', () => {
    const registration = {
      ...application,
      signInAudience: 'AzureADMultipleOrgs',
      passwordCredentials: [{ secretText: 'a secret', endDateTime: '2030-01-01T00:00:00Z' }],
      web: { ...application.web, implicitGrantSettings: { enableIdTokenIssuance: true } },
      appRoles: [],
      requiredAppRoles: ['User.Read.All'],
      requiredScopes: ['openid'],
      optionalClaims: { idToken: [{ name: 'upn', additionalProperties: ['include_externally_authenticated_upn'] }] },
      groupMembershipClaims: 'SecurityGroup',
      authenticationBehaviors: { removeUnverifiedEmailClaim: false },
    };

    expect(parse({ applications: [registration] }).applications).toEqual([registration]);
  });

  it.each([
    [
      'a misspelt property',
      { signInAudiences: 'AzureADMyOrg' },
      /^applications\[0\]\.signInAudiences is not a property/,
    ],
    ['personal accounts', { signInAudience: 'PersonalMicrosoftAccount' }, /\.signInAudience must be one of/],
    [
      'a claim that is not emulated',
      { optionalClaims: { idToken: [{ name: 'ztdid' }] } },
      /^applications\[0\]\.optionalClaims\.idToken\[0\]\.name must be one of acct, /,
    ],
    ['a secret that ends on no date', { passwordCredentials: [{ secretText: 's', endDateTime: 'soon' }] }, /a date$/],
    ['groups that there are not', { groupMembershipClaims: 'Some' }, /\.groupMembershipClaims must be one of None/],
    [
      'a switch that is neither on nor off',
      { authenticationBehaviors: { removeUnverifiedEmailClaim: 'no' } },
      /must be true or false$/,
    ],
  ])('are refused with %s', (_name, changes, message) => {
    expect(() => parse({ applications: [{ ...application, ...changes }] })).toThrow(message);
  });
});

describe('the service principals of a directory file', () => {
  it('say how applications stand in the tenant', () => {
    const entry = {
      ...principal,
      accountEnabled: false,
      appRoleAssignmentRequired: true,
      assignedTo: [idOf('user', 1), idOf('group', 1)],
      appRoles: ['User.Read.All'],
      scopes: ['openid'],
    };

    expect(parse({ servicePrincipals: [entry] }).servicePrincipals).toEqual([entry]);
  });

  it.each([
    ['somebody who is not there', [{ ...principal, assignedTo: [idOf('user', 9)] }], /names no user or group/],
    ['the same application twice', [principal, principal], /^servicePrincipals must not repeat an appId/],
    ['no name', [{ appId: APP }], /^servicePrincipals\[0\]\.displayName must be a text/],
  ])('are refused with %s', (_name, servicePrincipals, message) => {
    expect(() => parse({ servicePrincipals })).toThrow(message);
  });
});

describe('the sign-in policies of a directory file', () => {
  it('are kept', () => {
    const signInPolicies = {
      userConsent: false,
      lockedUsers: [idOf('user', 1)],
      conditionalAccess: [{ includeUsers: ['All'], includeApplications: [APP], control: 'mfa' }],
    };

    expect(parse({ signInPolicies }).signInPolicies).toEqual(signInPolicies);
  });

  it.each([
    ['a misspelt property', { userConsents: true }, /^signInPolicies\.userConsents is not a property/],
    [
      'another control',
      { conditionalAccess: [{ includeUsers: [], includeApplications: [], control: 'ask' }] },
      /^signInPolicies\.conditionalAccess\[0\]\.control must be one of block, mfa/,
    ],
    ['everybody by another word', { lockedUsers: ['All'] }, /^signInPolicies\.lockedUsers\[0\] must be a GUID/],
  ])('are refused with %s', (_name, signInPolicies, message) => {
    expect(() => parse({ signInPolicies })).toThrow(message);
  });
});
