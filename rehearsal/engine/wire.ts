import { Decoder, Encoder, ExtensionCodec } from "@msgpack/msgpack";
import { unwrapDynamic, wrapDynamic } from "./dynamic";
import { escapedKey } from "./map-keys";
import { isUnknown, unknownValue } from "./unknown";

const unknownExtension = 0;
const refinedUnknownExtension = 12;

const extensions = new ExtensionCodec();
extensions.register({
  type: unknownExtension,
  encode: (value) => (isUnknown(value) ? new Uint8Array([0]) : null),
  decode: () => unknownValue,
});
// Refinements ("not null", a prefix) are hints that may be dropped.
extensions.register({ type: refinedUnknownExtension, encode: () => null, decode: () => unknownValue });

/** The library refuses the key `__proto__`, which it would lose; it never meets it. */
const keyDecoder = {
  canBeCached: () => true,
  decode: (bytes: Uint8Array, offset: number, length: number): string =>
    escapedKey(Buffer.from(bytes.buffer, bytes.byteOffset + offset, length).toString("utf8")),
};

interface WireValue {
  readonly msgpack: Uint8Array;
  readonly json?: Uint8Array;
}

/** A value of Terraform from its message; null when there is none. */
export function fromWire(message: WireValue | undefined): unknown {
  if (message?.msgpack.length)
    return wrapDynamic(new Decoder({ extensionCodec: extensions, keyDecoder }).decode(message.msgpack));
  if (message?.json?.length) return JSON.parse(Buffer.from(message.json).toString("utf8"));
  return null;
}

/** A value of Terraform as its message. */
export function toWire(value: unknown): WireValue {
  return { msgpack: new Encoder({ extensionCodec: extensions }).encode(unwrapDynamic(value)) };
}
