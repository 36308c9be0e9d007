/** A field that the organisation defines. */
export interface CustomField {
  readonly id: string;
  readonly title: string;
}

/** How one field of a learner comes from the directory. */
export interface MappingRule {
  /** A standard field, or `customFields.` and the id of one that the organisation defines. */
  readonly field: string;
  /** A property of Graph's user, or a JSONata expression over several. */
  readonly from: string;
  readonly apply: 'always' | 'create only';
  readonly onEmpty: 'keep' | 'clear' | 'default';
  readonly default?: string;
}

/** What an organisation sets. A standard field without a rule here is mapped by default. */
export interface Mapping {
  readonly rules: readonly MappingRule[];
  readonly customFields: readonly CustomField[];
}

export const defaultMapping: Mapping = { rules: [], customFields: [] };

/** Where the standard fields come from without a rule (docs/mapping.md). */
export const defaultSources: Readonly<Record<string, string>> = {
  firstName: 'givenName',
  lastName: 'surname',
  displayName: 'displayName',
  email: 'userPrincipalName',
  jobTitle: 'jobTitle',
  department: 'department',
  location: 'officeLocation',
  language: 'preferredLanguage',
  hireDate: 'employeeHireDate',
};

/** Properties that are often wanted; any other one that can be selected may be typed. */
export const suggestedProperties = [
  'mail',
  'userPrincipalName',
  'displayName',
  'givenName',
  'surname',
  'jobTitle',
  'department',
  'companyName',
  'officeLocation',
  'city',
  'state',
  'country',
  'usageLocation',
  'preferredLanguage',
  'employeeId',
  'employeeType',
  'employeeHireDate',
  'employeeOrgData.division',
  'employeeOrgData.costCenter',
  'mailNickname',
  'mobilePhone',
  'onPremisesSamAccountName',
  'onPremisesExtensionAttributes.extensionAttribute1',
] as const;
