import type { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { policyDocument } from "../../../lib/constructs/iam-policy";
import type { LayerStack } from "../../../lib/layer/stack";
import { type PodResources, type PodPolicy, podPolicies } from "./policies";
import { type Identity, podTrust } from "./trust";
import { type ByProgram, type Program, programs, roleName, serviceAccountsOf } from "./workloads";
import type { Role } from "../role";

/** The IAM role of every program that uses AWS APIs. */
export type PodRoles = ByProgram<Role>;

/** Programs that EKS installs as add-ons and associates with their roles itself. */
const addons: readonly Program[] = ["vpc-cni", "aws-ebs-csi-driver", "aws-efs-csi-driver"];

/** Adds the IAM role of every program that uses AWS APIs; only its pods in this cluster can assume it. */
export function addPodRoles(stack: LayerStack, identity: Identity, podResources: PodResources): PodRoles {
  const policies = podPolicies(stack, podResources);
  return mapPrograms(policies, (policy, program) =>
    addPodRole(stack, program, { ...policy, trust: podTrust(stack, program, identity) }),
  );
}

/** The ARNs of the roles, for the layer's output. */
export function podRoleArns(roles: PodRoles): ByProgram<string> {
  return mapPrograms(roles, ({ arn }) => arn);
}

/** Adds the Pod Identity associations of the programs that charts install later. */
export function associateCharts(stack: LayerStack, cluster: EksCluster, roles: PodRoles): void {
  mapPrograms(roles, ({ arn }, program) => {
    if (addons.includes(program)) return;
    const accounts = serviceAccountsOf(program);
    for (const { namespace, name } of accounts) {
      const id = accounts.length === 1 ? program : `${program}-${namespace}-${name}`;
      new EksPodIdentityAssociation(stack, `${id}-identity`, {
        clusterName: cluster.name,
        namespace,
        serviceAccount: name,
        roleArn: arn,
      });
    }
  });
}

function addPodRole(
  stack: LayerStack,
  program: Program,
  { existing, statements, trust }: PodPolicy & { readonly trust: string },
): Role {
  const role = new IamRole(stack, `${program}-role`, {
    name: roleName(stack, program),
    description: `Pods of ${program}`,
    assumeRolePolicy: trust,
  });
  const attached = Object.entries(existing).map(([name, policyArn]) => {
    const id = `${program}-${name}-policy`;
    return new IamRolePolicyAttachment(stack, id, { role: role.name, policyArn });
  });
  if (statements.length === 0) return { arn: role.arn, permissions: attached };
  const policy = policyDocument(statements);
  const own = new IamRolePolicy(stack, `${program}-policy`, { name: program, role: role.name, policy });
  return { arn: role.arn, permissions: [...attached, own] };
}

/** Maps the values in the order of the programs. */
function mapPrograms<From, To>(
  given: ByProgram<From>,
  change: (value: From, program: Program) => To,
): ByProgram<To> {
  const entries = programs.map((program) => [program, change(given[program], program)]);
  // Object.fromEntries widens the keys, which are those of every program.
  const changed = Object.fromEntries(entries) as ByProgram<To>;
  return given.tempo === undefined ? changed : { ...changed, tempo: change(given.tempo, "tempo") };
}
