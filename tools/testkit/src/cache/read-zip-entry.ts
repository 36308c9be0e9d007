import { inflateRawSync } from 'node:zlib';

// Field positions: APPNOTE.TXT 4.3.7 (local file header), 4.3.12 (central directory), 4.3.16 (end of central directory).
const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;

/** The bytes of the first file in a zip archive whose name ends so; undefined when there is none. No ZIP64, no encryption. */
export function readZipEntry(archive: Buffer, nameEnd: string): Buffer | undefined {
  for (const entry of directoryOf(archive)) {
    if (entry.name.endsWith(nameEnd)) return contentOf(archive, entry);
  }
  return undefined;
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly compressedSize: number;
  readonly headerAt: number;
}

function* directoryOf(archive: Buffer): Generator<Entry> {
  const end = endOfDirectory(archive);
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error('the zip archive is damaged');
    const nameLength = archive.readUInt16LE(at + 28);
    yield {
      name: archive.toString('utf8', at + 46, at + 46 + nameLength),
      method: archive.readUInt16LE(at + 10),
      compressedSize: archive.readUInt32LE(at + 20),
      headerAt: archive.readUInt32LE(at + 42),
    };
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
}

/** The record is last, before a comment of any length, so it is searched from the end. */
function endOfDirectory(archive: Buffer): number {
  for (let at = archive.length - 22; at >= 0; at -= 1) {
    if (archive.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw new Error('this is no zip archive');
}

function contentOf(archive: Buffer, entry: Entry): Buffer {
  const nameLength = archive.readUInt16LE(entry.headerAt + 26);
  const extraLength = archive.readUInt16LE(entry.headerAt + 28);
  const start = entry.headerAt + 30 + nameLength + extraLength;
  const bytes = archive.subarray(start, start + entry.compressedSize);
  if (entry.method === STORED) return bytes;
  if (entry.method === DEFLATED) return inflateRawSync(bytes);
  throw new Error(`the zip archive uses compression method ${entry.method}`);
}
