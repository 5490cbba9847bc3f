import { policyDocument, type Statement } from "../../../lib/constructs/iam-policy";
import type { LayerStack } from "../../../lib/layer/stack";
import { clusterArn } from "../cluster/arns";
import { type Program, roleName, serviceAccountsOf } from "./workloads";

/** How pods get credentials, and the cluster's identity provider, which only IRSA asks. */
export interface Identity {
  readonly by: "pod-identity" | "irsa";
  readonly provider: { readonly arn: string; readonly issuer: string };
}

/** Says that a program's pods, in this cluster alone, may assume its role. */
export function podTrust(stack: LayerStack, program: Program, identity: Identity): string {
  const pods =
    identity.by === "irsa" ? trustServiceAccounts(program, identity.provider) : trustCluster(stack);
  return policyDocument(program === "cert-manager" ? [pods, trustItself(stack, program)] : [pods]);
}

/** EKS Pod Identity; which service accounts get the role is said by associations. */
function trustCluster(stack: LayerStack): Statement {
  return {
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      StringEquals: { "aws:SourceAccount": stack.environment.account },
      ArnEquals: { "aws:SourceArn": clusterArn(stack) },
    },
  };
}

/** IAM roles for service accounts. */
function trustServiceAccounts(program: Program, { arn, issuer }: Identity["provider"]): Statement {
  const subjects = serviceAccountsOf(program).map(
    ({ namespace, name }) => `system:serviceaccount:${namespace}:${name}`,
  );
  return {
    Effect: "Allow",
    Principal: { Federated: arn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: subjects } },
  };
}

/** A role that does not exist yet cannot be a principal, hence the condition. */
function trustItself(stack: LayerStack, program: Program): Statement {
  return {
    Effect: "Allow",
    Principal: { AWS: stack.arn("iam", "root", { region: "" }) },
    // Pod Identity tags its sessions, and sessions made from them inherit the tags.
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      ArnEquals: { "aws:PrincipalArn": stack.arn("iam", `role/${roleName(stack, program)}`, { region: "" }) },
    },
  };
}
