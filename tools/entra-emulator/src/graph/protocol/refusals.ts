import { GraphError } from './graph-error.ts';

export function badRequest(message: string): GraphError {
  return new GraphError(400, 'Request_BadRequest', message);
}

/** A request that isn't even valid OData. */
export function invalidODataRequest(message: string): GraphError {
  return new GraphError(400, 'BadRequest', message);
}

export function unsupportedQuery(message = 'Unsupported Query.'): GraphError {
  return new GraphError(400, 'Request_UnsupportedQuery', message);
}

export function notFound(resource: string): GraphError {
  const message = `Resource '${resource}' does not exist or one of its queried reference-property objects are not present.`;
  return new GraphError(404, 'Request_ResourceNotFound', message);
}

export function unknownSegment(segment: string): GraphError {
  return new GraphError(400, 'BadRequest', `Resource not found for the segment '${segment}'.`);
}

export function methodNotAllowed(): GraphError {
  return new GraphError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
}

/** What Graph has and this emulator doesn't: better said than answered wrongly. */
export function notImplemented(what: string): GraphError {
  return new GraphError(501, 'NotImplemented', `This emulator does not have ${what}.`);
}

export function unauthenticated(message: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message, { 'www-authenticate': 'Bearer realm=""' });
}

export function denied(): GraphError {
  return new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
}

export function expiredPageToken(): GraphError {
  const message = 'The specified page token value has expired and can no longer be included in your request.';
  return new GraphError(400, 'Directory_ExpiredPageToken', message);
}
