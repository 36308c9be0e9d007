import type { DirectoryObject } from '../../directory/change.ts';
import type { DirectoryReads } from '../../directory/directory.ts';
import { isGuid } from '../../directory/file-checks.ts';
import { kinds, objectKinds, type ObjectKind } from '../../directory/object-kind.ts';
import { badRequest, notFound } from './refusals.ts';

/** What the URL of a reference names. */
interface Reference {
  readonly id: string;
  /** Undefined for `directoryObjects`, which may be of any kind. */
  readonly kind: ObjectKind | undefined;
}

const collections: Readonly<Record<string, ObjectKind | undefined>> = {
  directoryobjects: undefined,
  ...Object.fromEntries(objectKinds.map((kind) => [kinds[kind].collection.toLowerCase(), kind])),
};

/** The object that a reference such as `https://graph.microsoft.com/v1.0/directoryObjects/{id}` names, or Graph's refusal. */
export function referencedObject(directory: DirectoryReads, url: unknown): DirectoryObject {
  const { id, kind } = parseReference(url);
  const object = directory.find(id);
  if (object === undefined || (kind !== undefined && object.kind !== kind)) throw notFound(id);
  return object;
}

function parseReference(url: unknown): Reference {
  const [, collection, slashed, quoted] =
    /^https?:\/\/[^/]+(?:\/.*)?\/(\w+)(?:\/([^/]+)|\('([^']+)'\))$/.exec(typeof url === 'string' ? url : '') ?? [];
  const id = slashed ?? quoted ?? '';
  const name = collection?.toLowerCase() ?? '';
  if (!isGuid(id) || !Object.hasOwn(collections, name)) {
    throw badRequest(
      "Invalid URL format specified in @odata.id. It must look like 'https://graph.microsoft.com/v1.0/directoryObjects/{id}'.",
    );
  }
  return { id: id.toLowerCase(), kind: collections[name] };
}
