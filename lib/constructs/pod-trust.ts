import type { Statement } from "./iam-policy";
import type { LayerStack } from "../layer/stack";

/** A Kubernetes service account. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

/** How pods get credentials: the cluster, and its OIDC provider, which only IRSA uses. */
export interface PodIdentity {
  readonly by: "pod-identity" | "irsa";
  readonly clusterArn: string;
  readonly oidcProviderArn: string;
  /** Without https://. */
  readonly oidcIssuer: string;
}

/** Trust statement of an IAM role that only pods of these service accounts, in this cluster, can assume. */
export function podTrust(
  stack: LayerStack,
  identity: PodIdentity,
  accounts: readonly ServiceAccount[],
): Statement {
  return identity.by === "irsa" ? trustServiceAccounts(identity, accounts) : trustCluster(stack, identity);
}

/** EKS Pod Identity; associations define which service accounts get the role. */
function trustCluster(stack: LayerStack, { clusterArn }: PodIdentity): Statement {
  return {
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      StringEquals: { "aws:SourceAccount": stack.environment.account },
      ArnEquals: { "aws:SourceArn": clusterArn },
    },
  };
}

/** IAM roles for service accounts. */
function trustServiceAccounts(
  { oidcProviderArn, oidcIssuer }: PodIdentity,
  accounts: readonly ServiceAccount[],
): Statement {
  const subjects = accounts.map(({ namespace, name }) => `system:serviceaccount:${namespace}:${name}`);
  return {
    Effect: "Allow",
    Principal: { Federated: oidcProviderArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: { [`${oidcIssuer}:aud`]: "sts.amazonaws.com", [`${oidcIssuer}:sub`]: subjects },
    },
  };
}
