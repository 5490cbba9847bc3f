/** Something that must not be found where it does not belong. */
export interface Secret {
  readonly name: string;
  /** Parts of it that consist of letters, digits, "+" and "/" only, so that no escaping changes them. */
  readonly cores: readonly string[];
}

/** Whether any part of a secret is in there: as it is, in base64 (also inside of something longer), or in hexadecimal. */
export function holds(bytes: Buffer, { cores }: Secret): boolean {
  return cores.some((core) => traces(core).some((trace) => bytes.includes(trace)));
}

const known = new Map<string, readonly string[]>();

function traces(core: string): readonly string[] {
  const found = known.get(core) ?? allTraces(core);
  known.set(core, found);
  return found;
}

function allTraces(core: string): readonly string[] {
  if (!/^[A-Za-z0-9+/]{16,}$/.test(core))
    throw new Error("Too short, or changed by escaping: choose another");
  const encoded = [0, 1, 2].map((offset) => base64Inside(core, offset));
  const hexadecimal = Buffer.from(core).toString("hex");
  const forUrls = encoded.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"));
  return [...new Set([core, ...encoded, ...forUrls, hexadecimal, hexadecimal.toUpperCase()])];
}

/** The base64 of a text that begins `offset` bytes after a multiple of three, without characters that depend on adjacent bytes. */
function base64Inside(core: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(core)]);
  const first = Math.ceil((offset * 8) / 6);
  const end = Math.floor((bytes.length * 8) / 6);
  return bytes.toString("base64").slice(first, end);
}
