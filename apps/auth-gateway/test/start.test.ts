import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Bus, createEmbeddedBus } from '@learnamp/bus';
import { connectMongo } from '@learnamp/mongo';
import { organisationModel } from '@learnamp/organisations';
import { createLogger } from '@learnamp/service';
import { exchange, freePort, type RealMongo, startMongo } from '@learnamp/testkit';
import type { Connection } from 'mongoose';
import { loadAuthGatewayConfig } from '../src/config.ts';
import { startAuthGateway } from '../src/start.ts';
import { aSigningKey } from './fixtures/gateway.ts';
import { TENANT_ID } from './fixtures/world.ts';

// It starts the whole service several times.
jest.setTimeout(30_000);

const ring = () => `k1:${randomBytes(32).toString('base64url')}`;
let mongo: RealMongo;
let connection: Connection;
let bus: Bus;
let folder: string;
let port: number;
const logger = createLogger('auth-gateway', 'silent');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'learnamp-start-'));
  mongo = await startMongo();
  connection = await connectMongo({ uri: mongo.uri(), appName: 'auth-gateway-test' });
  const onFatal = (error: Error) => logger.error(error);
  bus = createEmbeddedBus({ directory: join(folder, 'bus'), logger, onFatal });
  port = await freePort();
}, 120_000);

afterAll(async () => {
  await bus.close();
  await connection.close();
  await mongo.stop();
  await rm(folder, { recursive: true, force: true });
});

const keys = { SESSION_SIGNING_KEY: aSigningKey(), SEALING_KEYS: ring(), BLIND_INDEX_KEY: ring() };

const anEnvironment = () => ({
  PORT: String(port),
  HOST: '127.0.0.1',
  MONGODB_URI: 'mongodb://unused',
  KAFKA_BROKERS: 'unused:9092',
  ORGANISATION_HOST_SUFFIX: `localhost:${port}`,
  CENTRAL_ORIGIN: `http://localhost:${port}`,
  AZURE_CLIENT_ID: 'client',
  AZURE_CLIENT_SECRET: 'secret',
  ...keys,
  ORGANISATION_SUBDOMAIN: 'acme',
  ORGANISATION_NAME: 'Acme',
  AZURE_TENANT_ID: TENANT_ID.toUpperCase(),
  AZURE_GROUP_ID: TENANT_ID,
  ORGANISATION_OWNER: 'ada@acme.example',
});

const start = (env: NodeJS.ProcessEnv) => startAuthGateway(loadAuthGatewayConfig(env), { bus, connection, logger });

describe('startAuthGateway', () => {
  it('creates the organisation of the environment, once, and serves its home', async () => {
    const env = anEnvironment();
    await (await start(env)).stop();
    const service = await start(env);

    const home = `http://acme.localhost:${port}/`;
    const { body } = await exchange('GET', home, { host: `acme.localhost:${port}` });
    await service.stop();

    expect(body).toContain('Welcome to Acme');
    const stored = await organisationModel(connection).find().lean();
    expect(stored).toMatchObject([{ subdomain: 'acme', revision: 1, firstOwner: 'ada@acme.example' }]);
    expect(JSON.stringify(stored).toLowerCase()).not.toContain(`"tenantid"`);
  });

  it('reads the signing key from a file', async () => {
    const file = join(folder, 'key.pem');
    const { SESSION_SIGNING_KEY: pem, ...env } = anEnvironment();
    await writeFile(file, pem);

    await (await start({ ...env, SESSION_SIGNING_KEY_FILE: file })).stop();
  });

  it.each([
    ['no credential', { AZURE_CLIENT_SECRET: '' }, 'AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH is missing'],
    [
      'a certificate that is not there',
      { AZURE_CLIENT_CERTIFICATE_PATH: '/nowhere' },
      "AZURE_CLIENT_CERTIFICATE_PATH can't be read",
    ],
    [
      'half an organisation',
      { ORGANISATION_NAME: '', AZURE_GROUP_ID: '' },
      'ORGANISATION_NAME, AZURE_GROUP_ID must be given',
    ],
    ['a sealing key that is none', { SEALING_KEYS: 'my-secret' }, 'SEALING_KEYS: key 1 is not written as'],
    ['a signing key that is none', { SESSION_SIGNING_KEY: 'my-secret' }, 'SESSION_SIGNING_KEY has no private key'],
    ['a tenant that is no GUID', { AZURE_TENANT_ID: 'acme.example' }, 'AZURE_TENANT_ID must match'],
    ['an origin with a path', { CENTRAL_ORIGIN: 'https://login.learnamp.com/' }, 'CENTRAL_ORIGIN must match'],
  ])('refuses %s in one line that shows no value', async (_name, change, message) => {
    const refused = (async () => start({ ...anEnvironment(), ...change }))();

    await expect(refused).rejects.toMatchObject({ message: expect.stringContaining(message) });
    await expect(refused).rejects.toMatchObject({ message: expect.not.stringContaining('my-secret') });
  });

  it('refuses a port in use, and then leaves nothing open', async () => {
    const service = await start(anEnvironment());

    await expect(start(anEnvironment())).rejects.toMatchObject({ code: 'EADDRINUSE' });

    await service.stop();
    await (await start(anEnvironment())).stop();
  });
});
