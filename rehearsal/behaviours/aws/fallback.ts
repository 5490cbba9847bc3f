import type { Context } from "../../engine/behaviour";
import type { ProviderDefinition } from "../../engine/provider-definition";
import { arn } from "./arn";

/** Shapes of computed texts by their name, for everything that no behaviour decides. */
const shapes: readonly (readonly [RegExp, (name: string, context: Context) => string])[] = [
  [
    /_arn$/,
    (name, context) => arn(context, "simulated", `${name.replace(/_arn$/, "")}/${context.hash(name, 12)}`),
  ],
  [/(account_id|owner_id)$/, (_name, { account }) => account],
  [/(_at|_date|_time)$/, () => "2025-01-01T00:00:00Z"],
  [
    /(endpoint|dns_name|domain_name)$/,
    (name, { hash, region }) => `${hash(name, 12)}.${region}.simulated.invalid`,
  ],
  [/(^|_)(status|state)$/, () => "ACTIVE"],
  [/_id$/, (name, { hash }) => `simulated-${hash(name, 12)}`],
];

/** A computed value that no behaviour decides: empty where AWS may well be empty, else of a likely shape. */
export const fallback: ProviderDefinition["fallback"] = ({ name, type, optional }, context) => {
  if (type === "bool") return false;
  if (type === "number") return 0;
  if (type === "dynamic") return null;
  if (typeof type !== "string") return emptyCollection[type[0]];
  if (name === "id") return context.id || context.hash("id");
  if (name === "arn") return ownArn(context);
  if (name === "region") return context.region;
  const shape = optional ? undefined : shapes.find(([pattern]) => pattern.test(name));
  return shape?.[1](name, context) ?? "";
};

const emptyCollection = { list: [], set: [], map: {}, tuple: [], object: null };

function ownArn(context: Context): string {
  const [, service = "simulated", ...kind] = context.type.split("_");
  return arn(context, service, `${kind.join("_")}/${context.id}`);
}
