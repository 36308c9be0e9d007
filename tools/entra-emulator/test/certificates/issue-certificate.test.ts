import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, get, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ensureCertificateAuthority } from '../../src/certificates/certificate-authority.ts';
import { issueCertificate } from '../../src/certificates/issue-certificate.ts';
import { temporaryFolders } from './temporary-folder.ts';

const newFolder = temporaryFolders();
const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => once(server.close(), 'close')));
});

/** A real TLS server on 127.0.0.1 with the folder's certificate; its port. */
async function serve(folder: string, hosts: string[] = []): Promise<number> {
  const { certPem, keyPem } = await issueCertificate(folder, hosts);
  const server = createServer({ cert: certPem, key: keyPem }, (_request, response) => response.end('hello'));
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/** Asks as if `host` resolved to the server; rejects when TLS does. */
function ask(port: number, host: string, ca?: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const lookup = (_: string, __: object, found: (error: null, addresses: object[]) => void) =>
      found(null, [{ address: '127.0.0.1', family: 4 }]);
    const request = get({ host, port, agent: false, lookup: lookup as never, ...(ca ? { ca } : {}) }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    request.on('error', reject);
  });
}

describe('issueCertificate', () => {
  it('satisfies a TLS client that trusts the authority', async () => {
    const folder = await newFolder();
    const port = await serve(folder);
    const { caPem } = await ensureCertificateAuthority(folder);

    expect(await ask(port, 'localhost', caPem)).toBe(200);
    expect(await ask(port, '127.0.0.1', caPem)).toBe(200);
  });

  it('does not satisfy a TLS client that does not', async () => {
    const port = await serve(await newFolder());

    await expect(ask(port, 'localhost')).rejects.toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  });

  it('names the given hosts and no others', async () => {
    const folder = await newFolder();
    const port = await serve(folder, ['ingest.example', '10.1.2.3', '2001:db8::7']);
    const { caPem } = await ensureCertificateAuthority(folder);

    expect(await ask(port, 'ingest.example', caPem)).toBe(200);
    await expect(ask(port, 'other.example', caPem)).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  });

  it('writes addresses so that they are read back', async () => {
    const { certPem } = await issueCertificate(await newFolder(), ['10.1.2.3', '2001:db8::7', 'fe80::']);

    expect(new X509Certificate(certPem).subjectAltName).toBe(
      'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, IP Address:10.1.2.3, ' +
        'IP Address:2001:DB8:0:0:0:0:0:7, IP Address:FE80:0:0:0:0:0:0:0',
    );
  });

  it('is reused while it is valid, and renewed after that', async () => {
    const folder = await newFolder();
    const first = await issueCertificate(folder, [], () => new Date('2026-01-01T00:00:00Z'));

    const soon = await issueCertificate(folder, [], () => new Date('2026-11-01T00:00:00Z'));
    const later = await issueCertificate(folder, [], () => new Date('2026-12-15T00:00:00Z'));

    expect(soon).toEqual(first);
    expect(later.certPem).not.toBe(first.certPem);
    expect(later.keyPem).toBe(first.keyPem);
  });

  it('keeps the certificates of two sets of hosts apart', async () => {
    const folder = await newFolder();
    const plain = await issueCertificate(folder);
    const named = await issueCertificate(folder, ['a.example']);

    expect(named.certFile).not.toBe(plain.certFile);
    expect(await issueCertificate(folder)).toEqual(plain);
  });
});
