import type { Application } from '../entra/ports.ts';
import { checkArray, checkGuid, checkObject, checkText, fail } from './file-checks.ts';

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
  const web = checkObject(`${path}.web`, application['web']);
  const keys = application['keyCredentials'];
  return {
    appId: checkGuid(`${path}.appId`, application['appId']),
    displayName: checkText(`${path}.displayName`, application['displayName']),
    passwordCredentials: texts(path, 'passwordCredentials', 'secretText', application['passwordCredentials'] ?? []),
    ...(keys === undefined ? {} : { keyCredentials: texts(path, 'keyCredentials', 'certificatePem', keys) }),
    web: {
      redirectUris: checkArray(`${path}.web.redirectUris`, web['redirectUris']).map((uri, index) =>
        checkText(`${path}.web.redirectUris[${index}]`, uri),
      ),
      ...(web['logoutUrl'] === undefined ? {} : { logoutUrl: checkText(`${path}.web.logoutUrl`, web['logoutUrl']) }),
    },
    appRoles: checkArray(`${path}.appRoles`, application['appRoles'] ?? []).map((role, index) =>
      checkText(`${path}.appRoles[${index}]`, role),
    ),
  };
}

function texts<Key extends string>(path: string, list: string, key: Key, value: unknown): Record<Key, string>[] {
  return checkArray(`${path}.${list}`, value).map((entry, index) => {
    const at = `${path}.${list}[${index}]`;
    return { [key]: checkText(`${at}.${key}`, checkObject(at, entry)[key]) } as Record<Key, string>;
  });
}
