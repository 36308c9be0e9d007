import { randomUUID } from 'node:crypto';
import type { EntraError } from './entra-error.ts';

/** Where an error happened: what a client quotes to support. */
export interface ErrorReference {
  readonly traceId: string;
  readonly correlationId: string;
  readonly timestamp: string;
}

/** The body of an error answer of the token and discovery endpoints. */
export interface ErrorBody {
  readonly error: string;
  readonly error_description: string;
  readonly error_codes: readonly number[];
  readonly timestamp: string;
  readonly trace_id: string;
  readonly correlation_id: string;
  readonly error_uri?: string;
  readonly suberror?: string;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `correlationId` is the client's own when it sent one (`client-request-id`), else a new one. */
export function errorReference(now: Date, correlationId: unknown): ErrorReference {
  return {
    traceId: randomUUID(),
    correlationId: typeof correlationId === 'string' && GUID.test(correlationId) ? correlationId : randomUUID(),
    timestamp: now.toISOString().replace('T', ' ').replace(/\.\d+/, ''),
  };
}

/** `AADSTS<number>: <sentence>` and the reference, as the error_description of bodies and redirects has it. */
export function errorDescription(error: EntraError, at: ErrorReference): string {
  const lines = [
    headline(error),
    `Trace ID: ${at.traceId}`,
    `Correlation ID: ${at.correlationId}`,
    `Timestamp: ${at.timestamp}`,
  ];
  return lines.join('\r\n');
}

/** The error without its reference, for a person to read. */
export function headline(error: EntraError): string {
  return error.aadsts === undefined ? error.message : `AADSTS${error.aadsts}: ${error.message}`;
}

export function errorBody(error: EntraError, at: ErrorReference): ErrorBody {
  const { aadsts, kind } = error;
  return {
    error: kind.error,
    error_description: errorDescription(error, at),
    error_codes: aadsts === undefined ? [] : [aadsts],
    timestamp: at.timestamp,
    trace_id: at.traceId,
    correlation_id: at.correlationId,
    ...(aadsts === undefined ? {} : { error_uri: errorUri(aadsts) }),
    ...(kind.suberror === undefined ? {} : { suberror: kind.suberror }),
  };
}

/** Microsoft's own page explains the number; the emulator has no better text. */
export function errorUri(aadsts: number): string {
  return `https://login.microsoftonline.com/error?code=${aadsts}`;
}
