import type { Source } from "./content";

/** A regular file in an archive. */
export interface TarEntry {
  readonly start: number;
  readonly size: number;
}

const block = 512;
/** Long names need no more. */
const mostExtra = 64 * 1024;

/**
 * The regular files of a tar archive by name, without a leading `./`; undefined for what is none. Names and sizes can be in
 * extensions: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html and those of GNU tar.
 */
export function tarEntries(source: Source): ReadonlyMap<string, TarEntry> | undefined {
  const entries = new Map<string, TarEntry>();
  let extended: { name?: string; size?: number } = {};
  for (let at = 0; at + block <= source.size;) {
    const header = source.part(at, block);
    if (header.every((byte) => byte === 0)) break;
    if (!isHeader(header)) return undefined;
    const type = String.fromCharCode(header[156] ?? 0);
    const start = at + block;
    const size = extended.size ?? numberIn(header.subarray(124, 136));
    if (!Number.isSafeInteger(size) || size < 0 || start + size > source.size) return undefined;
    at = start + Math.ceil(size / block) * block;
    if (type === "x" || type === "L") {
      const extra = source.part(start, Math.min(size, mostExtra));
      extended = { ...extended, ...(type === "x" ? paxValues(extra) : { name: textIn(extra) }) };
      continue;
    }
    if (type === "g") continue;
    const name = (extended.name ?? nameIn(header)).replace(/^(\.\/)+/, "");
    if (["0", "\0", "7"].includes(type)) entries.set(name, { start, size });
    extended = {};
  }
  return entries.size === 0 ? undefined : entries;
}

/** The sum of its bytes, with spaces in place of the sum. */
function isHeader(header: Buffer): boolean {
  const written = numberIn(header.subarray(148, 156));
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  return sum === written;
}

function nameIn(header: Buffer): string {
  const name = textIn(header.subarray(0, 100));
  const isUstar = textIn(header.subarray(257, 263)) === "ustar";
  const before = isUstar ? textIn(header.subarray(345, 500)) : "";
  return before === "" ? name : `${before}/${name}`;
}

/** Octal digits, or, with the highest bit set, a binary number. */
function numberIn(field: Buffer): number {
  if (((field[0] ?? 0) & 0x80) === 0) return parseInt(textIn(field).trim() || "0", 8);
  return field.reduce((total, byte, index) => total * 256 + (index === 0 ? byte & 0x7f : byte), 0);
}

function textIn(field: Buffer): string {
  const end = field.indexOf(0);
  return field.subarray(0, end === -1 ? field.length : end).toString();
}

/** Records of `<length> <key>=<value>\n`, whose length counts bytes. */
function paxValues(extra: Buffer): { name?: string; size?: number } {
  const values: { name?: string; size?: number } = {};
  for (let at = 0; at < extra.length;) {
    const length = parseInt(extra.subarray(at, at + 12).toString(), 10);
    if (!(length > 0)) break;
    const [, key, value = ""] =
      /^\d+ ([^=]+)=(.*)\n$/s.exec(extra.subarray(at, at + length).toString()) ?? [];
    if (key === "path") values.name = value;
    if (key === "size") values.size = Number(value);
    at += length;
  }
  return values;
}
