import type { DirectoryFile } from '../../directory/directory-file.ts';
import { at } from '../check-fact.ts';
import type { Fact, FactGroup } from '../fact.ts';
import { openFactWorld } from '../fact-world.ts';
import { get } from '../requests.ts';
import { contoso, group, groupId, user, userId } from './contoso.ts';
import { advanced, item } from './list-asks.ts';

const [worker, lead, head, loner] = [userId(1), userId(2), userId(3), userId(4)];
const chain = '$expand=manager($levels=max;$select=id,displayName)';

/** Users 1 to 3 report upwards; group 1 holds 30 people and has an owner. */
function directory(): DirectoryFile {
  const others = Array.from({ length: 30 }, (_, n) => user(n + 5));
  const crowd = group(
    1,
    others.map(({ id }) => id),
    { owners: [{ '@odata.type': '#microsoft.graph.user', id: lead }] },
  );
  return contoso(
    [user(1, { manager: { id: lead } }), user(2, { manager: { id: head } }), user(3), user(4), ...others],
    [crowd, group(2, [worker])],
  );
}

function refused(lines: readonly string[], says: string, ask: Fact['ask'], code = 'Request_UnsupportedQuery'): Fact {
  return { lines, says, ask, status: 400, code };
}

/** What `$expand` brings along. */
export const expandFacts: FactGroup = {
  title: '$expand',
  world: () => openFactWorld({ directory: directory() }),
  facts: [
    {
      lines: ['3/13'],
      says: 'expands members in a basic query',
      ask: get(`/groups/${groupId(2)}?$expand=members`),
      status: 200,
      values: { 'members.0.id': worker, 'members.0.@odata\\.type': '#microsoft.graph.user' },
    },
    refused(['3/13'], 'refuses to expand members in an advanced query', advanced('/groups?$expand=members')),
    refused(['3/13'], 'refuses to expand managers in an advanced query', advanced('/users?$expand=manager')),
    {
      lines: ['3/13'],
      says: 'refuses $expand on a cast',
      ask: advanced(`/groups/${groupId(1)}/transitiveMembers/microsoft.graph.user?$expand=manager`),
      status: 400,
    },
    {
      lines: ['3/14'],
      says: 'cuts expanded members of a group off at 20, without a link',
      ask: get(`/groups/${groupId(1)}?$expand=members`),
      status: 200,
      absent: ['members@odata\\.nextLink', '@odata\\.nextLink'],
      check: ({ body }) => (at(body, 'members.length') === 20 ? undefined : 'not 20'),
    },
    {
      lines: ['3/14'],
      says: 'cuts expanded members of all groups off at 20, without a word',
      ask: get('/groups?$expand=members'),
      status: 200,
      check: (answer) => (at(item(answer, groupId(1)), 'members.length') === 20 ? undefined : 'not 20'),
    },
    refused(['3/14'], 'refuses to expand two relations', get('/groups?$expand=members,owners')),
    refused(['3/14'], 'refuses to expand a second level', get('/groups?$expand=members($expand=memberOf)')),
    refused(['3/14'], 'refuses to filter inside of $expand', get("/groups?$expand=members($filter=id eq 'a')")),
    {
      lines: ['3/14'],
      says: 'expands the owners of a group',
      ask: get(`/groups/${groupId(1)}?$expand=owners&$select=id`),
      status: 200,
      values: { '@odata\\.context': /#groups\(id,owners\(\)\)\/\$entity$/, 'owners.0.id': lead },
    },
    {
      lines: ['3/14'],
      says: 'expands what a user is a member of',
      ask: get(`/users/${worker}?$expand=memberOf`),
      status: 200,
      values: { 'memberOf.0.id': groupId(2), 'memberOf.0.@odata\\.type': '#microsoft.graph.group' },
    },
    {
      lines: ['3/14'],
      says: 'expands what a user owns',
      ask: get(`/users/${lead}?$expand=ownedObjects`),
      status: 200,
      values: { 'ownedObjects.0.id': groupId(1) },
    },
    refused(['3/14'], 'refuses to expand what is no relation', get('/users?$expand=shoes'), 'BadRequest'),
    {
      lines: ['4/7'],
      says: 'answers 501 to an expansion of open extensions',
      ask: get('/users?$expand=extensions'),
      status: 501,
    },
    {
      lines: ['4/13'],
      says: 'expands the direct manager, whole and without that one’s own',
      ask: get(`/users/${worker}?$expand=manager`),
      status: 200,
      values: { 'manager.id': lead, 'manager.@odata\\.type': '#microsoft.graph.user', 'manager.displayName': 'User 2' },
      absent: ['manager.manager'],
    },
    {
      lines: ['4/13'],
      says: 'expands the chain of managers with $levels',
      ask: advanced(`/users/${worker}?${chain}`),
      status: 200,
      values: { 'manager.id': lead, 'manager.manager.id': head },
      absent: ['manager.manager.manager', 'manager.jobTitle'],
    },
    {
      lines: ['4/13'],
      says: 'expands as many managers as $levels says',
      ask: advanced(`/users/${worker}?$expand=manager($levels=1;$select=id)`),
      status: 200,
      values: { 'manager.id': lead },
      absent: ['manager.manager'],
    },
    refused(['4/13'], 'refuses $select inside without $levels', get(`/users/${worker}?$expand=manager($select=id)`)),
    refused(['4/13'], 'refuses $levels without the header', get(`/users/${worker}?${chain}&$count=true`)),
    refused(
      ['4/13'],
      'refuses more than 1000 levels',
      advanced(`/users/${worker}?$expand=manager($levels=1001)`),
      'Request_BadRequest',
    ),
    {
      ...refused(['4/14'], 'refuses $levels on a collection', advanced(`/users?${chain}`)),
      values: { 'error.message': /^Transitive manager's list is only supported on a single user/ },
    },
    {
      lines: ['4/15'],
      says: 'leaves the key out for who has no manager',
      ask: get('/users?$expand=manager&$select=id,displayName'),
      status: 200,
      check: (answer) => {
        if (at(item(answer, worker), 'manager.id') !== lead) return 'no manager where there is one';
        return Object.keys(item(answer, loner) as object).includes('manager')
          ? 'a manager where there is none'
          : undefined;
      },
    },
    {
      lines: ['4/15'],
      says: 'ends a chain of managers without a key',
      ask: advanced(`/users/${head}?${chain}`),
      status: 200,
      absent: ['manager'],
    },
    {
      lines: ['4/16'],
      says: 'expands direct reports',
      ask: get(`/users/${lead}?$expand=directReports`),
      status: 200,
      values: { 'directReports.0.id': worker },
    },
  ],
};
