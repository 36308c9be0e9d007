import { types } from 'node:util';
import { BusError } from '../bus-error.ts';

/** The error at the bottom of kafkajs's wrappings. */
function rootOf(error: unknown): unknown {
  let root = error;
  while (types.isNativeError(root) && types.isNativeError(root.cause)) root = root.cause;
  return root;
}

/** Kafka's name of a broker's answer, such as `MESSAGE_TOO_LARGE`; undefined for any other error. */
export function brokerErrorType(error: unknown): string | undefined {
  const root = rootOf(error);
  if (!types.isNativeError(root) || !('type' in root)) return undefined;
  return typeof root.type === 'string' ? root.type : undefined;
}

/**
 * Whether a later attempt may succeed. Only a broker's own, final "no" counts as lasting; lost connections, timeouts and
 * failures inside the client pass.
 */
export function isTransient(error: unknown): boolean {
  if (error instanceof BusError) return error.retriable;
  const type = brokerErrorType(error);
  if (type === undefined || type === 'UNKNOWN') return true;
  const root = rootOf(error);
  return !(types.isNativeError(root) && 'retriable' in root && root.retriable === false);
}

/** The lasting refusal of a publish, in the words of this library. */
export function refusalOf(error: unknown, place: string): BusError {
  if (error instanceof BusError) return error;
  const type = brokerErrorType(error);
  if (type === 'MESSAGE_TOO_LARGE' || type === 'RECORD_LIST_TOO_LARGE') {
    return new BusError('message-too-large', `the broker's limit for ${place} is lower than the record's size`, error);
  }
  return new BusError('rejected-by-broker', `the broker refused a record for ${place}: ${type ?? 'unknown'}`, error);
}

/** Any failure of a call to the brokers, in the words of this library. */
export function busErrorOf(error: unknown, what: string): BusError {
  if (error instanceof BusError) return error;
  if (isTransient(error)) return new BusError('bus-unavailable', `${what}: the brokers did not answer`, error);
  return new BusError('rejected-by-broker', `${what}: refused, ${brokerErrorType(error) ?? 'unknown'}`, error);
}
