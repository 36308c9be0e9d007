const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n';
const GIF_SIGNATURE = /^GIF8[79]a/;
const JPEG_SIGNATURE = '\xff\xd8';

/** What the first bytes of an image tell. Width and height in pixels. */
export interface ImageHeader {
  readonly contentType: 'image/png' | 'image/jpeg' | 'image/gif';
  readonly width: number;
  readonly height: number;
}

/** Reads the header of a PNG, JPEG or GIF; undefined for anything else. */
export function readImageHeader(bytes: Buffer): ImageHeader | undefined {
  return readPng(bytes) ?? readGif(bytes) ?? readJpeg(bytes);
}

/** How many bytes it takes to tell an image from anything else. */
export const SIGNATURE_LENGTH = 8;

/** Whether a file begins like a PNG, JPEG or GIF. */
export function looksLikeImage(bytes: Buffer): boolean {
  const text = bytes.toString('latin1', 0, SIGNATURE_LENGTH);
  return text === PNG_SIGNATURE || GIF_SIGNATURE.test(text) || text.startsWith(JPEG_SIGNATURE);
}

// PNG 1.2, 11.2.2: the IHDR chunk comes first, width and height are its first two numbers.
function readPng(bytes: Buffer): ImageHeader | undefined {
  if (bytes.length < 24 || bytes.toString('latin1', 0, 8) !== PNG_SIGNATURE) return undefined;
  return { contentType: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

// GIF89a, 18: the logical screen descriptor follows the signature.
function readGif(bytes: Buffer): ImageHeader | undefined {
  if (bytes.length < 10 || !GIF_SIGNATURE.test(bytes.toString('latin1', 0, 6))) return undefined;
  return { contentType: 'image/gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
}

// ITU T.81, B.2.2: the frame header (SOF0 to SOF15 without DHT, JPG and DAC) carries the size.
function readJpeg(bytes: Buffer): ImageHeader | undefined {
  if (!bytes.toString('latin1', 0, 2).startsWith(JPEG_SIGNATURE)) return undefined;
  let position = 2;
  while (position + 9 <= bytes.length && bytes[position] === 0xff) {
    const marker = bytes.readUInt8(position + 1);
    if (isFrameHeader(marker)) {
      return {
        contentType: 'image/jpeg',
        height: bytes.readUInt16BE(position + 5),
        width: bytes.readUInt16BE(position + 7),
      };
    }
    position += 2 + bytes.readUInt16BE(position + 2);
  }
  return undefined;
}

function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
