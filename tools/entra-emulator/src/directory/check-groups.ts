import type { JsonObject } from '../json.ts';
import type { GroupEntry, MemberEntry } from './directory-file.ts';
import { checkArray, checkGuid, checkObject, checkText, fail } from './file-checks.ts';
import { groupProperties } from './group-properties.ts';
import { kindOf, objectKinds, typeOf, type TypeName } from './object-kind.ts';
import { valueProblem } from './property-type.ts';

/** The types of the objects of a file by their ids. */
export type TypesById = Map<string, TypeName>;

/** The groups of a file, their members and owners checked against all of its objects. Adds the groups to `types`. */
export function checkGroups(entries: unknown[], types: TypesById): GroupEntry[] {
  const groups = entries.map((entry, index) => checkGroup(`groups[${index}]`, entry));
  for (const [index, group] of groups.entries()) addType(types, group.id, '#microsoft.graph.group', `groups[${index}]`);
  for (const [index, group] of groups.entries()) {
    checkReferences(`groups[${index}].members`, group.members ?? [], types);
    checkReferences(`groups[${index}].owners`, group.owners ?? [], types);
    checkNoGroups(`groups[${index}]`, group);
  }
  return groups;
}

/** Remembers the type of an id. Fails when another object has the id. */
export function addType(types: TypesById, id: string, type: TypeName, path: string): void {
  if (types.has(id)) throw fail(`${path}.id`, `is the id of another object: ${id}`);
  types.set(id, type);
}

function checkGroup(path: string, entry: unknown): GroupEntry {
  const group = checkObject(path, entry);
  const { members, owners, ...properties } = group;
  checkProperties(path, properties);
  const unified = isMicrosoft365(properties);
  return {
    // Without saying more it is a security group, or a Microsoft 365 group as one is made.
    securityEnabled: !unified,
    mailEnabled: unified,
    groupTypes: [],
    ...properties,
    id: checkGuid(`${path}.id`, group['id']),
    displayName: checkText(`${path}.displayName`, group['displayName']),
    members: checkArray(`${path}.members`, members ?? []).map(toMember(`${path}.members`)),
    owners: checkArray(`${path}.owners`, owners ?? []).map(toMember(`${path}.owners`)),
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
    const member = checkObject(`${path}[${index}]`, entry);
    const type = member['@odata.type'];
    const kind = kindOf(type);
    if (kind === undefined) {
      throw fail(`${path}[${index}]["@odata.type"]`, `must be one of ${objectKinds.map(typeOf).join(', ')}`);
    }
    return { '@odata.type': typeOf(kind), id: checkGuid(`${path}[${index}].id`, member['id']) };
  };
}

function checkReferences(path: string, entries: readonly MemberEntry[], types: TypesById): void {
  const seen = new Set<string>();
  for (const [index, member] of entries.entries()) {
    const at = `${path}[${index}]`;
    const type = types.get(member.id);
    if (type === undefined) throw fail(`${at}.id`, `names no object of the file: ${member.id}`);
    if (type !== member['@odata.type']) throw fail(`${at}["@odata.type"]`, `must be "${type}": ${member.id} is one`);
    if (seen.has(member.id)) throw fail(`${at}.id`, `is already there: ${member.id}`);
    seen.add(member.id);
  }
}

function checkNoGroups(path: string, group: GroupEntry): void {
  const nested = (group.members ?? []).findIndex((member) => member['@odata.type'] === '#microsoft.graph.group');
  if (isMicrosoft365(group) && nested >= 0) {
    throw fail(`${path}.members[${nested}]`, 'puts a group into a Microsoft 365 group');
  }
}

function isMicrosoft365(group: Readonly<Record<string, unknown>>): boolean {
  const types = group['groupTypes'];
  return Array.isArray(types) && types.includes('Unified');
}
