import { defaultDeviceProperties, deviceProperties } from './device-properties.ts';
import { defaultGroupProperties, groupProperties } from './group-properties.ts';
import { defaultOrgContactProperties, orgContactProperties } from './org-contact-properties.ts';
import type { Properties } from './property-type.ts';
import { defaultServicePrincipalProperties, servicePrincipalProperties } from './service-principal-properties.ts';
import { defaultUserProperties, userProperties } from './user-properties.ts';

/** What a directory object is, by the name of its type in Graph. */
export type ObjectKind = 'user' | 'group' | 'device' | 'orgContact' | 'servicePrincipal';

interface KindFacts {
  /** The entity set: its part of the path, and of a context. */
  readonly collection: string;
  readonly properties: Properties;
  /** What one reads as when no `$select` says otherwise. */
  readonly defaults: readonly string[];
}

export const kinds: Readonly<Record<ObjectKind, KindFacts>> = {
  user: { collection: 'users', properties: userProperties, defaults: defaultUserProperties },
  group: { collection: 'groups', properties: groupProperties, defaults: defaultGroupProperties },
  device: { collection: 'devices', properties: deviceProperties, defaults: defaultDeviceProperties },
  orgContact: { collection: 'contacts', properties: orgContactProperties, defaults: defaultOrgContactProperties },
  servicePrincipal: {
    collection: 'servicePrincipals',
    properties: servicePrincipalProperties,
    defaults: defaultServicePrincipalProperties,
  },
};

export const objectKinds = Object.keys(kinds) as readonly ObjectKind[];

/** `#microsoft.graph.user`: how a mixed collection tells the type of an item. */
export type TypeName = `#microsoft.graph.${ObjectKind}`;

export function typeOf(kind: ObjectKind): TypeName {
  return `#microsoft.graph.${kind}`;
}

/** The kind that a type names; undefined for any other text. */
export function kindOf(typeName: unknown): ObjectKind | undefined {
  return objectKinds.find((kind) => typeOf(kind) === typeName);
}
