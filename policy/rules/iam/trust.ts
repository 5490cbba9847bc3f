import type { Resource } from "../../../synthesis/resource";
import type { SynthesisedJson } from "../../../synthesis/environment";
import { eachAllowance } from "../../permissions";
import { type Finding, rules } from "../../rule";
import type { Statement } from "../../statements";
import { sentBy } from "../../source-keys";

/** Rules about who may assume a role. */
export const trustRules = rules({
  "trust-conditions": {
    title: "Every trust policy limits on whose behalf the role is assumed",
    publicIds: ["CKV_AWS_60"],
    reason: "Otherwise a service can assume the role on behalf of another account (confused deputy)",
    fix: "Add conditions on aws:SourceAccount and aws:SourceArn, or on the claims of the identity provider",
    check: eachAllowance(["trust"], ({ principals, narrowingKeys }) => {
      const open = principals.filter(
        (principal) => !isWithoutSource(principal) && !isLimited(principal, narrowingKeys),
      );
      return open.length === 0 ? undefined : `${open.join(", ")} may assume it on behalf of any account`;
    }),
  },
  "trust-accounts": {
    title: "No role trusts a whole account without naming the principals",
    publicIds: ["CKV_AWS_61"],
    reason: "The account can pass the access on to all of its users, also to those that it creates later",
    fix: "Name roles or users as principals, or add a condition on aws:PrincipalArn",
    check: eachAllowance(["trust"], ({ principals, narrowingKeys }) => {
      if (narrowingKeys.includes("aws:principalarn")) return undefined;
      const accounts = principals.filter((principal) =>
        /^AWS ([0-9]{12}|arn:[a-z-]+:iam::[0-9]{12}:root)$/.test(principal),
      );
      return accounts.length === 0 ? undefined : `every principal of ${accounts.join(", ")} may assume it`;
    }),
  },
  "source-keys": {
    title: "Policies require aws:SourceArn and aws:SourceAccount only of services that send them",
    publicIds: [],
    reason:
      "A service that does not send a key never fulfils the condition, and cannot use the role or resource",
    fix: "Remove the condition, or add the service to policy/source-keys.ts, with its documentation",
    check: eachAllowance(["trust", "resource"], (statement, { kind }) =>
      sourceFault(kind === "trust" ? "role" : "resource", statement),
    ),
  },
  "trust-subjects": {
    title:
      "A wildcard in the subject of a token stands for the end of a tag's or service account's name only",
    publicIds: [],
    reason:
      "Otherwise a pull request, or a branch that anyone with write access to a repository creates, can assume the role",
    fix: "List whole subjects, with StringEquals, or end one with refs/tags/<beginning>*",
    check: eachAllowance(["trust"], ({ principals, conditions }) => {
      if (!principals.some((principal) => principal.startsWith("Federated "))) return undefined;
      const open = conditions
        .filter(({ operator, key }) => operator.includes("StringLike") && key.endsWith(":sub"))
        .flatMap(({ values }) => values)
        .filter((subject) => /[*?]/.test(subject) && !isBoundedSubject(subject));
      return open.length === 0 ? undefined : `every subject like ${open.join(", ")} may assume it`;
    }),
  },
  "trust-pods": {
    title: "A role for pods is limited to one cluster or one service account",
    publicIds: [],
    reason: "Otherwise pods of another cluster or namespace can assume it",
    fix: "Add conditions on aws:SourceArn and aws:SourceAccount (Pod Identity), or on the claims sub and aud (IRSA)",
    check: eachAllowance(["trust"], ({ principals, narrowingKeys }) => {
      const byPodIdentity = principals.some((principal) => principal.startsWith("Service pods.eks."));
      const byWebIdentity = principals.some((principal) => principal.startsWith("Federated "));
      const has = (ending: string) => narrowingKeys.some((key) => key.endsWith(ending));
      if (byPodIdentity && !(has("aws:sourcearn") && has("aws:sourceaccount")))
        return "pods of other clusters may assume it";
      return byWebIdentity && !(has(":sub") && has(":aud"))
        ? "other service accounts may assume it"
        : undefined;
    }),
  },
});

