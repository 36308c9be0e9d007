import { stableGuid } from '../../entra/tenants/stable-guid.ts';
import type { Application } from '../../entra/ports.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import type { GraphCall, Route } from '../protocol/graph-call.ts';
import type { GraphAnswer } from '../protocol/graph-request.ts';
import { readApplications, readOrganization } from '../protocol/permissions.ts';
import { unsupportedQuery } from '../protocol/refusals.ts';
import { matchesFilter } from '../query/filter/matches-filter.ts';
import { parseFilter } from '../query/filter/parse-filter.ts';
import { allowOptions } from '../query/query-options.ts';

/** The tenant itself and what is registered in it; read only. */
export const tenantRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/organization',
    permissions: readOrganization,
    handle(call) {
      const { id, displayName, verifiedDomains } = call.tenant.directory.tenant;
      return collection(call, 'organization', [
        {
          id,
          displayName,
          tenantType: 'AAD',
          verifiedDomains: verifiedDomains.map(({ name, isDefault }) => ({ name, isDefault })),
        },
      ]);
    },
  },
  {
    method: 'GET',
    path: '/applications',
    permissions: readApplications,
    handle: (call) => collection(call, 'applications', call.tenant.applications.all().map(application)),
  },
];

function application({ appId, displayName, web }: Application): JsonObject {
  const { redirectUris, logoutUrl } = web;
  return {
    id: stableGuid(`registration of ${appId}`),
    appId,
    displayName,
    web: { redirectUris: [...redirectUris], logoutUrl: logoutUrl ?? null },
  };
}

function collection(call: GraphCall, name: string, items: JsonObject[]): GraphAnswer {
  allowOptions(call.options, '$select', '$filter', '$top');
  const { filter: text, select } = call.options;
  const filter = text === undefined ? undefined : parseFilter(text);
  if (filter !== undefined && filter.kind !== 'compare') throw unsupportedQuery();
  const value = items
    .filter((item) => filter === undefined || matchesFilter(filter, (property) => item[property]))
    .map((item) => pick(item, select));
  return { status: 200, body: { '@odata.context': `${call.request.origin}/v1.0/$metadata#${name}`, value } };
}

function pick(item: JsonObject, select: readonly string[] | undefined): JsonObject {
  if (select === undefined) return item;
  return Object.fromEntries(select.map((name): [string, JsonValue] => [name, item[name] ?? null]));
}
