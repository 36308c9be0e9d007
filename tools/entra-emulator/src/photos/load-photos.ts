import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DirectoryFile } from '../directory/directory-file.ts';
import { fail } from '../directory/file-checks.ts';
import { readImageHeader } from './image-header.ts';
import { PhotoStore } from './photo-store.ts';

/** The photos of a directory file. File names are taken relative to `base`. Fails as the check of the file does. */
export async function loadPhotos(file: DirectoryFile, base: string): Promise<PhotoStore> {
  const store = new PhotoStore();
  for (const [index, { id, photo }] of file.users.entries()) {
    if (photo === undefined) continue;
    const bytes = await photoBytes(photo, base, `users[${index}].photo`);
    if (!store.put(id, bytes)) throw fail(`users[${index}].photo`, `is no PNG, JPEG or GIF: ${photo.slice(0, 40)}`);
  }
  return store;
}

async function photoBytes(photo: string, base: string, path: string): Promise<Buffer> {
  const decoded = Buffer.from(photo, 'base64');
  if (readImageHeader(decoded) !== undefined) return decoded;
  try {
    return await readFile(resolve(base, photo));
  } catch (error) {
    throw fail(
      path,
      `is neither the base64 of an image nor a file that can be read: ${photo.slice(0, 40)} (${(error as Error).message.split(',')[0] ?? ''})`,
    );
  }
}