/** Tags of one repository at GitHub or one project at GitLab, or service accounts of one namespace. */
function isBoundedSubject(subject: string): boolean {
  return [
    /^repo:[^*?:]+\/[^*?:]+:ref:refs\/tags\/[^*?]+\*$/,
    /^project_path:[^*?:]+\/[^*?:]+:ref_type:tag:ref:[^*?]+\*$/,
    /^system:serviceaccount:[^*?:]+:[^*?:]*\*$/,
  ].some((form) => form.test(subject));
}

/** A service of an account, e.g. EC2, that assumes roles of that account only, without saying for which resource. */
function isWithoutSource(principal: string): boolean {
  const service = /^Service (.+)$/.exec(principal)?.[1];
  return service !== undefined && sentBy(service, "role")?.keys.length === 0;
}

/** Whether conditions say for whom a principal acts: of a service, its source; of others, anything. */
function isLimited(principal: string, narrowingKeys: readonly string[]): boolean {
  if (principal.startsWith("Service "))
    return narrowingKeys.some((key) => /^aws:source(account|arn|orgid|orgpaths)$/.test(key));
  return principal !== "*" && narrowingKeys.length > 0;
}

/** Conditions of one statement that a service in it never fulfils, or that nobody has looked up. */
function sourceFault(to: "role" | "resource", { principals, conditionKeys }: Statement): string | undefined {
  const wanted = conditionKeys.filter((key) => /^aws:source(arn|account)$/.test(key));
  if (wanted.length === 0) return undefined;
  const faults = principals.flatMap((principal) => {
    const service = /^Service (.+)$/.exec(principal)?.[1];
    if (service === undefined) return [];
    const sent = sentBy(service, to);
    if (sent === undefined) return [`${service} is not in the table`];
    const missing = wanted.filter((key) => !sent.keys.some((known) => known === key));
    return missing.length === 0 ? [] : [`${service} does not send ${missing.join(" and ")}`];
  });
  return faults.length === 0 ? undefined : faults.join("; ");
}

const bounded = ["aws_iam_role", "aws_iam_user"];
const placed = [...bounded, "aws_iam_group", "aws_iam_instance_profile", "aws_iam_policy"];

/** Rules about what organisations demand of everything in IAM. */
export const entityRules = rules({
  "permissions-boundaries": {
    title: "Where roles have a permissions boundary, each has it",
    publicIds: [],
    reason: "An organisation that demands a boundary refuses roles without it, or they exceed what it allows",
    fix: "Leave the boundary to iam.permissionsBoundaryArn of the environment file, which sets it",
    check: (synthesised) => strays(synthesised, bounded, "permissions_boundary"),
  },
  "entity-paths": {
    title: "Where roles have an IAM path, everything in IAM has it",
    publicIds: [],
    reason: "An organisation that limits deployers to a path refuses what is created elsewhere",
    fix: "Leave the path to iam.path of the environment file, which sets it",
    check: (synthesised) => strays(synthesised, placed, "path"),
  },
});

/** Entities with another value than most roles have; none if most have none. */
function strays(
  synthesised: SynthesisedJson,
  types: readonly string[],
  argument: string,
): readonly Finding[] {
  const usual = commonest(synthesised.of("aws_iam_role").map((role) => valueOf(role, argument)));
  if (usual === undefined) return [];
  return synthesised
    .of(...types)
    .filter((entity) => valueOf(entity, argument) !== usual)
    .map((entity) => ({
      layer: entity.layer,
      address: entity.address,
      message: `its ${argument} is ${valueOf(entity, argument) ?? "not set"}, and that of most roles is ${usual}`,
    }));
}

function valueOf(entity: Resource, argument: string): string | undefined {
  const [value] = entity.texts(argument);
  return argument === "path" && value === "/" ? undefined : value;
}

function commonest(values: readonly (string | undefined)[]): string | undefined {
  const count = (value: string | undefined) => values.filter((other) => other === value).length;
  return values.toSorted((one, other) => count(other) - count(one))[0];
}
