import type { GraphError } from '../../protocol/graph-error.ts';
import { invalidODataRequest, unsupportedQuery } from '../../protocol/refusals.ts';
import type { Literal, Path } from './filter.ts';

// How OData calls the types of values.
const edmTypes: Readonly<Record<Literal['type'], string>> = {
  text: 'Edm.String',
  date: 'Edm.DateTimeOffset',
  guid: 'Edm.Guid',
  number: 'Edm.Int32',
  boolean: 'Edm.Boolean',
  null: '<null>',
};

/** OData's words for a name that no type of the collection has. */
export function noSuchProperty(path: Path, type: string): GraphError {
  const [name = ''] = path.split('/');
  return invalidODataRequest(
    `Invalid filter clause: Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`,
  );
}

/** The property exists, but no index answers this. */
export function unsupportedClause(path: Path, type: string): GraphError {
  const resource = type.charAt(0).toUpperCase() + type.slice(1);
  return unsupportedQuery(
    `Unsupported or invalid query filter clause specified for property '${path}' of resource '${resource}'.`,
  );
}

/** OData's words for a value of another type than the property. */
export function incompatibleTypes(property: Literal['type'], value: Literal['type']): GraphError {
  return invalidODataRequest(
    `Invalid filter clause: A binary operator with incompatible types was detected. Found operand types '${edmTypes[property]}' and '${edmTypes[value]}' for operator kind 'Equal'.`,
  );
}

/** An operator that the index of advanced queries alone knows. */
export function advancedOperator(operator: string): GraphError {
  return unsupportedQuery(
    `Operator '${operator}' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information`,
  );
}

/** An operator in the words of the directory behind Graph. */
export function unsupportedMatch(match: string): GraphError {
  return unsupportedQuery(`Filter operator '${match}' is not supported.`);
}
