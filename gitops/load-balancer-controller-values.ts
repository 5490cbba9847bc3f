import type { YamlObject } from "./yaml";

/** Inputs of the values of the chart aws-load-balancer-controller. */
export interface ControllerFacts {
  readonly clusterName: string;
  readonly region: string;
  readonly vpcId: string;
  readonly serviceAccount: string;
  /** Environment variables of its pods: those of a proxy. */
  readonly variables: Readonly<Record<string, string>>;
  /** IAM role for the annotation of the service account; unset with EKS Pod Identity. */
  readonly roleArn?: string | undefined;
}

/** Values of the chart aws-load-balancer-controller: it binds pods to target groups, and creates no AWS resources. */
export function loadBalancerControllerValues(facts: ControllerFacts): YamlObject {
  return {
    clusterName: facts.clusterName,
    // Set explicitly, because pods cannot reach the instance metadata service.
    region: facts.region,
    vpcId: facts.vpcId,
    serviceAccount: { create: true, name: facts.serviceAccount, ...roleAnnotation(facts.roleArn) },
    replicaCount: 2,
    env: facts.variables,
    podDisruptionBudget: { maxUnavailable: 1 },
    defaultTargetType: "ip",
    createIngressClassResource: false,
    enableServiceMutatorWebhook: false,
    enableBackendSecurityGroup: false,
    enableShield: false,
    enableWaf: false,
    enableWafv2: false,
  };
}

function roleAnnotation(roleArn: string | undefined): YamlObject {
  return roleArn === undefined ? {} : { annotations: { "eks.amazonaws.com/role-arn": roleArn } };
}
