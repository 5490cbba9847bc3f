import type { YamlObject } from "./yaml";

/** Inputs of the values of the chart cluster-autoscaler. */
export interface AutoscalerFacts {
  readonly clusterName: string;
  readonly region: string;
  /** Version of the autoscaler itself; it decides as the scheduler of its own Kubernetes version would. */
  readonly imageTag: string;
  readonly serviceAccount: string;
  /** IAM role for the annotation of the service account; unset with EKS Pod Identity. */
  readonly roleArn?: string | undefined;
}

/** Values of the chart cluster-autoscaler: it finds the node groups of its cluster by the tags that EKS gives them. */
export function clusterAutoscalerValues(facts: AutoscalerFacts): YamlObject {
  return {
    cloudProvider: "aws",
    // Set explicitly, because pods cannot reach the instance metadata service.
    awsRegion: facts.region,
    autoDiscovery: { clusterName: facts.clusterName },
    image: { tag: facts.imageTag },
    rbac: { serviceAccount: { create: true, name: facts.serviceAccount, ...roleAnnotation(facts.roleArn) } },
    // Without it nothing else gets a node.
    priorityClassName: "system-cluster-critical",
    extraArgs: {
      // The parts of a group in each zone grow alike, unless a volume wants its own zone.
      "balance-similar-node-groups": true,
      expander: "least-waste",
      // Nearly every node runs a pod of kube-system; without this none would ever go.
      "skip-nodes-with-system-pods": false,
    },
  };
}

function roleAnnotation(roleArn: string | undefined): YamlObject {
  return roleArn === undefined ? {} : { annotations: { "eks.amazonaws.com/role-arn": roleArn } };
}
