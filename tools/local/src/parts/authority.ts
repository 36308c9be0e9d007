import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ensureCertificateAuthority } from '@learnamp/entra-emulator';

/** Where the local Microsoft's certificates are kept: one authority for a user, whatever folder the data is in. */
export function certificateDirectory(): string {
  const cache =
    process.env['LEARNAMP_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'learnamp');
  return join(cache, 'certificates');
}

/** A file of every authority that the program must trust besides Node's own: ours, and what the user named already. */
export async function authorityFile(others: string | undefined): Promise<string> {
  const directory = certificateDirectory();
  await mkdir(directory, { recursive: true });
  const { caFile, caPem } = await ensureCertificateAuthority(directory);
  if (!others || others === caFile) return caFile;
  const bundle = join(directory, 'bundle.pem');
  await writeFile(bundle, `${caPem}\n${await readFile(others, 'utf8')}`);
  return bundle;
}
