import type { JsonObject } from '../json.ts';
import type { GroupEntry, MemberEntry, UserEntry } from './directory-file.ts';
import { checkArray, checkGuid, checkObject, checkText, fail } from './file-checks.ts';
import { groupProperties } from './group-properties.ts';
import { valueProblem } from './property-type.ts';

type Kinds = ReadonlyMap<string, MemberEntry['@odata.type']>;

/** The groups of a file, their members checked against its users and groups. */
export function checkGroups(entries: unknown[], users: readonly UserEntry[]): GroupEntry[] {
  const groups = entries.map((entry, index) => checkGroup(`groups[${index}]`, entry));
  const kinds = new Map<string, MemberEntry['@odata.type']>(users.map((user) => [user.id, '#microsoft.graph.user']));
  for (const [index, group] of groups.entries()) {
    if (kinds.has(group.id)) throw fail(`groups[${index}].id`, `is the id of another object: ${group.id}`);
    kinds.set(group.id, '#microsoft.graph.group');
  }
  for (const [index, group] of groups.entries()) checkMembers(`groups[${index}]`, group, kinds);
  return groups;
}

function checkGroup(path: string, entry: unknown): GroupEntry {
  const group = checkObject(path, entry);
  const { members, ...properties } = group;
  checkProperties(path, properties);
  return {
    // What Graph gives a group that was made without saying more: a security group.
    securityEnabled: true,
    mailEnabled: false,
    groupTypes: [],
    ...properties,
    id: checkGuid(`${path}.id`, group['id']),
    displayName: checkText(`${path}.displayName`, group['displayName']),
    members: members === undefined ? [] : checkArray(`${path}.members`, members).map(toMember(path)),
  };
}

function checkProperties(path: string, properties: JsonObject): void {
  for (const [name, value] of Object.entries(properties)) {
    const problem = valueProblem(groupProperties, name, value);
    if (problem !== undefined) throw fail(`${path}.${name}`, problem);
  }
}

function toMember(path: string): (entry: unknown, index: number) => MemberEntry {
  return (entry, index) => {
    const member = checkObject(`${path}.members[${index}]`, entry);
    const type = member['@odata.type'];
    if (type !== '#microsoft.graph.user' && type !== '#microsoft.graph.group') {
      throw fail(
        `${path}.members[${index}]["@odata.type"]`,
        'must be "#microsoft.graph.user" or "#microsoft.graph.group"',
      );
    }
    return { '@odata.type': type, id: checkGuid(`${path}.members[${index}].id`, member['id']) };
  };
}

function checkMembers(path: string, group: GroupEntry, kinds: Kinds): void {
  const seen = new Set<string>();
  const isMicrosoft365 = Array.isArray(group['groupTypes']) && group['groupTypes'].some((type) => type === 'Unified');
  for (const [index, member] of (group.members ?? []).entries()) {
    const at = `${path}.members[${index}]`;
    const kind = kinds.get(member.id);
    if (kind === undefined) throw fail(`${at}.id`, `names no user or group of the file: ${member.id}`);
    if (kind !== member['@odata.type']) throw fail(`${at}["@odata.type"]`, `must be "${kind}": ${member.id} is one`);
    if (seen.has(member.id)) throw fail(`${at}.id`, `is already a member: ${member.id}`);
    if (isMicrosoft365 && kind === '#microsoft.graph.group') {
      throw fail(at, `puts a group into a Microsoft 365 group: ${member.id}`);
    }
    seen.add(member.id);
  }
}
