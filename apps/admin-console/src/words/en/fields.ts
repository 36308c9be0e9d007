import { number } from './plural.ts';

/** What the fields of a learner are called. A field that an organisation defines itself is called by its id. */
const names: Readonly<Record<string, string>> = {
  active: 'Active',
  firstName: 'First name',
  lastName: 'Last name',
  displayName: 'Name',
  email: 'Email',
  jobTitle: 'Job title',
  department: 'Department',
  location: 'Location',
  language: 'Language',
  hireDate: 'Hire date',
  manager: 'Manager',
  employeeId: 'Employee ID',
  userPrincipalName: 'User principal name',
  userType: 'Kind of account',
};

function value(said: unknown): string {
  if (said === null || said === undefined || said === '') return 'nothing';
  if (typeof said === 'boolean') return said ? 'yes' : 'no';
  return typeof said === 'string' ? said : JSON.stringify(said);
}

export const fields = {
  names,
  value,
  becomes: 'becomes',
  changes: (count: number) => `${number(count)} fields`,
} as const;
