import type { DirectoryFile, UserEntry } from '../directory/directory-file.ts';
import { stableGuid } from '../entra/tenants/stable-guid.ts';
import { generateGroups } from './generate-groups.ts';
import { addressPart, departments, givenNames, surnames } from './names.ts';
import { portrait } from './portrait.ts';
import { createRandom, type Random } from './random.ts';

const DOMAIN = 'generated.example';
/** Reports of one manager. */
const SPAN = departments.length;

export interface GenerateOptions {
  readonly people: number;
  /** The same seed and options give the same file. */
  readonly seed: number;
  /** Security groups, the root included; one for every 40 people by default. */
  readonly groups?: number;
  /** How deep groups are nested below the root; 4 by default. */
  readonly depth?: number;
  /** How many of the people are guests; 2 % by default. */
  readonly guests?: number;
  /** How many accounts are disabled; 3 % by default. */
  readonly disabled?: number;
  /** How many people have a photo; 10 % by default. */
  readonly photos?: number;
  /** Whether two people manage each other. */
  readonly managerCycle?: boolean;
}

/**
 * A directory of any size: people with managers in a tree, and nested groups with a cycle below the root group
 * "Learn Amp Users". About one person in ten is outside of it.
 */
export function generateDirectory(options: GenerateOptions): DirectoryFile {
  const random = createRandom(options.seed);
  const users = generatePeople(options, random);
  const groups = generateGroups(options, users, random);
  return {
    tenant: {
      id: stableGuid(`tenant ${options.seed}`),
      displayName: `Generated Company ${options.seed}`,
      verifiedDomains: [{ name: DOMAIN, isDefault: true }],
    },
    users,
    groups,
    rootGroupId: groups[0]?.id ?? '',
  };
}

function generatePeople(options: GenerateOptions, random: Random): UserEntry[] {
  const { people, seed } = options;
  const guests = random.sample(options.guests ?? Math.round(people * 0.02), people);
  const disabled = random.sample(options.disabled ?? Math.round(people * 0.03), people);
  const photos = random.sample(options.photos ?? Math.round(people * 0.1), people);
  const taken = new Map<string, number>();
  const users = Array.from({ length: people }, (_, index) => ({
    ...person(index, seed, random, taken, guests.has(index)),
    accountEnabled: !disabled.has(index),
    ...(photos.has(index) ? { photo: portrait(seed * 7919 + index).toString('base64') } : {}),
  }));
  return users.map((user, index) => withManager(user, users[managerIndex(index, options)]));
}

function person(index: number, seed: number, random: Random, taken: Map<string, number>, isGuest: boolean): UserEntry {
  const givenName = random.pick(givenNames);
  const surname = random.pick(surnames);
  const alias = unique(`${addressPart(givenName)}.${addressPart(surname)}`, taken);
  const mail = isGuest ? `${alias}@partner.example` : `${alias}@${DOMAIN}`;
  const [department, ...titles] = departments[departmentIndex(index)] ?? ['Engineering', 'Software Engineer'];
  return {
    id: stableGuid(`user ${index} of ${seed}`),
    displayName: `${givenName} ${surname}`,
    givenName,
    surname,
    mail,
    userPrincipalName: isGuest ? `${alias}_partner.example#EXT#@${DOMAIN}` : mail,
    userType: isGuest ? 'Guest' : 'Member',
    ...(isGuest ? { creationType: 'Invitation', externalUserState: 'Accepted' } : {}),
    jobTitle: jobTitle(index, department, random.pick(titles)),
    ...(index === 0 ? {} : { department }),
    employeeId: String(100_000 + index),
  };
}

function jobTitle(index: number, department: string, title: string): string {
  if (index === 0) return 'Chief Executive Officer';
  return index <= SPAN ? `Head of ${department}` : title;
}

/** Person 0 leads the company, 1 to 8 lead the departments, and everybody else reports to someone of an equal number before. */
function managerIndex(index: number, { managerCycle, people }: GenerateOptions): number {
  if (managerCycle && index === 0) return Math.min(1, people - 1);
  return index === 0 ? -1 : Math.floor((index - 1) / SPAN);
}

function departmentIndex(index: number): number {
  let ancestor = index;
  while (ancestor > SPAN) ancestor = Math.floor((ancestor - 1) / SPAN);
  return Math.max(0, ancestor - 1);
}

function withManager(user: UserEntry, manager: UserEntry | undefined): UserEntry {
  return manager && manager.id !== user.id ? { ...user, manager: { id: manager.id } } : user;
}

function unique(alias: string, taken: Map<string, number>): string {
  const count = (taken.get(alias) ?? 0) + 1;
  taken.set(alias, count);
  return count === 1 ? alias : `${alias}${count}`;
}
