import { createHash } from 'node:crypto';
import { readImageHeader, type ImageHeader } from './image-header.ts';

/** A stored photo. `etag` includes its quotes and changes with the bytes. */
export interface Photo extends ImageHeader {
  readonly bytes: Buffer;
  readonly etag: string;
}

/** Profile photos by user id. They are not part of the directory: a new photo is no change of the user. */
export class PhotoStore {
  readonly #photos = new Map<string, Photo>();

  get(userId: string): Photo | undefined {
    return this.#photos.get(userId);
  }

  /** Stores a photo; false when the bytes are no PNG, JPEG or GIF. */
  put(userId: string, bytes: Buffer): boolean {
    const header = readImageHeader(bytes);
    if (header === undefined) return false;
    const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 8).toUpperCase()}"`;
    this.#photos.set(userId, { ...header, bytes, etag });
    return true;
  }

  delete(userId: string): void {
    this.#photos.delete(userId);
  }
}
