import {
  type DirectoryPerson,
  type Evaluator,
  mapFields,
  type MappedPerson,
  rulesOf,
  noMapping,
} from '../src/index.ts';

type Said = Partial<Omit<DirectoryPerson, 'properties'>> & Readonly<Record<string, unknown>>;

const own = new Set(['id', 'accountEnabled', 'managerId']);

/** A person of the directory whose account is enabled, with what a test says of them and their properties. */
export function aPerson(said: Said = {}): DirectoryPerson {
  const properties = {
    userPrincipalName: 'ada@contoso.example',
    userType: 'Member',
    mail: null,
    employeeId: null,
    displayName: 'Ada Lovelace',
    givenName: 'Ada',
    surname: 'Lovelace',
    jobTitle: 'Analyst',
    department: 'Engines',
    officeLocation: 'London',
    preferredLanguage: 'en-GB',
    employeeHireDate: '2020-01-02T00:00:00Z',
    ...Object.fromEntries(Object.entries(said).filter(([name]) => !own.has(name))),
  };
  return {
    id: said.id ?? '11111111-1111-1111-1111-111111111111',
    accountEnabled: said.accountEnabled ?? true,
    userPrincipalName: properties.userPrincipalName,
    userType: properties.userType,
    mail: properties.mail,
    employeeId: properties.employeeId,
    properties,
    managerId: said.managerId ?? null,
  };
}

export const noEvaluator: Evaluator = (expression) => {
  throw new Error(`nothing was to be evaluated, and least of all ${expression}`);
};

/** A person as the default mapping maps them. */
export const mappedByDefault = (person: DirectoryPerson): MappedPerson =>
  mapFields(person, rulesOf(noMapping), noEvaluator);
