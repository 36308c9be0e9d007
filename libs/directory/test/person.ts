import type { DirectoryPerson } from '../src/index.ts';

/** A person of the directory whose account is enabled, with what a test says of them. */
export const aPerson = (said: Partial<DirectoryPerson> = {}): DirectoryPerson => ({
  id: '11111111-1111-1111-1111-111111111111',
  accountEnabled: true,
  userPrincipalName: 'ada@contoso.example',
  userType: 'Member',
  displayName: 'Ada Lovelace',
  givenName: 'Ada',
  surname: 'Lovelace',
  jobTitle: 'Analyst',
  department: 'Engines',
  officeLocation: 'London',
  preferredLanguage: 'en-GB',
  employeeHireDate: '2020-01-02T00:00:00Z',
  managerId: null,
  ...said,
});
