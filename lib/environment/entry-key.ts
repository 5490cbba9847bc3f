import { Address4, Address6 } from "ip-address";
import { z } from "zod";
import { type Sameness, sameness } from "../layer/sameness";
import { isMap } from "./value-at";

type Schema = z.core.$ZodType;

/** What two entries of a list have in common when they are the same; undefined for an invalid entry. */
export function entryKey(schema: Schema, entry: unknown): string | undefined {
  const result = z.safeParse(schema, entry);
  return result.success ? samenessOf(schema).key(result.data) : undefined;
}

/** How the values of a schema are compared. */
export function samenessOf(schema: Schema): Sameness {
  const registered = sameness.get(schema);
  if (registered !== undefined) return registered;
  return {
    key: schema instanceof z.ZodStringFormat ? (keys[schema._zod.def.format] ?? canonical) : canonical,
  };
}

const lowerCase = (text: unknown) => String(text).toLowerCase();

/** Formats of text with several notations of the same value. */
const keys: Readonly<Record<string, Sameness["key"]>> = {
  // EC2 stores the network address of a range: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html
  cidrv4: (range) => new Address4(String(range)).networkForm(),
  cidrv6: (range) => new Address6(String(range)).networkForm(),
  // Mail servers tell no mailboxes apart by case, though they may: https://www.rfc-editor.org/rfc/rfc5321#section-2.4
  email: lowerCase,
  hostname: lowerCase,
};

/** Text that is the same for equal values, in whatever order the keys of a map are. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    isMap(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}
