import { GROUP_MEMBERSHIP_CLAIMS, type Application, type OptionalClaim } from '../entra/application.ts';
import { OPTIONAL_CLAIMS } from '../entra/tokens/optional-claims.ts';
import {
  checkArray,
  checkBoolean,
  checkGuid,
  checkObject,
  checkOneOf,
  checkProperties,
  checkText,
  checkTexts,
  fail,
} from './file-checks.ts';

/** The application registrations of a file. */
export function checkApplications(value: unknown): Application[] {
  const applications = checkArray('applications', value).map((entry, index) =>
    checkApplication(`applications[${index}]`, entry),
  );
  const ids = new Set(applications.map((application) => application.appId));
  if (ids.size < applications.length) throw fail('applications', 'must not repeat an appId');
  if (applications.length === 0) throw fail('applications', 'must not be empty: leave it out for the default one');
  return applications;
}

function checkApplication(path: string, entry: unknown): Application {
  const application = checkObject(path, entry);
  return {
    ...checkProperties(path, application, REGISTRATION),
    appId: checkGuid(`${path}.appId`, application['appId']),
    displayName: checkText(`${path}.displayName`, application['displayName']),
    passwordCredentials: checkSecrets(`${path}.passwordCredentials`, application['passwordCredentials'] ?? []),
    web: checkWeb(`${path}.web`, application['web']),
    appRoles: checkTexts(`${path}.appRoles`, application['appRoles'] ?? []),
  };
}

const listOf =
  <Entry>(check: (path: string, value: unknown) => Entry) =>
  (path: string, value: unknown): Entry[] =>
    checkArray(path, value).map((entry, index) => check(`${path}[${index}]`, entry));

const checkSecrets = listOf((path, value) => {
  const { endDateTime, secretText } = checkProperties(path, value, { secretText: checkText, endDateTime: checkDate });
  return { secretText: checkText(`${path}.secretText`, secretText), ...(endDateTime && { endDateTime }) };
});

const checkCertificates = listOf((path, value) => {
  const { certificatePem } = checkProperties(path, value, { certificatePem: checkText });
  return { certificatePem: checkText(`${path}.certificatePem`, certificatePem) };
});

function checkWeb(path: string, value: unknown): Application['web'] {
  const { redirectUris, logoutUrl, implicitGrantSettings } = checkProperties(path, value, {
    redirectUris: checkTexts,
    logoutUrl: checkText,
    implicitGrantSettings: (at, settings) => checkProperties(at, settings, { enableIdTokenIssuance: checkBoolean }),
  });
  return {
    redirectUris: checkTexts(`${path}.redirectUris`, redirectUris),
    ...(logoutUrl && { logoutUrl }),
    ...(implicitGrantSettings && {
      implicitGrantSettings: { enableIdTokenIssuance: implicitGrantSettings.enableIdTokenIssuance === true },
    }),
  };
}

function checkDate(path: string, value: unknown): string {
  const text = checkText(path, value);
  if (Number.isNaN(Date.parse(text))) throw fail(path, 'must be a date');
  return text;
}

const checkOptionalClaims = listOf((path, value): OptionalClaim => {
  const claim = checkProperties(path, value, {
    name: (at: string, name: unknown) => checkOneOf(at, name, OPTIONAL_CLAIMS),
    additionalProperties: checkTexts,
    source: (at: string, source: unknown) => (source === null ? null : checkText(at, source)),
    essential: checkBoolean,
  });
  const { name, additionalProperties } = claim;
  return {
    name: checkOneOf(`${path}.name`, name, OPTIONAL_CLAIMS),
    ...(additionalProperties && { additionalProperties }),
  };
});

const REGISTRATION = {
  appId: checkGuid,
  displayName: checkText,
  signInAudience: (path: string, value: unknown) =>
    checkOneOf(path, value, ['AzureADMyOrg', 'AzureADMultipleOrgs'] as const),
  passwordCredentials: checkSecrets,
  keyCredentials: checkCertificates,
  web: checkWeb,
  appRoles: checkTexts,
  requiredAppRoles: checkTexts,
  requiredScopes: checkTexts,
  optionalClaims: (path: string, value: unknown) => checkProperties(path, value, { idToken: checkOptionalClaims }),
  groupMembershipClaims: (path: string, value: unknown) => checkOneOf(path, value, GROUP_MEMBERSHIP_CLAIMS),
  authenticationBehaviors: (path: string, value: unknown) =>
    checkProperties(path, value, { removeUnverifiedEmailClaim: checkBoolean }),
};
