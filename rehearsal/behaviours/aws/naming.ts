import type { Attributes, Behaviour, Context } from "../../engine/behaviour";
import { textOf } from "../../engine/read-value";

/** Behaviours of one service, by resource type. */
export type Behaviours = Readonly<Record<string, Behaviour>>;

/** AWS's call that creates it also changes it: one that exists, e.g. since an apply was killed, is no obstacle. */
export const put = { overwrites: () => true } as const satisfies Behaviour;

/** The configured name, or one with its `_prefix` as the provider builds it. */
export function nameFrom(attribute: string, prefix = "terraform-") {
  return (planned: Attributes, context: Context): string =>
    textOf(planned[attribute]) ??
    `${textOf(planned[`${attribute}_prefix`]) ?? prefix}${context.hash("name", 26)}`;
}

/** A resource whose id is its name, and whose ARN contains it. */
export function named(
  arnOf: (name: string, context: Context) => string,
  more: Behaviour & { attribute?: string; prefix?: string } = {},
): Behaviour {
  const { attribute = "name", prefix = "terraform-", ...behaviour } = more;
  return {
    ...behaviour,
    id: nameFrom(attribute, prefix),
    computed: (planned, context) => ({
      arn: arnOf(context.id, context),
      [attribute]: context.id,
      [`${attribute}_prefix`]: "",
      ...behaviour.computed?.(planned, context),
    }),
  };
}
