import { parameter, type GraphCall, type Route } from '../protocol/graph-call.ts';
import { readApplications, readOrganization } from '../protocol/permissions.ts';
import { applicationItem, applicationType } from './application.ts';
import { listItems, readItem, type Item } from './items.ts';
import { organizationItem, organizationType } from './organization.ts';

/** The tenant itself and what is registered in it; read only. */
export const tenantRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/organization',
    permissions: readOrganization,
    delegated: ['User.Read'],
    handle: (call) => listItems(call, organizationType, [organizationItem(call.tenant.directory.tenant)]),
  },
  {
    method: 'GET',
    path: '/organization/{organization}',
    permissions: readOrganization,
    delegated: ['User.Read'],
    handle(call) {
      const item = organizationItem(call.tenant.directory.tenant);
      return one(call, organizationType, 'id', parameter(call, 'organization'), [item]);
    },
  },
  {
    method: 'GET',
    path: '/applications',
    permissions: readApplications,
    handle: (call) => listItems(call, applicationType, applications(call)),
  },
  {
    method: 'GET',
    path: '/applications/{application}',
    permissions: readApplications,
    handle: (call) => one(call, applicationType, 'id', parameter(call, 'application'), applications(call)),
  },
  {
    method: 'GET',
    path: "/applications(appId='{appId}')",
    permissions: readApplications,
    handle: (call) => one(call, applicationType, 'appId', parameter(call, 'appId'), applications(call)),
  },
];

function applications({ tenant }: GraphCall): Item[] {
  return tenant.applications.all().map((application) => applicationItem(application, tenant.directory.tenant));
}

function one(
  call: GraphCall,
  type: typeof applicationType,
  property: 'id' | 'appId',
  key: string,
  items: readonly Item[],
): ReturnType<typeof readItem> {
  return readItem(
    call,
    type,
    key,
    items.find((item) => item[property] === key.toLowerCase()),
  );
}
