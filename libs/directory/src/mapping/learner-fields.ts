/** A user as Graph describes one, as far as it is mapped. Absent and null mean the same: the directory says nothing. */
export interface DirectoryPerson {
  readonly id: string;
  readonly accountEnabled: boolean;
  readonly userPrincipalName: string;
  readonly userType?: string | null;
  readonly mail?: string | null;
  readonly displayName?: string | null;
  readonly givenName?: string | null;
  readonly surname?: string | null;
  readonly jobTitle?: string | null;
  readonly department?: string | null;
  readonly officeLocation?: string | null;
  readonly preferredLanguage?: string | null;
  readonly employeeHireDate?: string | null;
  /** Object id of the manager, in scope or not. */
  readonly managerId: string | null;
}

/** The properties of Graph's user that the mapping needs, for `$select`. */
export const mappedProperties = [
  'id',
  'accountEnabled',
  'userPrincipalName',
  'userType',
  'mail',
  'displayName',
  'givenName',
  'surname',
  'jobTitle',
  'department',
  'officeLocation',
  'preferredLanguage',
  'employeeHireDate',
] as const;

/** The standard fields of a learner, by Learn Amp's names. */
export interface MappedFields {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly displayName: string | null;
  readonly email: string | null;
  readonly jobTitle: string | null;
  readonly department: string | null;
  readonly location: string | null;
  readonly language: string | null;
  readonly hireDate: string | null;
}

/** Learn Amp's default mapping. White space around a value says nothing, so an all-blank value is none. */
export function mapFields(person: DirectoryPerson): MappedFields {
  return {
    firstName: textOf(person.givenName),
    lastName: textOf(person.surname),
    displayName: textOf(person.displayName),
    email: textOf(person.userPrincipalName),
    jobTitle: textOf(person.jobTitle),
    department: textOf(person.department),
    location: textOf(person.officeLocation),
    language: textOf(person.preferredLanguage),
    // Graph gives a moment; a hire date is a day.
    hireDate: textOf(person.employeeHireDate)?.slice(0, 10) ?? null,
  };
}

function textOf(value: string | null | undefined): string | null {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}
