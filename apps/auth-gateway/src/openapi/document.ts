import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createOrganisations, createRoles, createSealBox, organisationModel, roleModel } from '@learnamp/organisations';
import { clouds, createLogger } from '@learnamp/service';
import mongoose from 'mongoose';
import { type AppSettings, buildApp } from '../app.ts';

const settings = (): AppSettings => ({
  ...{ centralOrigin: 'https://login.learnamp.com', organisationHostSuffix: 'learnamp.com' },
  ...{ clientId: 'none', clientCredentials: [{ kind: 'secret', secret: 'none', expiresAt: null }] },
  ...{ authorityHost: clouds.global.authorityHost, graphResource: clouds.global.graphBaseUrl },
  ...{ notified: true, trustedProxies: [], consoleFolder: null },
  apiLimits: { perCaller: 1, perAddress: 1, windowMs: 1 },
  sessionSigningKeys: generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString(),
});

/** The API as the routes themselves say it, in OpenAPI 3.1: of a service that is built and never listens. */
export async function openApiDocument(): Promise<object> {
  const connection = mongoose.createConnection();
  const seals = createSealBox({ current: { id: 'k', key: randomBytes(32) }, find: () => undefined }, randomBytes(32));
  const server = await buildApp({
    ...{ connection, seals, settings: settings(), clock: () => new Date() },
    bus: { publish: () => Promise.reject(new Error('nothing is published')) },
    organisations: createOrganisations(organisationModel(connection), seals),
    roles: createRoles(roleModel(connection)),
    logger: createLogger('openapi', 'silent'),
  });
  await server.ready();
  const document = server.swagger();
  await server.close();
  await connection.close();
  return document;
}
