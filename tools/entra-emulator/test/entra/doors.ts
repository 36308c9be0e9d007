import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify, type FastifyInstance } from 'fastify';
import { afterAll, beforeAll } from '@jest/globals';
import { ensureCertificateAuthority } from '../../src/certificates/certificate-authority.ts';
import { issueCertificate } from '../../src/certificates/issue-certificate.ts';
import { createEntra } from '../../src/entra/create-entra.ts';
import type { Entra } from '../../src/entra/ports.ts';
import { aDirectory, fabrikam, type DirectoryInMemory } from './a-directory.ts';
import { sendWith, type Send } from './send.ts';

/** The identity half behind two real doors, as the emulator opens them. */
export interface Doors {
  http: string;
  https: string;
  caPem: string;
  entra: Entra;
  /** Contoso. */
  directory: DirectoryInMemory;
  /** Fabrikam. */
  other: DirectoryInMemory;
  send: Send;
  /** Moves the emulator's clock; back to the real time at 0. */
  moveClock(milliseconds: number): void;
}

/** Opens the doors once for a test file, with two tenants that each test may replace the contents of. */
export function openDoors(): Doors {
  const [directory, other] = [aDirectory(), aDirectory([], fabrikam)];
  const doors = { directory, other } as Doors;
  const servers: FastifyInstance[] = [];
  let folder = '';
  let shift = 0;
  doors.moveClock = (milliseconds) => void (shift = milliseconds);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'entra-emulator-'));
    doors.caPem = (await ensureCertificateAuthority(folder)).caPem;
    doors.send = sendWith(doors.caPem);
    const { certPem, keyPem } = await issueCertificate(folder);
    doors.entra = await createEntra({
      directories: [directory, other],
      httpUrl: () => doors.http,
      httpsUrl: () => doors.https,
      clock: () => new Date(Date.now() + shift),
    });
    doors.http = await open(fastify(), servers, doors.entra);
    doors.https = await open(fastify({ https: { cert: certPem, key: keyPem } }), servers, doors.entra);
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.close()));
    await rm(folder, { recursive: true, force: true });
  });
  return doors;
}

async function open(server: FastifyInstance, servers: FastifyInstance[], entra: Entra): Promise<string> {
  servers.push(server);
  await server.register(entra.plugin);
  const address = await server.listen({ port: 0, host: 'localhost' });
  return `${address.startsWith('https') ? 'https' : 'http'}://localhost:${new URL(address).port}`;
}
