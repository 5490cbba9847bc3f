import type { Resource } from "../../synthesis/resource";
import { type ArnSource, arnOf } from "./account";
import { allow, type Allowance } from "./statements";

/**
 * Actions by which a role could come to more permissions than its boundary allows, if they were allowed on a role without
 * it: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
 */
const guarded = ["iam:AttachRolePolicy", "iam:CreateRole", "iam:PutRolePolicy"];

/**
 * Limits what creates roles and extends their permissions to roles with the permissions boundary that they have here, and
 * allows the provider to replace another one. It may not delete a boundary: who demands one would not allow it.
 * https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/iam/role.go
 */
export function withBoundaries(allowances: readonly Allowance[], source: ArnSource): readonly Allowance[] {
  const arns = new Map<string, string[]>();
  for (const role of source.synthesised.of("aws_iam_role")) {
    const boundary = boundaryOf(role, source);
    if (boundary === undefined) continue;
    const arn = arnOf("iam::{account}:role{path}{name}", role, source);
    arns.set(boundary, [...(arns.get(boundary) ?? []), arn]);
  }
  return [...arns].reduce(
    (found, [boundary, roles]) => found.flatMap((allowance) => limited(allowance, boundary, roles)),
    allowances,
  );
}

/** The ARN of a role's boundary; undefined if it has none. */
function boundaryOf(role: Resource, source: ArnSource): string | undefined {
  const [policy] = source.synthesised.targets(role, "permissions_boundary");
  if (policy !== undefined) return arnOf("iam::{account}:policy{path}{name}", policy, source);
  return role.texts("permissions_boundary")[0];
}

/** An allowance, of which the guarded actions on these roles are limited to those with the boundary. */
function limited(
  { Action, Resource, Condition }: Allowance,
  boundary: string,
  roles: readonly string[],
): readonly Allowance[] {
  const growing = Action.filter((action) => guarded.includes(action));
  const bounded = Resource.filter((arn) => roles.includes(arn));
  if (growing.length === 0 || bounded.length === 0) return [allow(Action, Resource, Condition)];
  const others = Action.filter((action) => !guarded.includes(action));
  const free = Resource.filter((arn) => !roles.includes(arn));
  const replacing = growing.includes("iam:CreateRole") ? ["iam:PutRolePermissionsBoundary"] : [];
  return [
    ...(others.length === 0 ? [] : [allow(others, Resource, Condition)]),
    ...(free.length === 0 ? [] : [allow(growing, free, Condition)]),
    allow([...growing, ...replacing], bounded, {
      ...Condition,
      ArnEquals: { ...Condition?.["ArnEquals"], "iam:PermissionsBoundary": boundary },
    }),
  ];
}
