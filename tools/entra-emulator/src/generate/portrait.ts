import { crc32, deflateSync } from 'node:zlib';

/** A square PNG of `size` pixels: a colour and a mirrored pattern of blocks that the number decides. */
export function portrait(number: number, size = 240): Buffer {
  const colours = [background(number), [250, 250, 245]] as const;
  const rows = Buffer.alloc(size * (size + 1));
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) rows[y * (size + 1) + 1 + x] = isMarked(number, x / size, y / size) ? 1 : 0;
  }
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header(size)),
    chunk('PLTE', Buffer.from(colours.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Width, height, 8 bits a pixel, colours from a palette (PNG 1.2, 11.2.2). */
function header(size: number): Buffer {
  const bytes = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 3, 0, 0, 0]);
  bytes.writeUInt32BE(size, 0);
  bytes.writeUInt32BE(size, 4);
  return bytes;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A colour dark enough for the light pattern on it. */
function background(number: number): [number, number, number] {
  return [0, 1, 2].map((channel) => 40 + ((number * (47 + 36 * channel) + channel * 71) % 130)) as [
    number,
    number,
    number,
  ];
}

/** A 5 by 5 pattern, its left half mirrored, with a margin around it. */
function isMarked(number: number, x: number, y: number): boolean {
  const [column, row] = [Math.floor(x * 7) - 1, Math.floor(y * 7) - 1];
  if (column < 0 || column > 4 || row < 0 || row > 4) return false;
  const bit = row * 3 + Math.min(column, 4 - column);
  return ((Math.imul(number + 1, 2654435761) >>> 8) & (1 << bit)) !== 0;
}
