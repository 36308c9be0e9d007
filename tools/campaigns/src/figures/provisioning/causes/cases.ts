import type { Explanation, Trouble } from '@learnamp/explain';
import { displayName, groupId, people, type PersonName, personId, tenants, upn } from './companies.ts';

/** One thing that an administrator reports, and what the cause has to name. */
export interface Case {
  readonly about: Trouble['about'];
  readonly cause: string;
  readonly tenant: number;
  /** A user principal name. */
  readonly who: string;
  /** Whether the directory is asked in any case. */
  readonly isFresh?: boolean;
  /** Everything that one sentence has to name. */
  readonly names: readonly string[];
  /** Where the sentence is, other than among the troubles. */
  readonly in?: (explanation: Explanation) => string;
}

const of = (
  about: Case['about'],
  cause: string,
  name: PersonName,
  names: readonly string[],
  more: Partial<Case> = {},
): Case => ({ about, cause, tenant: tenants.main, who: upn(0, name), names, ...more });

const setup = (cause: string, tenant: number, names: readonly string[]): Case => ({
  about: 'setup',
  cause,
  tenant,
  who: upn(tenant, 'report'),
  names,
});

/** Six troubles, each by three causes at least. The last one spoils everything after it. */
export const cases: readonly Case[] = [
  of('users', 'not in the group', 'outsider', [displayName('outsider'), 'Learners', 'Contractors']),
  of('users', 'account disabled', 'disabled', [displayName('disabled'), 'disabled in Entra']),
  of('users', 'held over the limit', 'late', [displayName('late'), 'waits for approval', '1 people would be added']),
  {
    ...setup('in a nested group that hides its members', tenants.membersHidden, ['Board', 'Member.Read.Hidden']),
    about: 'users',
    who: upn(tenants.membersHidden, 'secret'),
  },
  of('details', 'written once', 'createOnly', [displayName('createOnly'), 'jobTitle', 'create only']),
  of('details', 'the expression fails', 'unreadable', [displayName('unreadable'), 'location', 'officeLocation']),
  of('details', 'empty in Entra, and kept', 'kept', [displayName('kept'), 'preferredLanguage', 'language', 'keep']),
  {
    ...setup('switched off', tenants.switchedOff, ['Assign override manager using Manager/Direct Reports in AzureAD']),
    about: 'managers',
  },
  of('managers', 'out of the group', 'managedFromOutside', [displayName('outsider'), 'Learners']),
  of('managers', 'disabled', 'managedByDisabled', [displayName('disabled'), 'disabled account']),
  of('managers', 'in a circle', 'circleA', [displayName('circleA'), displayName('circleB')]),
  of('teams', 'no department', 'noDepartment', [displayName('noDepartment'), 'department']),
  {
    ...setup('the department comes from another property', tenants.unmapped, ['companyName', 'field department']),
    about: 'teams',
  },
  {
    ...setup('teams are flat until somebody sets a parent', tenants.switchedOff, ['Engineering', 'field department']),
    about: 'teams',
    in: ({ team }) => team,
  },
  setup('a permission is missing', tenants.permissionMissing, [
    'GroupMember.Read.All',
    groupId(tenants.permissionMissing, 0),
  ]),
  setup('the group is not there', tenants.groupMissing, [groupId(tenants.groupMissing, 9)]),
  setup('the group is empty', tenants.groupEmpty, ['Learners', groupId(tenants.groupEmpty, 0)]),
  setup('nobody has consented', tenants.notConsented, ['admin consent', 'AADSTS700016']),
  of(
    'sign-in',
    'another account of the same name',
    'recreated',
    [displayName('recreated'), personId(0, people.recreated)],
    { isFresh: true },
  ),
  of('sign-in', 'deactivated here', 'leaver', [displayName('leaver'), 'Learners']),
  of('sign-in', 'the secret has expired', 'boss', ['AZURE_CLIENT_SECRET', 'AADSTS7000222']),
];

/** Sentences of an explanation that a case may find its cause in. */
export const sentencesFor = ({ about, in: place }: Case, explanation: Explanation): string[] =>
  place ? [place(explanation)] : explanation.troubles.filter((one) => one.about === about).map(({ cause }) => cause);

/** Whether one of the sentences names all that the case wants. */
export const names = ({ names: wanted }: Pick<Case, 'names'>, sentences: readonly string[]): boolean =>
  sentences.some((sentence) => wanted.every((name) => sentence.includes(name)) && !sentence.includes('\n'));
