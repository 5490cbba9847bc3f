import { defineLayer } from "../../lib/layer";
import { byKey, text } from "../../lib/outputs";
import { aurora } from "../aurora/layer";
import { efs } from "../efs/layer";
import { kms } from "../kms/layer";
import { vpc } from "../vpc/layer";
import { scale } from "./scale";
import { Settings } from "./settings";

/** The Kubernetes cluster that the orchestrator runs on. */
export const eks = defineLayer({
  name: "eks",
  summary: "Kubernetes cluster: private control plane, node groups, add-ons, pod roles",
  settings: Settings,
  scale,
  needs: { kms, vpc, efs, aurora },
  outputs: {
    clusterName: text("Name of the cluster, which is the environment's"),
    clusterArn: text("ARN of the cluster", /:eks:.*:cluster\//),
    endpoint: text(
      "URL of the Kubernetes API; private unless publicAccessCidrs says otherwise",
      /^https:\/\//,
    ),
    certificateAuthority: text("Certificate authority of the Kubernetes API, PEM in base64"),
    oidcIssuer: text("Issuer of service account tokens without https://, as IAM conditions name it"),
    oidcProviderArn: text("IAM identity provider of the issuer", /:oidc-provider\//),
    clusterSecurityGroupId: text("Security group that EKS made for the control plane", /^sg-/),
    nodeSecurityGroupId: text(
      "Security group of every node and pod; load balancers add their rules to it",
      /^sg-/,
    ),
    nodeRoleArn: text("IAM role of the nodes", /:role\//),
    podRoleArns: byKey("IAM role by the program whose pods assume it", [
      "vpc-cni",
      "aws-ebs-csi-driver",
      "aws-efs-csi-driver",
      "aws-load-balancer-controller",
      "cluster-autoscaler",
    ]),
  },
  build() {
    throw new Error("not built yet");
  },
});
