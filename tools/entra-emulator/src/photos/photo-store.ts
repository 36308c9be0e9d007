import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readImageHeader, type ImageHeader } from './image-header.ts';

/** A stored photo. `etag` includes its quotes and changes with the bytes. */
export interface Photo extends ImageHeader {
  readonly bytes: Buffer;
  readonly etag: string;
}

/** Profile photos by user id. They are not part of the directory: a new photo is no change of the user. */
export class PhotoStore {
  /** A string is the name of a file that nobody has asked for yet. */
  #photos = new Map<string, Photo | string>();
  /** Whether there is a description of 1x1 where there is no photo, as Microsoft documents; else there is nothing. */
  readonly describesMissing: boolean;

  constructor(describesMissing = false) {
    this.describesMissing = describesMissing;
  }

  get(userId: string): Photo | undefined {
    const stored = this.#photos.get(userId);
    if (typeof stored !== 'string') return stored;
    const photo = toPhoto(readFileSync(stored));
    if (photo === undefined) throw new Error(`${stored} is no PNG, JPEG or GIF`);
    this.#photos.set(userId, photo);
    return photo;
  }

  /** Stores a photo; false when the bytes are no PNG, JPEG or GIF. */
  put(userId: string, bytes: Buffer): boolean {
    const photo = toPhoto(bytes);
    if (photo !== undefined) this.#photos.set(userId, photo);
    return photo !== undefined;
  }

  /** Stores a photo by the name of its file, which is read when the photo is asked for. */
  putFile(userId: string, name: string): void {
    this.#photos.set(userId, name);
  }

  delete(userId: string): void {
    this.#photos.delete(userId);
  }

  /** Remembers all photos as they are. Returns the function that brings them back. */
  snapshot(): () => void {
    const photos = new Map(this.#photos);
    return () => {
      this.#photos = new Map(photos);
    };
  }
}

function toPhoto(bytes: Buffer): Photo | undefined {
  const header = readImageHeader(bytes);
  if (header === undefined) return undefined;
  const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 8).toUpperCase()}"`;
  return { ...header, bytes, etag };
}
