import type { YamlObject } from "./yaml";

/** What the chart aws-load-balancer-controller has to know. */
export interface ControllerFacts {
  readonly clusterName: string;
  readonly region: string;
  readonly vpcId: string;
  readonly serviceAccount: string;
  /** IAM role to name on the service account; unset where EKS Pod Identity hands it over. */
  readonly roleArn?: string | undefined;
}

/** Values of the chart aws-load-balancer-controller: it binds pods to target groups, and makes nothing in AWS by itself. */
export function loadBalancerControllerValues(facts: ControllerFacts): YamlObject {
  return {
    clusterName: facts.clusterName,
    // Given, because pods cannot ask the instance metadata service.
    region: facts.region,
    vpcId: facts.vpcId,
    serviceAccount: { create: true, name: facts.serviceAccount, ...roleAnnotation(facts.roleArn) },
    replicaCount: 2,
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
