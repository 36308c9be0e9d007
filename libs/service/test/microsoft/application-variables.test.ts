import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCertificate } from '@learnamp/testkit';
import { ApplicationVariables, cloudOf, credentialsOf, loadConfig } from '../../src/index.ts';

const load = (env: NodeJS.ProcessEnv) =>
  loadConfig(ApplicationVariables, { AZURE_CLIENT_ID: 'an-application', ...env });

const secretUntil = (AZURE_CLIENT_SECRET_EXPIRES: string) => ({
  AZURE_CLIENT_SECRET: 'a-secret',
  AZURE_CLIENT_SECRET_EXPIRES,
});
const keyOf = (pem: string) => pem.slice(pem.indexOf('-----BEGIN PRIVATE'));

describe('the cloud', () => {
  it('is the global one, unless another is named', () => {
    expect(cloudOf(load({}))).toEqual({
      authorityHost: 'https://login.microsoftonline.com',
      graphBaseUrl: 'https://graph.microsoft.com',
      graphResource: 'https://graph.microsoft.com',
    });
  });

  it.each([
    ['us-government', 'https://login.microsoftonline.us', 'https://graph.microsoft.us'],
    ['us-government-dod', 'https://login.microsoftonline.us', 'https://dod-graph.microsoft.us'],
    ['china', 'https://login.partner.microsoftonline.cn', 'https://microsoftgraph.chinacloudapi.cn'],
  ])('%s has an authority and a Graph of its own', (MICROSOFT_CLOUD, authorityHost, graph) => {
    const cloud = cloudOf(load({ MICROSOFT_CLOUD }));

    expect(cloud).toEqual({ authorityHost, graphBaseUrl: graph, graphResource: graph });
  });

  it('has other addresses where these are given, and still asks for permissions of its own Graph', () => {
    const local = { ENTRA_AUTHORITY_HOST: 'https://localhost:4143', GRAPH_BASE_URL: 'https://localhost:4143' };

    expect(cloudOf(load(local))).toMatchObject({
      authorityHost: 'https://localhost:4143',
      graphBaseUrl: 'https://localhost:4143',
      graphResource: 'https://graph.microsoft.com',
    });
  });

  it('is refused where nobody knows it', () => {
    expect(() => load({ MICROSOFT_CLOUD: 'germany' })).toThrow('MICROSOFT_CLOUD');
  });
});

describe('the credentials', () => {
  let folder: string;
  const fileWith = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'credentials-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are certificates before secrets, in the order in which they are given', () => {
    const [one, other] = [aCertificate({ to: 2030 }), aCertificate({ to: 2031 })];
    const paths = [fileWith('one.pem', one.pem), fileWith('other.pem', other.pem)].join(',');
    const env = { AZURE_CLIENT_CERTIFICATE_PATH: paths, AZURE_CLIENT_SECRET: 'first,second' };

    const credentials = credentialsOf(load({ ...env, AZURE_CLIENT_SECRET_EXPIRES: '2027-01-31' }));

    expect(credentials.map(({ kind, expiresAt }) => [kind, expiresAt?.toISOString().slice(0, 10)])).toEqual([
      ['certificate', '2030-01-01'],
      ['certificate', '2031-01-01'],
      ['secret', '2027-01-31'],
      ['secret', undefined],
    ]);
  });

  it.each<[string, NodeJS.ProcessEnv, string]>([
    ['where there is none', {}, 'AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH is missing'],
    ['for a file that is not there', { AZURE_CLIENT_CERTIFICATE_PATH: '/nowhere.pem' }, "can't be read"],
    ['for more days than secrets', secretUntil('2027-01-31,2027-02-28'), 'more dates than secrets'],
    ['for a day that is none', secretUntil('2027-13-45'), '2027-13-45 is no day'],
    ['for a day in words', secretUntil('soon'), 'AZURE_CLIENT_SECRET_EXPIRES'],
  ])('are refused %s', (_name, env, words) => {
    expect(() => credentialsOf(load(env))).toThrow(words);
  });

  it.each([
    ['rubbish', () => 'rubbish'],
    ['a certificate without a key', () => aCertificate().certificate.toString()],
    ['a certificate with the key of another', () => aCertificate().certificate.toString() + keyOf(aCertificate().pem)],
  ])('are refused for a file with %s, and nothing of it is shown', (name, text) => {
    const path = fileWith(`${name}.pem`, text());

    expect(() => credentialsOf(load({ AZURE_CLIENT_CERTIFICATE_PATH: path }))).toThrow(
      /^invalid configuration: AZURE_CLIENT_CERTIFICATE_PATH: the client certificate file needs a certificate and its RSA private key, in PEM$/,
    );
  });
});
