import { GraphError } from '../graph/protocol/graph-error.ts';

/** A request that the subscription service itself refuses. */
export function invalidRequest(message: string): GraphError {
  return new GraphError(400, 'InvalidRequest', message);
}

/** A refusal by the service whose objects are watched. Graph passes it on under this name, whatever its status. */
export function extensionError(status: 400 | 403, message: string): GraphError {
  return new GraphError(status, 'ExtensionError', message);
}

export function subscriptionNotFound(): GraphError {
  return new GraphError(404, 'ResourceNotFound', 'The object was not found.');
}

export function alreadySubscribed(subscriptionId: string): GraphError {
  const message = `Subscription Id ${subscriptionId} already exists for the requested combination`;
  return new GraphError(409, 'ObjectIdentifierInUse', message);
}

/** Reauthorising and updating one subscription within ten minutes would leave it in doubt. */
export function tooSoon(): GraphError {
  const message =
    'The subscription has been reauthorized or updated within the last 10 minutes. Use one update with a new expirationDateTime.';
  return new GraphError(409, 'Conflict', message);
}

export function validationFailed(): GraphError {
  const message =
    'Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.';
  return new GraphError(400, 'ValidationError', message);
}
