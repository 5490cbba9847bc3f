import { privateEndpoint } from "../../lib/layer/private-endpoint";
import { eks } from "../../modules/eks/layer";

/** How layers in the tests reach the cluster that stands in for that of eks, as the layer argocd does. */
export const eksEndpoint = privateEndpoint(eks, {
  url: "endpoint",
  authority: "certificateAuthority",
  variable: "cluster_endpoint",
});
