import { readFileSync } from 'node:fs';
import {
  type Application,
  type DirectoryFile,
  type Emulator,
  type Faults,
  generateDirectory,
  startEmulator,
} from '@learnamp/entra-emulator';
import { testCaDirectory } from '@learnamp/testkit';
import { createGraphClient, createTokenSource, type GraphClient, type GraphClientOptions } from '../../src/index.ts';

/** Made for these tests, of nobody's use elsewhere. */
const certificatePem = readFileSync(new URL('../certificates/client.pem', import.meta.url), 'utf8');
export const clientCertificate = {
  pem: certificatePem + readFileSync(new URL('../certificates/client-key.pem', import.meta.url), 'utf8'),
};

const application = (number: number, appRoles: string[]): Application => ({
  appId: `0000000${number}-0000-4000-8000-000000000000`,
  displayName: `Application ${number}`,
  passwordCredentials: [{ secretText: `secret ${number}` }],
  keyCredentials: [{ certificatePem }],
  web: { redirectUris: [] },
  appRoles,
});

/** `reader` has what the product asks for, `outsider` may not read people, `writer` may change the directory. */
export const applications = {
  reader: application(1, ['User.Read.All', 'GroupMember.Read.All', 'Group.Read.All', 'ProfilePhoto.Read.All']),
  outsider: application(2, ['GroupMember.Read.All']),
  writer: application(3, ['Directory.ReadWrite.All', 'User.ReadWrite.All', 'GroupMember.ReadWrite.All']),
};

export interface LocalMicrosoft {
  readonly emulator: Emulator;
  readonly file: DirectoryFile;
  readonly faults: Faults;
  client(name: keyof typeof applications, options?: Partial<GraphClientOptions>): GraphClient;
}

/** A Microsoft of 400 people on this machine. */
export async function startLocalMicrosoft(): Promise<LocalMicrosoft> {
  // Node reads this at start; without it no https request here could succeed, and none would say why.
  if (!process.env['NODE_EXTRA_CA_CERTS']) throw new Error('run by "npm test", which sets NODE_EXTRA_CA_CERTS');
  const faults: Faults = {};
  const file = {
    ...generateDirectory({ people: 400, seed: 7, groups: 30, photos: 12 }),
    applications: Object.values(applications),
  };
  const emulator = await startEmulator({
    directory: file,
    certificateDirectory: testCaDirectory(),
    port: 0,
    tlsPort: 0,
    faults,
  });
  return {
    emulator,
    file,
    faults,
    client: (name, options) => {
      const { appId, passwordCredentials } = applications[name];
      const token = createTokenSource({
        authorityHost: emulator.authorityHost,
        tenantId: emulator.tenantId,
        clientId: appId,
        credential: { secret: passwordCredentials[0]?.secretText ?? '' },
      });
      return createGraphClient({ graphBaseUrl: emulator.graphBaseUrl, token, ...options });
    },
  };
}
