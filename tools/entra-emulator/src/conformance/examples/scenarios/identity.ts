import type { JsonObject } from '../../../json.ts';
import { form, type Form } from '../form.ts';
import type { Scenario } from '../scenario.ts';
import { directoryOf, objectsIn, replaced, textOf } from '../seed.ts';
import { bodyOf } from '../stage.ts';
import { requestToken } from './request-token.ts';

/** Discovery, keys and the answers of the token endpoint. */
export const identityScenarios: readonly Scenario[] = [
  {
    file: 'identity/oidc-discovery-tenant.json',
    oddity: 'the region is that of the captured tenant',
    async answer(example, stage) {
      const tenantId = new URL(textOf(example['issuer'])).pathname.split('/')[1] ?? '';
      const world = await stage.open({ directory: directoryOf({ tenantId }) });
      return bodyOf(world.call('GET', `${world.emulator.httpUrl}/${tenantId}/v2.0/.well-known/openid-configuration`));
    },
    forms: {
      '/tenant_region_scope': form.text,
      '/issuer': form.link,
      '/jwks_uri': form.link,
      '/token_endpoint': form.link,
      '/userinfo_endpoint': form.link,
      '/authorization_endpoint': form.link,
      '/device_authorization_endpoint': form.link,
      '/end_session_endpoint': form.link,
      '/kerberos_endpoint': form.link,
    },
  },
  {
    file: 'identity/jwks-tenant-independent.json',
    oddity: 'how many keys there are is not fixed: each of the example needs one that may sign for the same tenants',
    async answer(example, stage) {
      const world = await stage.open({ directory: directoryOf({}) });
      const { keys } = await bodyOf(world.call('GET', `${world.emulator.httpUrl}/common/discovery/v2.0/keys`));
      return { keys: likeEach(objectsIn(example['keys']), objectsIn(keys)) };
    },
    forms: {
      '/keys/*/issuer': form.link,
      '/keys/*/kid': form.base64url,
      '/keys/*/x5t': form.base64url,
      '/keys/*/n': form.base64url,
      '/keys/*/x5c/*': form.base64,
    },
  },
  {
    file: 'identity/token-response-client-credentials.json',
    oddity: 'the page leaves ext_expires_in out',
    async answer(_example, stage) {
      const world = await stage.open({ directory: directoryOf({}) });
      return bodyOf(requestToken(world, { scope: 'https://graph.microsoft.com/.default' }));
    },
    extra: ['/ext_expires_in'],
    forms: { '/access_token': form.token },
  },
  {
    file: 'identity/token-error-invalid-scope.json',
    oddity: "the page writes isn't for the platform's is not",
    corrected: (example) => replaced(example, ["isn't", 'is not']),
    async answer(example, stage) {
      const world = await stage.open({ directory: directoryOf({}) });
      const [, scope = ''] = /The scope (\S+) is not/.exec(textOf(example['error_description'])) ?? [];
      return bodyOf(requestToken(world, { scope }), 400);
    },
    forms: {
      '/error_description': description,
      '/timestamp': form.entraTime,
      '/trace_id': form.guid,
      '/correlation_id': form.guid,
    },
  },
];

/** For each key of the example one of the platform's that may sign for the same tenants. */
function likeEach(examples: readonly JsonObject[], keys: readonly JsonObject[]): (JsonObject | undefined)[] {
  const left = [...keys];
  return examples.map((example) => {
    const found = left.findIndex((key) => form.link(key['issuer'], example['issuer']) === undefined);
    return found < 0 ? undefined : left.splice(found, 1)[0];
  });
}

/** The number, the sentence, which may be followed by another, and the three lines to quote to support. */
function description(value: unknown, example: unknown): ReturnType<Form> {
  const [given = '', ...references] = String(value).split('\r\n');
  const [sentence = '', ...exampleReferences] = String(example).split('\r\n');
  const names = (lines: readonly string[]): string => lines.map((line) => line.split(': ')[0]).join(', ');
  if (!given.startsWith(sentence)) return `begins with ${given}, not ${sentence}`;
  return names(references) === names(exampleReferences) ? undefined : `goes on with ${names(references)}`;
}
