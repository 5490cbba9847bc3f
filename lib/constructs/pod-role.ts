import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { LayerStack } from "../layer/stack";
import { policyDocument, type Statement } from "./iam-policy";
import type { Role } from "./role";

/** Permissions of a program: ARNs of existing policies by name of their attachment, and own statements. */
export interface PodPolicy {
  readonly existing: Readonly<Record<string, string>>;
  readonly statements: readonly Statement[];
}

/** A program whose pods use AWS APIs. */
export interface PodProgram extends PodPolicy {
  /** Name of the program, in the IDs of the resources. */
  readonly program: string;
  readonly roleName: string;
  readonly trust: readonly Statement[];
}

/** Adds the IAM role of a program's pods. */
export function addPodRole(stack: LayerStack, pods: PodProgram): Role {
  const { program, statements } = pods;
  const role = new IamRole(stack, `${program}-role`, {
    name: pods.roleName,
    description: `Pods of ${program}`,
    assumeRolePolicy: policyDocument(pods.trust),
  });
  const attached = Object.entries(pods.existing).map(([name, policyArn]) => {
    const id = `${program}-${name}-policy`;
    return new IamRolePolicyAttachment(stack, id, { role: role.name, policyArn });
  });
  if (statements.length === 0) return { arn: role.arn, permissions: attached };
  const policy = policyDocument(statements);
  const own = new IamRolePolicy(stack, `${program}-policy`, { name: program, role: role.name, policy });
  return { arn: role.arn, permissions: [...attached, own] };
}
