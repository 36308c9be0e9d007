import { errorOfResponse, type GraphAnswer, isOk } from '../errors/error-of-response.ts';
import { GraphError } from '../errors/graph-error.ts';
import { imageKind, type ImageMediaType, isPlaceholder } from './image-kind.ts';

/** What reading one person's photo came to. `etag` is Graph's own, quotes included. */
export type PhotoRead =
  /** The photo whose etag is known already; its bytes were not asked for. */
  | { readonly kind: 'unchanged'; readonly id: string; readonly etag: string }
  | {
      readonly kind: 'photo';
      readonly id: string;
      readonly etag: string;
      readonly mediaType: ImageMediaType;
      readonly bytes: Buffer;
    }
  /** Graph was asked and has none. */
  | { readonly kind: 'none'; readonly id: string }
  | {
      readonly kind: 'refused';
      readonly id: string;
      readonly etag: string;
      readonly reason: 'too-large' | 'not-an-image';
    }
  | { readonly kind: 'failed'; readonly id: string; readonly error: GraphError };

/** Larger photos are refused; base64 makes a third more of it, and a record of the bus ends at 1 MB. */
export const maxPhotoBytes = 700_000;

export type PhotoMetadata =
  | {
      readonly kind: 'etag';
      readonly etag: string;
      /** The shorter side in pixels, where Graph says it. */
      readonly pixels?: number;
    }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly error: GraphError };

/** Reads what `/users/{id}/photo` answered. Any 404 is "no photo", whichever of its many codes comes with it. */
export function readMetadata(answer: GraphAnswer): PhotoMetadata {
  if (answer.status === 404) return { kind: 'none' };
  if (!isOk(answer)) return { kind: 'failed', error: errorOfResponse(answer) };
  const { id, '@odata.mediaEtag': etag, width, height } = (answer.body ?? {}) as Record<string, unknown>;
  // Some mailboxes answer 200 with a placeholder of one pixel and no etag (Graph, get profilePhoto).
  if (id === '1x1' || etag === '' || etag === '""') return { kind: 'none' };
  const pixels = typeof width === 'number' && typeof height === 'number' ? { pixels: Math.min(width, height) } : {};
  if (typeof etag === 'string') return { kind: 'etag', etag, ...pixels };
  return { kind: 'failed', error: new GraphError('unexpected-response', 'Graph answered a photo without an etag') };
}

/** Reads what one of the `$value` addresses answered: base64, as batches carry images (Graph, JSON batching). */
export function readBytes(id: string, etag: string, answer: GraphAnswer): PhotoRead {
  if (answer.status === 404) return { kind: 'none', id };
  if (!isOk(answer)) return { kind: 'failed', id, error: errorOfResponse(answer) };
  const bytes = typeof answer.body === 'string' ? Buffer.from(answer.body, 'base64') : Buffer.alloc(0);
  const mediaType = imageKind(bytes);
  if (!mediaType) return { kind: 'refused', id, etag, reason: 'not-an-image' };
  if (isPlaceholder(bytes)) return { kind: 'none', id };
  if (bytes.length > maxPhotoBytes) return { kind: 'refused', id, etag, reason: 'too-large' };
  return { kind: 'photo', id, etag, mediaType, bytes };
}
