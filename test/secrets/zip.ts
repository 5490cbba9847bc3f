import { inflateRawSync } from "node:zlib";

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;

/** Unpacks a zip file, such as a saved plan; gives what each file in it holds (PKWARE APPNOTE, 4.3). */
export function unzip(zip: Buffer): Readonly<Record<string, Buffer>> {
  const end = lastIndexOf(zip, endOfDirectory);
  const files: Record<string, Buffer> = {};
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (zip.readUInt32LE(at) !== directoryEntry) throw new Error("This is no zip file, or a damaged one");
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      zip.readUInt16LE(at + field),
    );
    const name = zip.toString("utf8", at + 46, at + 46 + nameLength!);
    files[name] = content(zip, at);
    at += 46 + nameLength! + extraLength! + commentLength!;
  }
  return files;
}

function content(zip: Buffer, entry: number): Buffer {
  const size = zip.readUInt32LE(entry + 20);
  const header = zip.readUInt32LE(entry + 42);
  const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
  const packed = zip.subarray(start, start + size);
  return zip.readUInt16LE(entry + 10) === 0 ? packed : inflateRawSync(packed);
}

function lastIndexOf(zip: Buffer, signature: number): number {
  const wanted = Buffer.alloc(4);
  wanted.writeUInt32LE(signature);
  const found = zip.lastIndexOf(wanted);
  if (found < 0) throw new Error("This is no zip file, or a damaged one");
  return found;
}
