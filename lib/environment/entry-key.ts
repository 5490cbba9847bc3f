import { Address4, Address6 } from "ip-address";
import { z } from "zod";
import { type Sameness, sameness } from "../layer/sameness";
import { formsOf } from "./schema-forms";
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
  const [form, ...others] = formsOf(schema) ?? [];
  if (form !== undefined && others.length === 0) return samenessOf(form);
  if (schema instanceof z.ZodObject) return { key: (value) => objectKey(schema.shape, value) };
  return {
    key: schema instanceof z.ZodStringFormat ? (keys[schema._zod.def.format] ?? canonical) : canonical,
  };
}

/** Text that is the same for maps whose values are the same. */
function objectKey(shape: Readonly<Record<string, Schema>>, value: unknown): string {
  if (!isMap(value)) return canonical(value);
  const compared = Object.entries(value).map(([name, inner]) => {
    const schema = Object.hasOwn(shape, name) ? shape[name] : undefined;
    const isSet = schema !== undefined && inner !== undefined && inner !== null;
    return [name, isSet ? samenessOf(schema).key(inner) : inner] as const;
  });
  return canonical(Object.fromEntries(compared));
}

const lowerCase = (text: unknown) => String(text).toLowerCase();

/** Formats of text with several notations of the same value. */
const keys: Readonly<Record<string, Sameness["key"]>> = {
  // EC2 stores the network address of a range: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html
  cidrv4: (range) => new Address4(String(range)).networkForm(),
  cidrv6: (range) => new Address6(String(range)).networkForm(),
  ipv6: (address) => new Address6(String(address)).correctForm(),
  mac: (address) => lowerCase(address).replace(/[^\da-f]/g, ""),
  url: (address) => new URL(String(address)).href,
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
