import { createPrivateKey, generateKeyPair, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Makes a private key. */
export type MakeKey = () => Promise<KeyObject> | KeyObject;

export const makeEcKey: MakeKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

/** RSA with 2,048 bits: a tenth of a second and more of computing. */
export const makeRsaKey: MakeKey = async () =>
  (await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })).privateKey;

/**
 * The private key kept in a file (PKCS #8 PEM, mode 0600); made if there is none yet.
 * Of two processes that make it at once, one wins and both get the winner's.
 */
export async function storedKey(file: string, make: MakeKey = makeEcKey): Promise<KeyObject> {
  const existing = await readIfPresent(file);
  if (existing !== undefined) return createPrivateKey(existing);
  await createExclusively(file, (await make()).export({ type: 'pkcs8', format: 'pem' }).toString());
  return createPrivateKey(await readFile(file));
}

/** The text of a file, or undefined when there is no such file. */
export async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Puts a file in place in one step, so that no reader ever sees half of it. */
export async function replaceFile(file: string, content: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, content);
  await rename(draft, file);
}

/** Linking fails when the name exists: the first complete file stays. */
async function createExclusively(file: string, content: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o600 });
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
}
