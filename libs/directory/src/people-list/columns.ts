import { CUSTOM_PREFIX, type CustomField } from '../mapping/mapping-rule.ts';

/** A column of a list, and what it says of a learner; null where it is none of ours. */
export interface ListColumn {
  readonly title: string;
  /** A standard field, `employeeId`, `userPrincipalName`, `active`, `learnerId`, or `customFields.` and an id. */
  readonly field: string | null;
}

/** How people write them, in any case, with any space or hyphen between. */
const names: Readonly<Record<string, readonly string[]>> = {
  firstName: ['firstName', 'givenName', 'forename', 'Vorname', 'prénom'],
  lastName: ['lastName', 'surname', 'familyName', 'Nachname'],
  displayName: ['displayName', 'fullName', 'name'],
  email: ['email', 'emailAddress', 'mail', 'workEmail', 'E-Mail-Adresse'],
  jobTitle: ['jobTitle', 'position'],
  department: ['department', 'team', 'Abteilung'],
  location: ['location', 'office', 'officeLocation', 'Standort'],
  language: ['language', 'preferredLanguage', 'locale', 'Sprache'],
  hireDate: ['hireDate', 'startDate', 'employeeHireDate', 'Eintrittsdatum'],
  employeeId: ['employeeId', 'employeeNumber', 'employeeNo', 'staffId', 'staffNumber', 'Personalnummer'],
  userPrincipalName: ['userPrincipalName', 'UPN', 'userName', 'signInName'],
  active: ['active', 'enabled', 'isActive', 'accountEnabled', 'aktiv'],
  learnerId: ['learnerId'],
};

const plain = (title: string) =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_.\-/()*:]+/g, '');

const known = new Map(
  Object.entries(names).flatMap(([field, all]) => all.map((name) => [plain(name), field] as const)),
);

/** What the titles of a first row say. The organisation's own fields are named by title or id. */
export function columnsOf(titles: readonly string[], customFields: readonly CustomField[]): ListColumn[] {
  const own = new Map(
    customFields.flatMap(({ id, title }) =>
      [title, id, CUSTOM_PREFIX + id].map((name) => [plain(name), CUSTOM_PREFIX + id] as const),
    ),
  );
  return titles.map((title) => ({
    title: title.trim(),
    field: known.get(plain(title)) ?? own.get(plain(title)) ?? null,
  }));
}

/** Why these columns are no list of people; undefined where they are one. */
export function columnProblem(columns: readonly ListColumn[]): string | undefined {
  const named = columns.filter(({ field }) => field !== null);
  const twice = named.find(({ field }, index) => named.slice(0, index).some((other) => other.field === field));
  if (twice) return `Two columns say the same of a person: “${twice.title}” is one of them.`;
  if (named.some(({ field }) => identifying.includes(field ?? ''))) return undefined;
  return 'The first row has to name the columns, and one of them has to be “Email”, “Employee ID” or “Learner ID”.';
}

export const identifying: readonly string[] = ['email', 'userPrincipalName', 'employeeId', 'learnerId'];
