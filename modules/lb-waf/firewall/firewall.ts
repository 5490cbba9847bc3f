import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { exemptNat } from "../../../lib/constructs/nat-exemption";
import type { NatSource } from "../../../lib/constructs/nat-sources";
import type { LayerStack } from "../../../lib/layer/stack";
import type { WafSettings } from "../settings";
import { addWebAcl, type ProtectedName } from "./web-acl";
import { addWebAclLogs } from "./web-acl-log";

/** Inputs of the firewall of the application load balancers. */
export interface Firewall {
  readonly loadBalancers: Readonly<Record<ProtectedName, Lb>>;
  readonly settings: WafSettings;
  readonly logKeyArn: string;
  /** Addresses from which nodes and pods reach the load balancers; empty for internal ones. */
  readonly natSources: readonly NatSource[];
}

/** Adds a web ACL for each application load balancer, and its log. */
export function addFirewall(stack: LayerStack, wanted: Firewall): Record<ProtectedName, Wafv2WebAcl> {
  const { loadBalancers, settings, logKeyArn } = wanted;
  const common = { settings, limited: exemptNat(stack, "nat-addresses", wanted.natSources) };
  const webAcls = {
    traefik: addWebAcl(stack, { name: "traefik", loadBalancer: loadBalancers.traefik, ...common }),
    argocd: addWebAcl(stack, { name: "argocd", loadBalancer: loadBalancers.argocd, ...common }),
  };
  addWebAclLogs(stack, {
    webAcls,
    requests: settings.loggedRequests,
    kmsKeyArn: logKeyArn,
    retentionDays: settings.logRetentionDays,
  });
  return webAcls;
}
