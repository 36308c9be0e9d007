import type { FastifyInstance, FastifyRequest } from 'fastify';
import { EntraError } from '../errors/entra-error.ts';

/** The parameters of a request, each with one non-empty value. */
export type Parameters = ReadonlyMap<string, string>;

/** Those of the query. @throws EntraError 9000411 when one is given twice. */
export function queryParameters(request: FastifyRequest): Parameters {
  return parametersOf(new URL(request.url, 'http://localhost').searchParams);
}

/** Those of a form body; none when the body is anything else. @throws EntraError 9000411 when one is given twice. */
export function bodyParameters(request: FastifyRequest): Parameters {
  return parametersOf(request.body instanceof URLSearchParams ? request.body : new URLSearchParams());
}

/** RFC 6749, 3.1: parameters without a value count as omitted, and none may be given twice. */
export function parametersOf(search: URLSearchParams): Parameters {
  const parameters = new Map<string, string>();
  for (const [name, value] of search) {
    if (parameters.has(name)) {
      throw new EntraError(9000411, `The request is not properly formatted. The parameter '${name}' is duplicated.`);
    }
    if (value !== '') parameters.set(name, value);
  }
  return parameters;
}

/** @throws EntraError 900144 when the parameter is missing. */
export function required(parameters: Parameters, name: string): string {
  const value = parameters.get(name);
  if (value !== undefined) return value;
  throw new EntraError(900144, `The request body must contain the following parameter: '${name}'.`);
}

/** Reads forms, and takes any other body for an empty one, as the token endpoint does. */
export function acceptForms(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, new URLSearchParams(body.toString()));
  });
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => {
    done(null);
  });
}
