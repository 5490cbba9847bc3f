import type { YamlObject } from "./yaml";

/** Inputs of the values of the chart cluster-autoscaler. */
export interface AutoscalerFacts {
  readonly clusterName: string;
  readonly region: string;
  /** Version of the autoscaler itself; it simulates the scheduler of that Kubernetes version. */
  readonly imageTag: string;
  readonly serviceAccount: string;
  /** Environment variables of its pod: those of a proxy. */
  readonly variables: Readonly<Record<string, string>>;
  /** IAM role for the annotation of the service account; unset with EKS Pod Identity. */
  readonly roleArn?: string | undefined;
}

/**
 * Values of the chart cluster-autoscaler, whose environment variables are a map:
 * https://github.com/kubernetes/autoscaler/blob/cluster-autoscaler-chart-9.59.0/cluster-autoscaler/charts/cluster-autoscaler/values.yaml.
 * It finds the node groups of its cluster by the tags that EKS gives them.
 */
export function clusterAutoscalerValues(facts: AutoscalerFacts): YamlObject {
  return {
    cloudProvider: "aws",
    // Set explicitly, because pods cannot reach the instance metadata service.
    awsRegion: facts.region,
    autoDiscovery: { clusterName: facts.clusterName },
    image: { tag: facts.imageTag },
    rbac: { serviceAccount: { create: true, name: facts.serviceAccount, ...roleAnnotation(facts.roleArn) } },
    extraEnv: facts.variables,
    // Other pods get no nodes while the autoscaler is not running.
    priorityClassName: "system-cluster-critical",
    extraArgs: {
      // The groups in all zones are scaled evenly, unless a volume requires a specific zone.
      "balance-similar-node-groups": true,
      expander: "least-waste",
      // Nearly every node runs a pod of kube-system; without this no node would be removed.
      "skip-nodes-with-system-pods": false,
    },
  };
}

function roleAnnotation(roleArn: string | undefined): YamlObject {
  return roleArn === undefined ? {} : { annotations: { "eks.amazonaws.com/role-arn": roleArn } };
}
