import { X509Certificate } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ensureCertificateAuthority } from '../../src/certificates/certificate-authority.ts';
import { temporaryFolders } from './temporary-folder.ts';

const newFolder = temporaryFolders();
const on = (day: string) => () => new Date(`${day}T12:00:00Z`);

describe('ensureCertificateAuthority', () => {
  it('makes an authority that signs itself, and keeps its key to its owner', async () => {
    const folder = await newFolder();

    const { caFile, caPem } = await ensureCertificateAuthority(folder);

    const certificate = new X509Certificate(caPem);
    expect(certificate.ca).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(caFile).toBe(join(folder, 'ca.pem'));
    expect(await readFile(caFile, 'utf8')).toBe(caPem);
    expect((await stat(join(folder, 'ca-key.pem'))).mode & 0o777).toBe(0o600);
  });

  it('is the same authority at the next start', async () => {
    const folder = await newFolder();
    const first = await ensureCertificateAuthority(folder);

    const second = await ensureCertificateAuthority(folder);

    expect(second.caPem).toBe(first.caPem);
  });

  it('is renewed with the same key when less than thirty days are left', async () => {
    const folder = await newFolder();
    const first = await ensureCertificateAuthority(folder, on('2026-01-01'));

    const early = await ensureCertificateAuthority(folder, on('2035-11-01'));
    const late = await ensureCertificateAuthority(folder, on('2035-12-15'));

    expect(early.caPem).toBe(first.caPem);
    expect(late.caPem).not.toBe(first.caPem);
    expect(new X509Certificate(late.caPem).verify(new X509Certificate(first.caPem).publicKey)).toBe(true);
  });

  it('has one key when many ask at once, and leaves no drafts behind', async () => {
    const folder = await newFolder();

    const all = await Promise.all(Array.from({ length: 20 }, () => ensureCertificateAuthority(folder)));

    const keys = all.map(({ caPem }) => new X509Certificate(caPem).publicKey.export({ type: 'spki', format: 'pem' }));
    expect(new Set(keys).size).toBe(1);
    expect((await readdir(folder)).toSorted()).toEqual(['ca-key.pem', 'ca.pem']);
  });

  it('does not keep a certificate of another key', async () => {
    const [folder, other] = [await newFolder(), await newFolder()];
    const foreign = await ensureCertificateAuthority(other);
    const own = await ensureCertificateAuthority(folder);
    await writeFile(own.caFile, foreign.caPem);

    const repaired = await ensureCertificateAuthority(folder);

    expect(new X509Certificate(repaired.caPem).checkPrivateKey(own.key)).toBe(true);
  });
});
