import { GraphError, type ErrorDetail } from './graph-error.ts';
import { badRequest } from './refusals.ts';

/** A refusal that names the property at fault beside its message. */
class PropertyError extends GraphError {
  override readonly details: readonly ErrorDetail[];

  constructor(code: string, target: string, message: string) {
    super(400, 'Request_BadRequest', message);
    this.name = 'PropertyError';
    this.details = [{ code, message, target }];
  }
}

/** The name of a type in Graph's messages about values. */
export type ResourceName = 'User' | 'Group';

export function invalidValue(property: string, resource: ResourceName): GraphError {
  const message = `Invalid value specified for property '${property}' of resource '${resource}'.`;
  return new PropertyError('InvalidValue', property, message);
}

export function invalidUserPrincipalName(message: string): GraphError {
  return new PropertyError('InvalidValue', 'userPrincipalName', message);
}

/** A value that another object has already, and that only one may have. */
export function conflict(property: string): GraphError {
  const message = `Another object with the same value for property ${property} already exists.`;
  return new PropertyError('ObjectConflict', property, message);
}

export function missingValue(property: string, resource: ResourceName): GraphError {
  return badRequest(`A value is required for property '${property}' of resource '${resource}'.`);
}

export function readOnlyProperty(property: string): GraphError {
  return badRequest(`Property '${property}' is read-only and cannot be set.`);
}

/** References to objects that can't stand in that relation. */
export function invalidReferences(relation: string): GraphError {
  return badRequest(`An invalid operation was included in the following modified references: '${relation}'.`);
}

/** References that exist already. */
export function repeatedReferences(relation: string): GraphError {
  return badRequest(
    `One or more added object references already exist for the following modified properties: '${relation}'.`,
  );
}

/** An object that comes from a directory on premises can only be changed there. */
export function masteredOnPremises(): GraphError {
  return badRequest(
    'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
  );
}
