import { Decoder, Encoder, ExtensionCodec } from "@msgpack/msgpack";
import { unwrapDynamic, wrapDynamic } from "./dynamic";
import { isUnknown, UNKNOWN } from "./unknown";

const UNKNOWN_EXTENSION = 0;
const REFINED_UNKNOWN_EXTENSION = 12;

const extensions = new ExtensionCodec();
extensions.register({
  type: UNKNOWN_EXTENSION,
  encode: (value) => (isUnknown(value) ? new Uint8Array([0]) : null),
  decode: () => UNKNOWN,
});
// Refinements ("not null", a prefix) are hints that may be dropped.
extensions.register({ type: REFINED_UNKNOWN_EXTENSION, encode: () => null, decode: () => UNKNOWN });

interface WireValue {
  readonly msgpack: Uint8Array;
  readonly json?: Uint8Array;
}

/** A value of Terraform from its message; null when there is none. */
export function fromWire(message: WireValue | undefined): unknown {
  if (message?.msgpack.length)
    return wrapDynamic(new Decoder({ extensionCodec: extensions }).decode(message.msgpack));
  if (message?.json?.length) return JSON.parse(Buffer.from(message.json).toString("utf8"));
  return null;
}

/** A value of Terraform as its message. */
export function toWire(value: unknown): WireValue {
  return { msgpack: new Encoder({ extensionCodec: extensions }).encode(unwrapDynamic(value)) };
}
