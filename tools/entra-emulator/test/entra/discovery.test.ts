import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { TENANT_ID } from './a-directory.ts';
import { openDoors } from './doors.ts';

const doors = openDoors();
const json = async (path: string) =>
  (await (await doors.send(doors.https + path)).json()) as Record<string, unknown> & {
    keys: Record<string, unknown>[];
  };

describe('GET /{tenant}/v2.0/.well-known/openid-configuration', () => {
  it('has the keys of the recorded document of a tenant', async () => {
    const document = await json(`/${TENANT_ID}/v2.0/.well-known/openid-configuration`);

    expect(Object.keys(document)).toEqual([
      'token_endpoint',
      'token_endpoint_auth_methods_supported',
      'jwks_uri',
      'response_modes_supported',
      'subject_types_supported',
      'id_token_signing_alg_values_supported',
      'response_types_supported',
      'scopes_supported',
      'issuer',
      'request_uri_parameter_supported',
      'userinfo_endpoint',
      'authorization_endpoint',
      'device_authorization_endpoint',
      'http_logout_supported',
      'frontchannel_logout_supported',
      'end_session_endpoint',
      'claims_supported',
      'kerberos_endpoint',
      'tenant_region_scope',
      'cloud_instance_name',
      'cloud_graph_host_name',
      'msgraph_host',
      'rbac_url',
    ]);
  });

  it('names the tenant by its id even when asked by domain, in any case', async () => {
    const byId = await json(`/${TENANT_ID}/v2.0/.well-known/openid-configuration`);

    expect(byId['issuer']).toBe(`${doors.https}/${TENANT_ID}/v2.0`);
    expect(await json('/Contoso.Example/v2.0/.well-known/openid-configuration')).toEqual(byId);
  });

  it('puts the pages of a browser on the http door and the calls of servers on the https door', async () => {
    const document = await json(`/${TENANT_ID}/v2.0/.well-known/openid-configuration`);

    const onHttp = Object.keys(document).filter((key) => String(document[key]).startsWith(`${doors.http}/`));
    const onHttps = Object.keys(document).filter((key) => String(document[key]).startsWith(`${doors.https}/`));
    expect(onHttp).toEqual(['authorization_endpoint', 'end_session_endpoint']);
    expect(onHttps).toEqual(expect.arrayContaining(['issuer', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint']));
  });

  it.each(['common', 'organizations'])('has a template for an issuer at %s', async (name) => {
    const document = await json(`/${name}/v2.0/.well-known/openid-configuration`);

    expect(document['issuer']).toBe(`${doors.https}/{tenantid}/v2.0`);
    expect(document['token_endpoint']).toBe(`${doors.https}/${name}/oauth2/v2.0/token`);
  });

  it('refuses an unknown tenant by AADSTS90002 and an impossible one by AADSTS900023', async () => {
    const unknown = await doors.send(
      `${doors.https}/99999999-2222-4333-8444-555555555555/v2.0/.well-known/openid-configuration`,
    );

    expect(unknown.status).toBe(400);
    expect(await unknown.json()).toMatchObject({ error: 'invalid_tenant', error_codes: [90002] });
    expect(await json('/tailspin.example/v2.0/.well-known/openid-configuration')).toMatchObject({
      error_codes: [90002],
    });
    expect(await json('/nowhere/v2.0/.well-known/openid-configuration')).toMatchObject({ error_codes: [900023] });
  });

  it('says by 501 that personal accounts are not emulated', async () => {
    const answer = await doors.send(`${doors.https}/consumers/v2.0/.well-known/openid-configuration`);

    expect(answer.status).toBe(501);
  });
});

describe('GET /{tenant}/discovery/v2.0/keys', () => {
  it('publishes several keys, each with the certificate that names it', async () => {
    const { keys } = await json(`/${TENANT_ID}/discovery/v2.0/keys`);

    expect(keys.length).toBeGreaterThan(1);
    for (const key of keys) {
      const [der] = key['x5c'] as [string];
      const certificate = new X509Certificate(Buffer.from(der, 'base64'));
      expect(certificate.verify(certificate.publicKey)).toBe(true);
      expect(certificate.publicKey.export({ format: 'jwk' })).toEqual({ kty: 'RSA', n: key['n'], e: key['e'] });
      expect(Buffer.from(String(key['kid']), 'base64url').toString('hex')).toBe(
        certificate.fingerprint.replaceAll(':', '').toLowerCase(),
      );
      expect(Object.keys(key)).toEqual(['kty', 'use', 'kid', 'x5t', 'n', 'e', 'x5c', 'issuer']);
    }
  });

  it('limits the keys of a tenant to its issuer, and those of common to any, but for one of personal accounts', async () => {
    const own = await json(`/${TENANT_ID}/discovery/v2.0/keys`);
    const shared = await json('/common/discovery/v2.0/keys');
    const issuers = ({ keys }: { keys: Record<string, unknown>[] }) => keys.map((key) => key['issuer']);

    expect(new Set(issuers(own))).toEqual(new Set([`${doors.https}/${TENANT_ID}/v2.0`]));
    expect(issuers(shared)).toEqual([
      `${doors.https}/{tenantid}/v2.0`,
      `${doors.https}/{tenantid}/v2.0`,
      `${doors.https}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0`,
    ]);
  });
});
