import { z } from "zod";

/** A word that AWS or the platform reserves. */
interface Reserved {
  readonly names: RegExp;
  /** Completes `"<name>" is not accepted: …`. */
  readonly because: string;
}

/**
 * Namespaces of the platform's applications in every release, and those that they create or expect; the environment's
 * Applications are in a namespace of the environment's name, which must be no other's:
 * https://github.com/open-edge-platform/edge-manageability-framework/tree/v2026.0.0/argocd/applications/templates
 * https://github.com/open-edge-platform/edge-manageability-framework/tree/v3.0.0/argocd/applications/templates
 * https://github.com/open-edge-platform/edge-manageability-framework/blob/v2026.0.0/argocd/applications/configs/kyverno-istio-policy.yaml
 */
const namespaces: readonly string[] = [
  ...["argocd", "capi-operator-system", "capi-system", "capi-variables", "capk-system", "capr-system"],
  ...["cattle-fleet-system", "cattle-global-data", "cattle-global-nt", "cattle-system", "cert-manager"],
  ...["default", "fleet-default", "fleet-local", "gitea", "istio-system", "kyverno", "local-path-storage"],
  ...[
    "metallb-system",
    "ns-label",
    "orch-app",
    "orch-boots",
    "orch-cluster",
    "orch-database",
    "orch-gateway",
  ],
  ...["orch-harbor", "orch-iam", "orch-infra", "orch-platform", "orch-secret", "orch-sre", "orch-ui"],
  ...["postgresql-operator"],
];

const reserved: readonly Reserved[] = [
  {
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
    names: /^sg(-|$)/,
    because: 'names of security groups begin with it, and EC2 refuses those that begin with "sg-"',
  },
  {
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
    names: /^internal(-|$)/,
    because:
      'names of load balancers begin with it, and Elastic Load Balancing refuses those that begin with "internal-"',
  },
  {
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    names: /^(sthree|amzn-s3-demo)(-|$)/,
    because: 'names of buckets begin with it, and S3 reserves the prefixes "sthree-" and "amzn-s3-demo-"',
  },
  {
    // https://github.com/open-edge-platform/edge-manageability-framework/blob/v2026.0.0/argocd/applications/custom/vault.tpl
    names: /^onprem$/,
    because: "with this name, the platform's charts do not unseal Vault with KMS",
  },
  {
    // https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
    names: /^kube-/,
    because: 'Kubernetes reserves namespaces that begin with "kube-"',
  },
  {
    names: new RegExp(`^(${namespaces.join("|")})$`),
    because: "it is the name of a Kubernetes namespace that the platform uses itself",
  },
];

/** Name of an environment: legal in every name that is derived from it, and as a Kubernetes namespace. */
export const environmentName = z
  .string()
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'must be lower-case letters, digits and single dashes, e.g. "staging"',
  )
  .max(
    20,
    "must have at most 20 characters, or names derived from it would exceed AWS's limits (load balancers: 32)",
  )
  .superRefine((name, context) => {
    for (const { names, because } of reserved) {
      if (!names.test(name)) continue;
      context.addIssue({
        code: "custom",
        message: `"${name}" is not accepted: ${because}`,
        params: { hint: "Choose another name" },
      });
    }
  });
