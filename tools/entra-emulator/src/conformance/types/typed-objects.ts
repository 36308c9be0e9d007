import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';

/** An object of an answer and the name of its type, without `microsoft.graph`. */
export interface TypedObject {
  readonly type: string;
  readonly object: JsonObject;
}

/** What the last word of a context's path is a collection of. */
const typesByCollection: Readonly<Record<string, string>> = {
  users: 'user',
  groups: 'group',
  directoryObjects: 'directoryObject',
  photo: 'profilePhoto',
  photos: 'profilePhoto',
  organization: 'organization',
  applications: 'application',
  servicePrincipals: 'servicePrincipal',
};

/** Properties that hold other directory objects, not values of their own. */
const navigation = new Set(['manager', 'directReports', 'members', 'memberOf', 'owners', 'ownedObjects']);

/** The directory objects in the body of an answer, those in others and in the answers of a batch included. */
export function typedObjects(body: unknown): TypedObject[] {
  if (!isJsonObject(body)) return [];
  const { responses, value } = body;
  if (Array.isArray(responses)) return responses.flatMap((one) => (isJsonObject(one) ? typedObjects(one['body']) : []));
  const type = typeOfContext(body['@odata.context']);
  if (type === undefined) return [];
  return (Array.isArray(value) ? value : [body]).flatMap((item) => withRelated(item, type));
}

/** Of `users(id,manager())/$entity` or `users('…')/photos` the last collection counts. */
function typeOfContext(context: JsonValue | undefined): string | undefined {
  if (typeof context !== 'string') return undefined;
  const [, path = ''] = context.split('#');
  const inner = /\([^()]*\)/g;
  const names = path.replace(inner, '').replace(inner, '').split('/');
  return typesByCollection[names.filter((name) => name !== '$entity').at(-1) ?? ''];
}

function withRelated(item: JsonValue | undefined, type: string): TypedObject[] {
  if (!isJsonObject(item)) return [];
  const { '@odata.type': named } = item;
  const own: JsonObject = {};
  const related: TypedObject[] = [];
  for (const [name, value] of Object.entries(item)) {
    const isRelation = navigation.has(name) || name.endsWith('@delta');
    if (!isRelation) own[name] = value;
    else related.push(...[value].flat().flatMap((one) => withRelated(one, 'directoryObject')));
  }
  return [{ type: typeof named === 'string' ? named.replace('#microsoft.graph.', '') : type, object: own }, ...related];
}
