import { createHash, randomUUID } from 'node:crypto';
import { posix } from 'node:path';
import { Readable, type Stream } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SeenFile, SftpPlace, SftpSecret } from '@learnamp/organisations';
import SftpClient from 'ssh2-sftp-client';

/** The folder of an organisation on its sFTP server. */
export interface DropFolder {
  /** Regular files that lie in the folder itself; no links, whatever they lead to. */
  list(): Promise<SeenFile[]>;
  /** The bytes of a file, one more than `limit` at the most. */
  read(name: string, limit: number): Promise<Buffer>;
  /** Moves a file to a folder in this one under another name, with notes beside it. Files that are there stay. */
  file(
    name: string,
    to: { readonly folder: 'done' | 'failed'; readonly name: string; readonly notes?: string },
  ): Promise<void>;
  close(): Promise<void>;
}

/** Something about the server or the folder that whoever set it up has to put right. */
export class DropFolderError extends Error {
  readonly code = 'drop-folder';
  readonly retriable = true;
}

const READY_TIMEOUT_MS = 15_000;

/** Opens the folder. The server has to show the pinned host key before anything is said to it. @throws DropFolderError */
export async function openDropFolder(place: SftpPlace, secret: SftpSecret): Promise<DropFolder> {
  const client = new SftpClient();
  // Without a listener a connection that breaks between two requests would end the process.
  client.on('error', () => undefined);
  let shown: string | undefined;
  const isPinned = (key: Buffer) => (shown = fingerprintOf(key)) === place.hostKey;
  const { host, port, username } = place;
  const proof = secret.kind === 'password' ? { password: secret.secret } : { privateKey: secret.secret };
  try {
    await client.connect({ host, port, username, ...proof, hostVerifier: isPinned, readyTimeout: READY_TIMEOUT_MS });
  } catch {
    await client.end().catch(() => undefined);
    // The library's own words may quote what it was given.
    throw new DropFolderError(
      shown === undefined || shown === place.hostKey
        ? 'The server can’t be reached, or does not accept the user and the secret.'
        : `The server shows another host key than the one that is set: ${shown}.`,
    );
  }
  return folderOf(client, place.folder);
}

/** As `ssh-keygen -l` writes it. */
export const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

/** Leaves alone what is there, and follows no link. */
async function write(client: SftpClient, path: string, text: string): Promise<void> {
  if ((await client.exists(path)) !== false) return;
  const stream = client.createWriteStream(path, { flags: 'wx' });
  const closed = closing(stream);
  await pipeline(Readable.from([Buffer.from(text)]), stream);
  await closed;
}

/**
 * When a stream has given its file back. A connection that ends before that is an error of the stream, though everybody
 * who used it has what they wanted; without a listener it would end the process.
 */
function closing(stream: Stream): Promise<void> {
  stream.on('error', () => undefined);
  return new Promise((resolve) => {
    stream.once('close', () => resolve());
  });
}

function folderOf(client: SftpClient, folder: string): DropFolder {
  const inFolder = (...names: string[]) => posix.join(folder, ...names);
  const isLink = async (path: string) => (await client.exists(path)) === 'l';
  return {
    list: async () => {
      const entries = await client.list(folder).catch(() => {
        throw new DropFolderError('The folder is not there, or can’t be read.');
      });
      return entries
        .filter(({ type, name }) => type === '-' && !name.startsWith('.') && !name.includes('/'))
        .map(({ name, size, modifyTime: modifiedAt }) => ({ name, size, modifiedAt }));
    },
    read: async (name, limit) => {
      const path = inFolder(name);
      if (await isLink(path)) throw new DropFolderError('A file of the folder has become a link.');
      const stream = client.createReadStream(path, { end: limit });
      const closed = closing(stream);
      const chunks = (await stream.toArray()) as Uint8Array[];
      await closed;
      return Buffer.concat(chunks);
    },
    file: async (name, to) => {
      const target = inFolder(to.folder);
      const kind = await client.exists(target);
      if (kind === false) await client.mkdir(target);
      else if (kind !== 'd') throw new DropFolderError(`“${to.folder}” in the folder is no folder.`);
      const isTaken = (await client.exists(inFolder(to.folder, to.name))) !== false;
      const path = inFolder(to.folder, isTaken ? `${randomUUID()}-${to.name}` : to.name);
      if (to.notes !== undefined) await write(client, `${path}.errors.csv`, to.notes);
      await client.rename(inFolder(name), path);
    },
    close: async () => {
      await client.end().catch(() => undefined);
    },
  };
}
