import type { JsonValue } from '../../json.ts';
import { invalidODataRequest } from '../protocol/refusals.ts';

const BASE64 = /^[\w+/-]+={0,2}$/;

/**
 * The body of a batch's member: JSON as it is, anything else (such as an image) as base64. Graph wants every write but
 * DELETE to have one, if only an empty object, and with it its Content-Type; else it refuses the whole batch.
 */
export function readBatchBody(
  id: string,
  method: string,
  body: JsonValue | undefined,
  contentType: string | undefined,
): Buffer | undefined {
  if (body === undefined || body === null) {
    if (!['GET', 'DELETE'].includes(method))
      throw invalidODataRequest(`Write request id : ${id} does not contain Content-Type header or body.`);
    return undefined;
  }
  if (contentType === undefined)
    throw invalidODataRequest(`Write request with id '${id}' does not contain a Content-Type header.`);
  if (contentType.toLowerCase().startsWith('application/json')) return Buffer.from(JSON.stringify(body));
  if (typeof body !== 'string' || !BASE64.test(body))
    throw invalidODataRequest(`The body of request '${id}' is of type ${contentType}, and has to be base64.`);
  return Buffer.from(body, 'base64');
}
