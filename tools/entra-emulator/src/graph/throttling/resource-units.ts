import type { QueryOptions } from '../query/query-options.ts';

/** Graph's table of base costs. What it doesn't list costs one unit, and as a write one write. */
const listed: Readonly<Record<string, number>> = {
  'GET /applications': 2,
  'GET /applications/{id}/extensionProperties': 2,
  'POST /directoryObjects/getByIds': 5,
  'GET /groups/{id}/members': 3,
  'GET /groups/{id}/transitiveMembers': 5,
  'GET /oauth2PermissionGrants': 2,
  'GET /servicePrincipals/{id}/appRoleAssignments': 2,
  'GET /subscribedSkus': 3,
  'GET /users': 2,
  'POST /users/{id}/checkMemberGroups': 4,
  'POST /users/{id}/checkMemberObjects': 4,
  'POST /users/{id}/getMemberGroups': 2,
  'POST /users/{id}/getMemberObjects': 2,
  'GET /users/{id}/licenseDetails': 2,
  'GET /users/{id}/memberOf': 2,
  'GET /users/{id}/ownedObjects': 2,
  'GET /users/{id}/transitiveMemberOf': 2,
};

/** Where `$select` saves more than its one unit. */
const listedWithSelect: Readonly<Record<string, number>> = { 'POST /directoryObjects/getByIds': 2 };

/** What counts besides the route: only whether these are there, and how large `$top` is. */
export type CostOptions = Pick<QueryOptions, 'select' | 'expand' | 'top'>;

/** What a request takes of the budget: `$select` and small pages save a unit each, `$expand` adds one; never below 1. */
export function resourceUnits(template: string, { select, expand, top }: CostOptions): number {
  const name = asListed(template);
  const base = listed[name] ?? 1;
  const selected = select === undefined ? base : (listedWithSelect[name] ?? base - 1);
  return Math.max(1, selected + (expand === undefined ? 0 : 1) - (top !== undefined && top < 20 ? 1 : 0));
}

/** Questions that are too long for an address. */
const READ_BY_POST = /\/(?:getByIds|(?:check|get)Member(?:Groups|Objects))$/;

/** Whether a request takes of the budget for writes: the actions that only read are POSTs too. */
export function isWrite(template: string): boolean {
  return !template.startsWith('GET ') && !READ_BY_POST.test(template);
}

/** A template as the table spells it; a cast costs what the uncast list does, and `/me` what the user does. */
function asListed(template: string): string {
  return template
    .replaceAll(/\{\w+\}/g, '{id}')
    .replace(/ \/me(?=\/|$)/, ' /users/{id}')
    .replace(/\/microsoft\.graph\.\w+$/, '');
}
