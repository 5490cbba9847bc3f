import { crc32 } from "node:zlib";

/** A zip archive of text files, by name; the same bytes for the same content, wherever and whenever it is made. */
export function zip(files: Readonly<Record<string, string>>): Buffer {
  const entries: Entry[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const entry = { name: Buffer.from(name), data: Buffer.from(text), offset };
    entries.push(entry);
    offset += 30 + entry.name.length + entry.data.length;
  }
  const local = entries.map((entry) => Buffer.concat([localHeader(entry), entry.name, entry.data]));
  const central = Buffer.concat(entries.map((entry) => Buffer.concat([centralHeader(entry), entry.name])));
  return Buffer.concat([...local, central, end(entries.length, central.length, offset)]);
}

interface Entry {
  readonly name: Buffer;
  readonly data: Buffer;
  readonly offset: number;
}

/** Nothing is compressed: what a compressor makes of a text changes with its version. */
const stored = 0;
const version = 20;
/** 1 January 1980, the earliest date that the format knows. */
const date = 33;

/** https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7 */
function localHeader(entry: Entry): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  writeCommon(header, entry, 4);
  return header;
}

/** 4.3.12; readable by everybody, as Lambda wants it. */
function centralHeader(entry: Entry): Buffer {
  const header = Buffer.alloc(46);
  const madeOnUnix = 3 << 8;
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(madeOnUnix | version, 4);
  writeCommon(header, entry, 6);
  header.writeUInt32LE(0o100644 * 0x10000, 38);
  header.writeUInt32LE(entry.offset, 42);
  return header;
}

/** The fields that both headers share, from the version on. */
function writeCommon(header: Buffer, { name, data }: Entry, at: number): void {
  header.writeUInt16LE(version, at);
  header.writeUInt16LE(stored, at + 4);
  header.writeUInt16LE(date, at + 8);
  header.writeUInt32LE(crc32(data), at + 10);
  header.writeUInt32LE(data.length, at + 14);
  header.writeUInt32LE(data.length, at + 18);
  header.writeUInt16LE(name.length, at + 22);
}

/** 4.3.16 */
function end(count: number, size: number, offset: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(size, 12);
  record.writeUInt32LE(offset, 16);
  return record;
}
