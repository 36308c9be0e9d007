/** A user as Graph describes one, as far as it is mapped. */
export interface DirectoryPerson {
  readonly id: string;
  readonly accountEnabled: boolean;
  readonly userPrincipalName: string;
  readonly userType?: string | null;
  readonly mail?: string | null;
  readonly employeeId?: string | null;
  /** Everything that was selected, by Graph's names. Absent and null mean the same: the directory says nothing. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Object id of the manager, in scope or not. */
  readonly managerId?: string | null;
}

/** The properties of Graph's user that are always read, for `$select`. Rules may want others besides. */
export const mappedProperties = [
  'id',
  'accountEnabled',
  'userPrincipalName',
  'userType',
  'mail',
  'employeeId',
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
  /** Names the primary team too. */
  readonly department: string | null;
  readonly location: string | null;
  readonly language: string | null;
  readonly hireDate: string | null;
}

export type StandardField = keyof MappedFields;
