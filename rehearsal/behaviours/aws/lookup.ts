import type { Attributes, Context } from "../../engine/behaviour";
import type { CloudObject } from "../../engine/cloud";
import { listOf, textOf } from "../../engine/read-value";

/** One attribute of another object, as text. */
export const attributeOf = (
  context: Context,
  type: string,
  [id, attribute]: [unknown, string],
): string | undefined => textOf(context.cloud.get(type, textOf(id) ?? "")?.attributes[attribute]);

/** The distinct zones that subnets lie in; subnets that do not exist lie nowhere. */
export function zonesOf(context: Context, subnets: unknown): ReadonlySet<string> {
  const zones = listOf(subnets).flatMap(
    (id) => attributeOf(context, "aws_subnet", [id, "availability_zone"]) ?? [],
  );
  return new Set(zones);
}

/** Another object of the same type with the same values in all of these attributes. */
export function twin(
  planned: Attributes,
  context: Context,
  attributes: readonly string[],
): CloudObject | undefined {
  return context.cloud
    .list(context.type)
    .find(
      ({ id, attributes: other }) =>
        id !== context.id && attributes.every((name) => other[name] === planned[name]),
    );
}
