import { EntraError, notEmulated } from '../errors/entra-error.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import type { Parameters } from '../request/parameters.ts';
import { OPTIONAL_CLAIMS } from '../tokens/optional-claims.ts';

/** What a request asks of tokens beyond scopes (OpenID Connect Core, 5.5), as Microsoft's libraries do each time. */
export interface ClaimsRequest {
  /** Optional claims for the id_token, beside those of the registration. */
  readonly idToken: readonly string[];
  /** What the client can do, such as `cp1`: the access token repeats it. */
  readonly capabilities: readonly string[];
}

export const NO_CLAIMS: ClaimsRequest = { idToken: [], capabilities: [] };

/**
 * Reads the parameter `claims`. A claim that is not essential and not known is left out, as the specification allows.
 * @throws EntraError 90023 for what is no JSON object; 501 for an essential claim that is lacking, and for conditions on
 *   the access token.
 */
export function readClaimsRequest(parameters: Parameters): ClaimsRequest {
  const text = parameters.get('claims');
  if (text === undefined) return NO_CLAIMS;
  const { id_token: idToken = {}, access_token: accessToken = {}, ...others } = parse(text);
  const [other] = Object.keys(others);
  if (other !== undefined) throw notEmulated(`The member '${other}' of the parameter 'claims' is not emulated.`);
  if (!isJsonObject(idToken) || !isJsonObject(accessToken)) throw malformed();
  return { idToken: optionalClaimsIn(idToken), capabilities: capabilitiesIn(accessToken) };
}

export function bothOf(one: ClaimsRequest, other: ClaimsRequest): ClaimsRequest {
  return {
    idToken: [...new Set([...one.idToken, ...other.idToken])],
    capabilities: [...new Set([...one.capabilities, ...other.capabilities])],
  };
}

function optionalClaimsIn(idToken: JsonObject): string[] {
  const known: readonly string[] = OPTIONAL_CLAIMS;
  return Object.entries(idToken).flatMap(([name, member]) => {
    if (known.includes(name)) return [name];
    const isEssential = isJsonObject(member) && member['essential'] === true;
    if (isEssential) throw notEmulated(`The claim '${name}' is not emulated.`);
    return [];
  });
}

function capabilitiesIn({ xms_cc: capabilities, ...others }: JsonObject): string[] {
  const [challenge] = Object.keys(others);
  if (challenge !== undefined) throw notEmulated(`Claims challenges are not emulated: '${challenge}'.`);
  const values = isJsonObject(capabilities) ? capabilities['values'] : [];
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
}

function parse(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch (cause) {
    throw malformed(cause);
  }
  throw malformed();
}

function malformed(cause?: unknown): EntraError {
  return new EntraError(90023, `The value of the parameter 'claims' is not valid.`, cause);
}
