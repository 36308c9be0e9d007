import type { DirectoryFile, GroupEntry, UserEntry } from '../directory/directory-file.ts';
import { stableGuid } from '../entra/tenants/stable-guid.ts';
import { ROOT_GROUP_NAME } from './generate-groups.ts';
import { addressPart } from './names.ts';
import { portrait } from './portrait.ts';
import { samplePeople, type SamplePerson } from './sample-people.ts';

const COMPANY = 'Harbour & Finch';
const DOMAIN = 'harbourfinch.example';
const ADMINISTRATOR = 'IT Operations Manager';

// Each group: the groups in it, then who is in it, by department or by surname. Four levels below the root, and
// "Platform On Call" contains "Engineering", which contains it.
const groups: Readonly<Record<string, { groups: string[]; departments?: string[]; surnames?: string[] }>> = {
  [ROOT_GROUP_NAME]: {
    groups: ['Head Office', 'Engineering', 'Commercial', 'Partners'],
    departments: ['IT & Operations'],
    surnames: ['Nightingale'],
  },
  'Head Office': { groups: ['Leadership', 'Finance', 'People'] },
  Leadership: { groups: [], departments: ['Leadership'] },
  Finance: { groups: [], departments: ['Finance'] },
  People: { groups: [], departments: ['People'] },
  Engineering: { groups: ['Platform', 'Product & Design'], departments: ['Engineering'] },
  Platform: { groups: ['Platform Reliability'], surnames: ['Wiśniewski', 'Puigdemont i Casamajó'] },
  'Platform Reliability': { groups: ['Platform On Call'], surnames: ['Ní Dhomhnaill', 'Moyo'] },
  'Platform On Call': { groups: ['Engineering'], surnames: ['Moyo', 'Ishikawa'] },
  'Product & Design': { groups: [], departments: ['Product & Design'] },
  Commercial: { groups: ['Sales', 'Marketing', 'Customer Success'] },
  Sales: { groups: [], departments: ['Sales'] },
  Marketing: { groups: [], departments: ['Marketing'] },
  'Customer Success': { groups: [], departments: ['Customer Success'] },
  Partners: { groups: [], surnames: ['Ibarra', 'Schönfeld', 'Marchand'] },
  'Board and Visitors': { groups: [], surnames: ['Baumgärtner', 'Lockwood', 'Room Albatross'] },
};

// In a department whose group is below the root, and still not one of its members.
const outside = new Set(['Lockwood', 'Yıldırım', 'Benoît']);

/** The believable company that a first start shows: about 60 people, nested groups with a cycle, photos, guests. */
export function sampleCompany(): DirectoryFile {
  return {
    tenant: {
      id: stableGuid(`tenant ${COMPANY}`),
      displayName: COMPANY,
      verifiedDomains: [{ name: DOMAIN, isDefault: true }],
    },
    users: samplePeople.map(toUser),
    groups: Object.keys(groups).map(toGroup),
    directoryRoles: [
      {
        displayName: 'Global Administrator',
        members: samplePeople
          .filter(({ jobTitle }) => jobTitle === ADMINISTRATOR)
          .map((person) => ({ id: userId(person.surname) })),
      },
    ],
    rootGroupId: groupId(ROOT_GROUP_NAME),
  };
}

function toUser({ givenName, surname, jobTitle, department, manager, traits }: SamplePerson, index: number): UserEntry {
  const alias = `${addressPart(givenName)}.${addressPart(surname)}`;
  const isGuest = traits.has('guest');
  return {
    id: userId(surname),
    displayName: `${givenName} ${surname}`,
    givenName,
    surname,
    userPrincipalName: isGuest ? `${alias}_partner.example#EXT#@${DOMAIN}` : `${alias}@${DOMAIN}`,
    ...(traits.has('no-mail') ? {} : { mail: isGuest ? `${alias}@partner.example` : `${alias}@${DOMAIN}` }),
    accountEnabled: !traits.has('disabled'),
    userType: isGuest ? 'Guest' : 'Member',
    ...(isGuest ? { creationType: 'Invitation', externalUserState: 'Accepted' } : {}),
    jobTitle,
    employeeId: `HF${1000 + index}`,
    preferredLanguage: 'en-GB',
    ...(department === undefined ? {} : { department }),
    ...(manager === undefined ? {} : { manager: { id: userId(manager) } }),
    ...(traits.has('photo') ? { photo: portrait(index).toString('base64') } : {}),
  };
}

function toGroup(name: string): GroupEntry {
  const { groups: nested = [], departments = [], surnames = [] } = groups[name] ?? {};
  const people = samplePeople.filter(
    ({ surname, department, traits }) =>
      surnames.includes(surname) ||
      (department !== undefined && departments.includes(department) && !outside.has(surname) && !traits.has('guest')),
  );
  return {
    id: groupId(name),
    displayName: name,
    securityEnabled: true,
    mailEnabled: false,
    members: [
      ...nested.map((group) => ({ '@odata.type': '#microsoft.graph.group' as const, id: groupId(group) })),
      ...people.map(({ surname }) => ({ '@odata.type': '#microsoft.graph.user' as const, id: userId(surname) })),
    ],
  };
}

function userId(surname: string): string {
  return stableGuid(`user ${surname} of ${COMPANY}`);
}

function groupId(name: string): string {
  return stableGuid(`group ${name} of ${COMPANY}`);
}
