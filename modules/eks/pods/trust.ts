import { policyDocument, type Statement } from "../../../lib/constructs/iam-policy";
import type { LayerStack } from "../../../lib/layer/stack";
import { clusterArn } from "../cluster/arns";
import { type Program, roleName, serviceAccountsOf } from "./workloads";

/** How pods get credentials, and the cluster's OIDC provider, which only IRSA uses. */
export interface Identity {
  readonly by: "pod-identity" | "irsa";
  readonly provider: { readonly arn: string; readonly issuer: string };
}

/** Trust policy that allows a program's pods in this cluster only. */
export function podTrust(stack: LayerStack, program: Program, identity: Identity): string {
  const pods =
    identity.by === "irsa" ? trustServiceAccounts(program, identity.provider) : trustCluster(stack);
  return policyDocument(program === "cert-manager" ? [pods, trustItself(stack, program)] : [pods]);
}

/** EKS Pod Identity; associations define which service accounts get the role. */
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

/** Uses a condition, because a role that does not exist yet cannot be a principal. */
function trustItself(stack: LayerStack, program: Program): Statement {
  return {
    Effect: "Allow",
    Principal: { AWS: stack.arn("iam", "root", { region: "" }) },
    // Pod Identity tags its sessions, and chained sessions inherit the tags.
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      ArnEquals: { "aws:PrincipalArn": stack.arn("iam", `role/${roleName(stack, program)}`, { region: "" }) },
    },
  };
}
