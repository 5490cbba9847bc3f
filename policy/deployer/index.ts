import { deployerActions } from "./deployer-actions";
import { keyAllowances, stateAllowances } from "./deployer/keys-and-state";
import { arnOf, type Place } from "./deployer/place";
import { sessionAllowances } from "./deployer/sessions";
import { allow, type Allowance, type IamPolicy, pack } from "./deployer/statements";
import type { SynthesisedJson } from "../synthesis/environment";
import type { Resource } from "../synthesis/resource";

/** What the role that runs Terraform must be allowed. */
export interface DeployerRights {
  /** Each fits into one managed policy; the role needs all of them. */
  readonly policies: readonly IamPolicy[];
  /** Types of AWS resources, of extensions for instance, whose actions are not known here. */
  readonly unknownTypes: readonly string[];
}

/** What a statement is computed from. */
interface Source {
  readonly document: SynthesisedJson;
  readonly place: Place;
}

/**
 * The least that suffices to apply and destroy every layer of an environment.
 * @param looks what layers look at before they are applied, as actions
 */
export function deployerRights(
  document: SynthesisedJson,
  place: Place,
  looks: readonly string[] = [],
): DeployerRights {
  const source = { document, place };
  const types = [...new Set(document.resources.map(({ type }) => type))]
    .filter((type) => type.startsWith("aws_"))
    .sort();
  const known = types.filter((type) => type in deployerActions);
  return {
    policies: pack([
      ...mergeByResource(known.flatMap((type) => ownAllowances(type, source))),
      allow([...known.flatMap((type) => deployerActions[type]?.anywhere ?? []), ...looks], ["*"]),
      ...passAllowances(known, source),
      ...linkedRoleAllowances(known, place),
      ...keyAllowances(document, place),
      ...stateAllowances(place),
      ...sessionAllowances(place),
    ]),
    unknownTypes: types.filter((type) => !(type in deployerActions)),
  };
}

/** One statement for each service that a type has actions of. */
function ownAllowances(type: string, source: Source): readonly Allowance[] {
  const { on = [], actions = [] } = deployerActions[type] ?? {};
  const services = [...new Set(actions.map(serviceOf))];
  return services.map((service) => {
    const patterns = on.filter((pattern) => pattern.startsWith(`${service}:`));
    const arns = source.document
      .of(type)
      .flatMap((resource) => patterns.map((pattern) => arnOf(pattern, resource, source)));
    return allow(
      actions.filter((action) => serviceOf(action) === service),
      arns,
    );
  });
}

const serviceOf = (action: string) => action.slice(0, action.indexOf(":"));

function mergeByResource(allowances: readonly Allowance[]): readonly Allowance[] {
  const merged = new Map<string, Allowance>();
  for (const { Action, Resource } of allowances) {
    const key = `${serviceOf(Action[0] ?? "")} ${Resource.join()}`;
    merged.set(key, allow([...(merged.get(key)?.Action ?? []), ...Action], Resource));
  }
  return [...merged.values()];
}

/** Hands each role to the service that uses it, and to no other. */
function passAllowances(types: readonly string[], { document, place }: Source): readonly Allowance[] {
  const arns = new Map<string, string[]>();
  for (const resource of document.of(...types)) {
    const { passes } = deployerActions[resource.type] ?? {};
    if (passes === undefined) continue;
    const roles = passes.roles.flatMap((argument) => rolesIn(document, resource, argument));
    const named = roles.map((role) => arnOf("iam::{account}:role/{name}", role, { document, place }));
    arns.set(passes.to, [...(arns.get(passes.to) ?? []), ...named]);
  }
  return [...arns].flatMap(([to, roles]) =>
    roles.length === 0
      ? []
      : [
          allow(["iam:PassRole"], roles, {
            StringEquals: { "iam:PassedToService": services(to, place) },
          }),
        ],
  );
}

/** Follows an instance profile to its role. */
function rolesIn(document: SynthesisedJson, resource: Resource, argument: string): readonly Resource[] {
  return document
    .targets(resource, argument)
    .flatMap((target) =>
      target.type === "aws_iam_instance_profile" ? document.targets(target, "role") : [target],
    )
    .filter(({ type }) => type === "aws_iam_role");
}

function linkedRoleAllowances(types: readonly string[], place: Place): readonly Allowance[] {
  const names = types.flatMap((type) => deployerActions[type]?.linkedRoles ?? []);
  if (names.length === 0) return [];
  const accepted = [...new Set(names)].sort().flatMap((name) => services(name, place));
  return [
    allow(
      ["iam:CreateServiceLinkedRole"],
      [`arn:${place.partition}:iam::${place.account}:role/aws-service-role/*`],
      {
        StringEquals: { "iam:AWSServiceName": accepted },
      },
    ),
  ];
}

/** EC2's own name differs in China, and only there. */
function services(name: string, { partition }: Place): readonly string[] {
  return name === "ec2" && partition === "aws-cn" ? ["ec2.amazonaws.com.cn"] : [`${name}.amazonaws.com`];
}
