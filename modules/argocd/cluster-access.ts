import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Fn, TerraformVariable, Token } from "cdktf";
import type { LayerStack } from "../../lib/layer/stack";

/** The Terraform variable that overrides the URL of the Kubernetes API. */
export const endpointVariable = "cluster_endpoint";

/** Outputs of the eks layer that are needed to connect to the cluster. */
export interface Cluster {
  readonly clusterName: string;
  readonly endpoint: string;
  /** PEM in base64. */
  readonly certificateAuthority: string;
}

/**
 * Configures the Kubernetes and Helm providers with tokens from the AWS CLI. The variable redirects them to a port
 * forward; the certificate is still verified against the cluster's own name.
 */
export function accessCluster(stack: LayerStack, cluster: Cluster): void {
  const redirect = new TerraformVariable(stack, endpointVariable, {
    type: "string",
    default: "",
    description:
      "URL that overrides that of the Kubernetes API, e.g. https://localhost:8443; empty: no override",
  });
  const connection = {
    host: Token.asString(Fn.coalesce([redirect.stringValue, cluster.endpoint])),
    tlsServerName: Fn.trimprefix(cluster.endpoint, "https://"),
    clusterCaCertificate: Fn.base64decode(cluster.certificateAuthority),
  };
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "aws",
    args: [
      "eks",
      "get-token",
      "--cluster-name",
      cluster.clusterName,
      "--region",
      stack.environment.region,
      "--output",
      "json",
    ],
  };
  new KubernetesProvider(stack, "kubernetes", {
    ...connection,
    exec: [exec],
    // Every key that is not in the configuration: Argo CD, Istio, Kyverno and the load balancer controller label and annotate
    // namespaces too. Those that are in it are still restored, unlike with ignore_changes.
    // https://github.com/hashicorp/terraform-provider-kubernetes/blob/v2.38.0/kubernetes/structures.go
    ignoreLabels: ["."],
    ignoreAnnotations: ["."],
  });
  new HelmProvider(stack, "helm", { kubernetes: { ...connection, exec } });
}
