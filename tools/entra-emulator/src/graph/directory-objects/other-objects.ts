import { kinds, typeOf } from '../../directory/object-kind.ts';
import type { GraphCall, Route } from '../protocol/graph-call.ts';
import type { GraphAnswer } from '../protocol/graph-request.ts';
import { readDirectory, readPermissions } from '../protocol/permissions.ts';
import { collectionRoutes } from '../query/relation-routes.ts';
import { allowOptions } from '../query/query-options.ts';
import { readObject } from '../query/read-object.ts';
import { renderMember } from '../query/render-member.ts';
import { rootCollection } from '../query/root-collection.ts';
import { findByKey, findObject, idParameter } from './find-object.ts';

/** What other objects than people and groups can be named by besides their id. */
const keys = { device: 'deviceId', servicePrincipal: 'appId' } as const;

/** Devices, contacts and service principals, one by one and all of them; and an object of whatever kind. Read only. */
export const otherObjects: readonly Route[] = [
  ...(['device', 'orgContact', 'servicePrincipal'] as const).flatMap((kind): Route[] => {
    const path = `/${kinds[kind].collection}`;
    const permissions = readPermissions[kind];
    return [
      ...collectionRoutes(path, { permissions }, () => rootCollection(kind)),
      {
        method: 'GET',
        path: `${path}/{${idParameter[kind]}}`,
        permissions,
        handle: (call) => readObject(call, kind, () => findObject(call, kind), undefined),
      },
    ];
  }),
  ...(['device', 'servicePrincipal'] as const).map((kind): Route => {
    const key = keys[kind];
    return {
      method: 'GET',
      path: `/${kinds[kind].collection}(${key}='{${key}}')`,
      permissions: readPermissions[kind],
      handle: (call) => readObject(call, kind, () => findByKey(call, kind, key), undefined),
    };
  }),
  { method: 'GET', path: '/directoryObjects/{object}', permissions: readDirectory, handle: readAny },
];

function readAny(call: GraphCall): GraphAnswer {
  allowOptions(call.options, '$select');
  const object = findObject(call);
  const context = `${call.request.origin}/v1.0/$metadata#directoryObjects/$entity`;
  const { '@odata.type': type = typeOf(object.kind), ...rest } = renderMember(call, object, call.options.select);
  return { status: 200, body: { '@odata.context': context, '@odata.type': type, ...rest } };
}
