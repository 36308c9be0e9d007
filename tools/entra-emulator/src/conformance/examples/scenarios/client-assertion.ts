import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { isJsonObject, type JsonObject } from '../../../json.ts';
import { selfSigned } from '../../self-signed.ts';
import { form } from '../form.ts';
import type { Scenario } from '../scenario.ts';
import { directoryOf, textOf } from '../seed.ts';
import { bodyOf, type Stage } from '../stage.ts';
import { requestToken } from './request-token.ts';

const DAY_MS = 86_400_000;

/** A client that proves who it is by its certificate. */
export const assertionScenarios: readonly Scenario[] = [
  {
    file: 'identity/client-assertion-decoded.json',
    oddity: 'the page has two ids where its text says that sub is iss; sent to the emulator instead of to Microsoft',
    corrected: (example) => ({ ...example, payload: { ...payloadOf(example), sub: payloadOf(example)['iss'] } }),
    answer: sendAssertion,
    forms: { '/header/x5t#S256': form.base64url, '/payload/aud': form.link },
  },
];

/** Signs what the example says, and returns it as it was sent once a token was given for it. */
async function sendAssertion(example: JsonObject, stage: Stage): Promise<JsonObject> {
  const payload = payloadOf(example);
  const audience = new URL(textOf(payload['aud'])).pathname;
  const startsAt = new Date(Number(payload['nbf']) * 1000);
  const { certificate, thumbprint, privateKey } = selfSigned(startsAt, new Date(startsAt.getTime() + DAY_MS));
  const world = await stage.open({ directory: aDirectory(payload, audience, certificate.toString()), startsAt });
  const client_assertion = await new SignJWT({ ...payload, aud: `${world.emulator.authorityHost}${audience}` })
    .setProtectedHeader({ ...(example['header'] as JsonObject), alg: 'PS256', 'x5t#S256': thumbprint('sha256') })
    .sign(privateKey);
  const asked = requestToken(world, {
    scope: 'https://graph.microsoft.com/.default',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion,
  });
  await bodyOf(asked);
  return { header: decodeProtectedHeader(client_assertion), payload: decodeJwt(client_assertion) } as JsonObject;
}

function aDirectory(payload: JsonObject, audience: string, certificatePem: string): ReturnType<typeof directoryOf> {
  const application = {
    appId: textOf(payload['iss']),
    displayName: 'With a certificate',
    passwordCredentials: [],
    keyCredentials: [{ certificatePem }],
    web: { redirectUris: [] },
    appRoles: [],
  };
  const domain = audience.split('/')[1] ?? '';
  return directoryOf({ users: [{ userPrincipalName: `someone@${domain}` }], applications: [application] });
}

function payloadOf({ payload }: JsonObject): JsonObject {
  return isJsonObject(payload) ? payload : {};
}
