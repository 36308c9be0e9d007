import type { FactAnswer } from '../../fact.ts';
import type { FactWorld } from '../../fact-world.ts';

/** Asks for a token by the client credentials of the first application: by its secret, unless it is given an assertion. */
export function requestToken(world: FactWorld, parameters: Readonly<Record<string, string>>): Promise<FactAnswer> {
  const { httpUrl, tenantId, applications } = world.emulator;
  const [application] = applications;
  const secret = application?.passwordCredentials[0]?.secretText;
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: application?.appId ?? '',
    ...(secret === undefined ? {} : { client_secret: secret }),
    ...parameters,
  });
  return world.call('POST', `${httpUrl}/${tenantId}/oauth2/v2.0/token`, { body, token: null });
}
