import type { FieldType, Message } from "./message";

const varintType = 0;
const lengthDelimitedType = 2;

/** Encodes a message. A nested message may be given as bytes that are encoded already. */
export function encode(message: Message, values: Readonly<Record<string, unknown>>): Buffer {
  const parts: Uint8Array[] = [];
  for (const [name, [number, type, rule]] of Object.entries(message)) {
    const value = values[name];
    if (value === undefined || value === null) continue;
    if (rule === "repeated" && Array.isArray(value))
      parts.push(...value.map((element) => encodeField(number, type, element)));
    else if (rule === "map") parts.push(...encodeMap(number, type, value));
    // proto3 leaves out defaults.
    else if (value !== false && value !== 0 && value !== "") parts.push(encodeField(number, type, value));
  }
  return Buffer.concat(parts);
}

function encodeMap(number: number, type: FieldType, value: object): Buffer[] {
  return Object.entries(value).map(([key, entry]) => {
    const body = Buffer.concat([encodeField(1, "string", key), encodeField(2, type, entry)]);
    return delimited(number, body);
  });
}

function encodeField(number: number, type: FieldType, value: unknown): Buffer {
  const resolved = typeof type === "function" ? type() : type;
  if (value instanceof Uint8Array) return delimited(number, value);
  if (typeof value === "string") return delimited(number, Buffer.from(value, "utf8"));
  if (typeof resolved === "object" && typeof value === "object" && value !== null)
    return delimited(number, encode(resolved, { ...value }));
  return Buffer.from([...varint(number * 8 + varintType), ...varint(Number(value))]);
}

function delimited(number: number, body: Uint8Array): Buffer {
  const head = Buffer.from([...varint(number * 8 + lengthDelimitedType), ...varint(body.length)]);
  return Buffer.concat([head, body]);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  // Division, not shifts: lengths may pass 31 bits.
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}
