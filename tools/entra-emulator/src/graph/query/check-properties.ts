import { kinds, type ObjectKind } from '../../directory/object-kind.ts';
import { isProperty, valueProblem } from '../../directory/property-type.ts';
import type { JsonObject } from '../../json.ts';
import { badRequest, invalidODataRequest } from '../protocol/refusals.ts';

// Set by Entra alone.
const readOnly = new Set([
  'id',
  'deletedDateTime',
  'createdDateTime',
  'securityIdentifier',
  'signInActivity',
  'proxyAddresses',
]);

/** Refuses a write with properties that the type does not have, that are not writable, or that don't fit. */
export function checkProperties(kind: ObjectKind, properties: JsonObject): void {
  for (const [name, value] of Object.entries(properties)) {
    if (!isProperty(kinds[kind].properties, name)) {
      throw invalidODataRequest(
        `The property '${name}' does not exist on type 'microsoft.graph.${kind}'. Make sure to only use property names that are defined by the type.`,
      );
    }
    if (readOnly.has(name)) throw badRequest(`Property '${name}' is read-only and cannot be set.`);
    if (valueProblem(kinds[kind].properties, name, value) !== undefined) {
      throw badRequest(
        `Invalid value specified for property '${name}' of resource '${kind === 'user' ? 'User' : 'Group'}'.`,
      );
    }
  }
}
