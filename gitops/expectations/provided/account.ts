import type { SynthesisedJson } from "../../../synthesis/environment";
import type { Resource } from "../../../synthesis/resource";
import type { Kind, Provision } from "../expectation";
import type { EnvironmentNames } from "../names";
import { roleArn } from "./role-arn";

/** What the layers create in the AWS account. */
export function providedInAccount(
  synthesised: SynthesisedJson,
  names: EnvironmentNames,
): readonly Provision[] {
  const arnOf = (role: Resource) => roleArn(role, names);
  const roles = synthesised.of("aws_iam_role");
  return [
    ...hosts(synthesised, names),
    ...named(synthesised, "bucket", { type: "aws_s3_bucket", path: "bucket" }),
    ...named(synthesised, "kms-alias", { type: "aws_kms_alias", path: "name" }),
    ...roles.map((role) => ({ kind: "role", name: arnOf(role), by: role.address }) as const),
    ...synthesised.of("aws_eks_pod_identity_association").map((association) => ({
      kind: "pod-role" as const,
      name: `${association.texts("namespace")[0] ?? ""}/${association.texts("service_account")[0] ?? ""}`,
      keys: synthesised.targets(association, "role_arn").map(arnOf),
      by: association.address,
    })),
    ...roles.flatMap((role) =>
      trustedAccounts(role).map((name) => ({
        ...{ kind: "pod-role" as const, name, keys: [arnOf(role)], by: role.address },
      })),
    ),
    ...synthesised.of("aws_eks_node_group").flatMap(nodeLabels),
  ];
}

function hosts(synthesised: SynthesisedJson, { domain }: EnvironmentNames): readonly Provision[] {
  return synthesised
    .of("aws_route53_record")
    .filter((record) => record.is("type", "A", "AAAA", "CNAME"))
    .flatMap((record) =>
      record.texts("name").flatMap((host) => {
        const name = hostBelow(domain, host);
        return name === undefined ? [] : [{ kind: "host" as const, name, by: record.address }];
      }),
    );
}

/** What stands before the domain, with its full stop, as in expectations; undefined: the host is not below it. */
function hostBelow(domain: string, host: string): string | undefined {
  const name = host.toLowerCase().replace(/\.$/, "");
  if (name === domain) return "";
  return name.endsWith(`.${domain}`) ? name.slice(0, -domain.length - 1) : undefined;
}

function named(
  synthesised: SynthesisedJson,
  kind: Kind,
  { type, path }: { readonly type: string; readonly path: string },
): readonly Provision[] {
  return synthesised
    .of(type)
    .flatMap((resource) => resource.texts(path).map((name) => ({ kind, name, by: resource.address })));
}

/** Service accounts that a role trusts by its own policy, as with IAM roles for service accounts. */
function trustedAccounts(role: Resource): readonly string[] {
  return role
    .texts("assume_role_policy")
    .flatMap((policy) =>
      [...policy.matchAll(/system:serviceaccount:([\w-]+):([\w-]+)/g)].map(
        ([, namespace = "", account = ""]) => `${namespace}/${account}`,
      ),
    );
}

function nodeLabels(group: Resource): readonly Provision[] {
  return group.values("labels").flatMap((labels) =>
    typeof labels === "object" && labels !== null
      ? Object.entries(labels).map(([key, value]) => ({
          kind: "node-label" as const,
          name: `${key}=${String(value)}`,
          by: group.address,
        }))
      : [],
  );
}
