import type { Decoded, FieldType, Message } from "./message";

/** Decodes a message; unknown fields are skipped. */
export function decode<Shape extends Message>(message: Shape, bytes: Uint8Array): Decoded<Shape> {
  const byNumber = new Map(Object.entries(message).map(([name, field]) => [field[0], { name, field }]));
  const values = defaults(message);
  for (const { number, raw } of wireFields(bytes)) {
    const known = byNumber.get(number);
    if (!known) continue;
    const [, type, rule] = known.field;
    const before = values[known.name];
    if (rule === "repeated" && Array.isArray(before)) before.push(convert(type, raw));
    else if (rule === "map") Object.assign(values[known.name] ?? {}, decodeEntry(type, raw));
    else values[known.name] = convert(type, raw);
  }
  // Decoded<Shape> says in types what the loop above builds field by field.
  return values as Decoded<Shape>;
}

const absentScalars = { string: "", bool: false, int64: 0, enum: 0 };

function defaults(message: Message): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, [, type, rule]] of Object.entries(message)) {
    if (rule === "repeated") values[name] = [];
    // Without a prototype, `__proto__` is a key like any other.
    else if (rule === "map") values[name] = Object.create(null);
    else if (type === "bytes") values[name] = new Uint8Array();
    else if (typeof type === "string") values[name] = absentScalars[type];
  }
  return values;
}

type Raw = number | Uint8Array;

function convert(type: FieldType, raw: Raw): unknown {
  const resolved = typeof type === "function" ? type() : type;
  if (typeof raw === "number") return resolved === "bool" ? raw !== 0 : raw;
  if (typeof resolved === "object") return decode(resolved, raw);
  return resolved === "string" ? Buffer.from(raw).toString("utf8") : raw;
}

function decodeEntry(type: FieldType, raw: Raw): Record<string, unknown> {
  if (typeof raw === "number") return {};
  const { key, value } = decode({ key: [1, "string"], value: [2, type] }, raw);
  return { [key]: value };
}

function* wireFields(bytes: Uint8Array): Generator<{ number: number; raw: Raw }> {
  const reader = new Reader(bytes);
  while (!reader.atEnd) {
    const tag = reader.varint();
    const raw = reader.value(tag & 7);
    if (raw !== undefined) yield { number: Math.floor(tag / 8), raw };
  }
}

class Reader {
  private position = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get atEnd(): boolean {
    return this.position >= this.bytes.length;
  }

  varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.bytes[this.position++];
      if (byte === undefined) throw new Error("Cannot decode message: it ends inside a number");
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  /** The value of one field; undefined for the fixed-width kinds, which the plugin protocol does not use. */
  value(wireType: number): Raw | undefined {
    if (wireType === 0) return this.varint();
    if (wireType === 2) return this.take(this.varint());
    if (wireType !== 1 && wireType !== 5)
      throw new Error(`Cannot decode message: it holds a field of wire type ${wireType}`);
    this.take(wireType === 1 ? 8 : 4);
    return undefined;
  }

  private take(length: number): Uint8Array {
    const end = this.position + length;
    if (end > this.bytes.length) throw new Error("Cannot decode message: it ends inside a field");
    const taken = this.bytes.subarray(this.position, end);
    this.position = end;
    return taken;
  }
}
