import type { Condition, Rights } from "../../lib/layer/rights";
import type { SynthesisedJson } from "../../synthesis/environment";
import type { Resource } from "../../synthesis/resource";
import { type AccountContext, type ArnSource, arnOf } from "./account";
import type { Grant } from "./grants";
import { allow, type Allowance } from "./statements";

/** The actions on resources, in one statement for each service that a type has actions of. */
export function ownAllowances(grants: readonly Grant[], source: ArnSource): readonly Allowance[] {
  const resources = new Map<Rights, readonly Resource[]>();
  for (const { rights, resource } of grants)
    resources.set(rights, [...(resources.get(rights) ?? []), resource]);
  const byType = [...resources].toSorted(([, [one]], [, [other]]) => compare(one?.type, other?.type));
  return mergeByResource(byType.flatMap(([rights, found]) => allowancesOf(rights, found, source)));
}

/** Not by locale, so that the same environment has the same policies everywhere. */
function compare(one = "", other = ""): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function allowancesOf(
  { resources = [], actions = [], actionsOnOtherResources = [] }: Rights,
  used: readonly Resource[],
  source: ArnSource,
): readonly Allowance[] {
  const named = (patterns: readonly string[]) =>
    used.flatMap((resource) =>
      patterns.map((pattern) => (pattern === "*" ? pattern : arnOf(pattern, resource, source))),
    );
  const own = [...new Set(actions.map(serviceOf))].map((service) =>
    allow(
      actions.filter((action) => serviceOf(action) === service),
      named(resources.filter((pattern) => pattern.startsWith(`${service}:`))),
    ),
  );
  const limited = actionsOnOtherResources.map((other) =>
    allow(other.actions, named(other.resources), completed(other.condition, source)),
  );
  return [...own, ...limited];
}

function completed(condition: Condition | undefined, { context }: ArnSource): Condition | undefined {
  if (condition === undefined) return undefined;
  const { name, tagKeys } = context;
  const known: Readonly<Record<string, string>> = {
    env: name,
    environmentTag: tagKeys.environment,
    layerTag: tagKeys.layer,
  };
  const completed = JSON.stringify(condition).replaceAll(
    /\{(env|environmentTag|layerTag)\}/g,
    (_, part: string) => known[part] ?? "",
  );
  // Neither names nor keys of tags have characters that JSON escapes, so it is a condition still.
  return JSON.parse(completed) as Condition;
}

const serviceOf = (action: string) => action.slice(0, action.indexOf(":"));

function mergeByResource(allowances: readonly Allowance[]): readonly Allowance[] {
  const merged = new Map<string, Allowance>();
  for (const { Action, Resource, Condition } of allowances) {
    const key = [serviceOf(Action[0] ?? ""), Resource.join(), JSON.stringify(Condition)].join(" ");
    merged.set(key, allow([...(merged.get(key)?.Action ?? []), ...Action], Resource, Condition));
  }
  return [...merged.values()];
}

/** Passes each role to the service that uses it, and to no other. */
export function passAllowances(grants: readonly Grant[], source: ArnSource): readonly Allowance[] {
  const arns = new Map<string, string[]>();
  for (const { resource, rights } of grants) {
    const { passRole } = rights;
    if (passRole === undefined) continue;
    const roles = passRole.roles.flatMap((argument) => rolesIn(source.synthesised, resource, argument));
    const named = roles.map((role) => arnOf("iam::{account}:role{path}{name}", role, source));
    arns.set(passRole.service, [...(arns.get(passRole.service) ?? []), ...named]);
  }
  return [...arns]
    .filter(([, roles]) => roles.length > 0)
    .map(([service, roles]) =>
      allow(["iam:PassRole"], roles, {
        StringEquals: { "iam:PassedToService": services(service, source.context) },
      }),
    );
}

/** Follows an instance profile to its role. */
function rolesIn(synthesised: SynthesisedJson, resource: Resource, argument: string): readonly Resource[] {
  return synthesised
    .targets(resource, argument)
    .flatMap((target) =>
      target.type === "aws_iam_instance_profile" ? synthesised.targets(target, "role") : [target],
    )
    .filter(({ type }) => type === "aws_iam_role");
}

/** The creation of the roles that services get with the first resource of a type in an account. */
export function linkedRoleAllowances(
  grants: readonly Grant[],
  context: AccountContext,
): readonly Allowance[] {
  const names = grants.flatMap(({ rights }) => rights.serviceLinkedRoles ?? []);
  if (names.length === 0) return [];
  const accepted = [...new Set(names)].sort().flatMap((name) => services(name, context));
  const roles = `arn:${context.partition}:iam::${context.account}:role/aws-service-role`;
  return [
    allow(["iam:CreateServiceLinkedRole"], [`${roles}/*`], {
      StringEquals: { "iam:AWSServiceName": accepted },
    }),
    // EKS asks as the caller whether the role exists: https://github.com/terraform-aws-modules/terraform-aws-eks/issues/823
    allow(["iam:GetRole"], [`${roles}/*`]),
  ];
}

/** EC2's own name differs in China, and only there. */
function services(name: string, { partition }: AccountContext): readonly string[] {
  return name === "ec2" && partition === "aws-cn" ? ["ec2.amazonaws.com.cn"] : [`${name}.amazonaws.com`];
}
