import type { DirectoryObject } from '../../directory/change.ts';
import type { DirectoryReads } from '../../directory/directory.ts';
import { defaultGroupProperties, groupProperties } from '../../directory/group-properties.ts';
import { userProperties } from '../../directory/user-properties.ts';
import { checkFilter, type FilterRules } from './check-filter.ts';
import type { Filter } from './filter.ts';
import { matchesFilter } from './matches-filter.ts';
import { parseFilter } from './parse-filter.ts';

const rules: Readonly<Record<'user' | 'group', FilterRules>> = {
  user: {
    type: 'user',
    properties: userProperties,
    basic: new Set(
      (
        'accountEnabled ageGroup city country createdDateTime creationType department displayName employeeId externalUserState ' +
        'givenName id jobTitle mail mailNickname onPremisesImmutableId preferredLanguage state surname usageLocation ' +
        'userPrincipalName userType'
      ).split(' '),
    ),
  },
  group: {
    type: 'group',
    properties: groupProperties,
    basic: new Set([...defaultGroupProperties.filter((name) => !['description', 'theme'].includes(name)), 'id']),
  },
};

/** Checks a `$filter` for a kind of object and returns it as a test. */
export function objectFilter(
  kind: 'user' | 'group',
  text: string,
  advanced: boolean,
): { readonly filter: Filter; readonly matches: (object: DirectoryObject) => boolean } {
  const filter = parseFilter(text);
  checkFilter(filter, rules[kind], advanced);
  return { filter, matches: (object) => matchesFilter(filter, (name) => object.properties[name]) };
}

/** The live objects of a kind that pass the filter, found by index where the filter allows it. */
export function filterObjects(
  directory: DirectoryReads,
  kind: 'user' | 'group',
  text: string | undefined,
  advanced: boolean,
): DirectoryObject[] {
  if (text === undefined) return live(directory, kind, directory.everyId(kind));
  const { filter, matches } = objectFilter(kind, text, advanced);
  return live(directory, kind, candidates(directory, filter) ?? directory.everyId(kind)).filter(matches);
}

function live(directory: DirectoryReads, kind: 'user' | 'group', ids: readonly string[]): DirectoryObject[] {
  return ids.flatMap((id) => {
    const object = directory.find(id);
    return object?.kind === kind ? [object] : [];
  });
}

/** The only ids that can pass, when the filter names them; undefined when any could. */
function candidates(directory: DirectoryReads, filter: Filter): string[] | undefined {
  if (filter.kind === 'and') {
    return filter.operands.map((operand) => candidates(directory, operand)).find((ids) => ids !== undefined);
  }
  if (filter.kind === 'in' && filter.property === 'id') return unique(filter.values);
  if (filter.kind !== 'compare' || filter.operator !== 'eq' || typeof filter.value !== 'string') return undefined;
  if (filter.property === 'id') return [filter.value];
  if (filter.property !== 'userPrincipalName') return undefined;
  const user = directory.findUserByUpn(filter.value);
  return user ? [user.id] : [];
}

function unique(values: readonly unknown[]): string[] {
  return [...new Set(values.map((value) => String(value).toLowerCase()))];
}
