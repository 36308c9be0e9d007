import { closeSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DirectoryFile } from '../directory/directory-file.ts';
import { fail } from '../directory/file-checks.ts';
import { looksLikeImage, SIGNATURE_LENGTH } from './image-header.ts';
import { PhotoStore } from './photo-store.ts';

/**
 * The photos of a directory file. File names are taken relative to `base`; of a file only the first bytes are looked at
 * now, the rest is read when somebody asks for the photo. Fails as the check of the file does.
 */
export function loadPhotos(file: DirectoryFile, base: string): PhotoStore {
  const store = new PhotoStore(file.missingPhotos === 'described');
  for (const [index, { id, photo }] of file.users.entries()) {
    if (photo !== undefined) loadPhoto(store, id, photo, base, `users[${index}].photo`);
  }
  return store;
}

function loadPhoto(store: PhotoStore, userId: string, photo: string, base: string, path: string): void {
  if (store.put(userId, Buffer.from(photo, 'base64'))) return;
  const name = resolve(base, photo);
  if (!looksLikeImage(firstBytes(name, photo, path))) throw fail(path, `is no PNG, JPEG or GIF: ${photo.slice(0, 40)}`);
  store.putFile(userId, name);
}

function firstBytes(name: string, photo: string, path: string): Buffer {
  const bytes = Buffer.alloc(SIGNATURE_LENGTH);
  try {
    const file = openSync(name, 'r');
    try {
      return bytes.subarray(0, readSync(file, bytes));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw fail(
      path,
      `is neither the base64 of an image nor a file that can be read: ${photo.slice(0, 40)} (${(error as Error).message.split(',')[0] ?? ''})`,
    );
  }
}
