import { defineLayer } from "../../lib/layer";
import { byKey } from "../../lib/outputs";
import { eks } from "../eks/layer";
import { kms } from "../kms/layer";
import { route53 } from "../route53/layer";
import { vpc } from "../vpc/layer";
import { LoadBalancerSettings } from "./settings";

/** Where clients enter: load balancers, the firewall in front of them, and the names that lead to them. */
export const lbWaf = defineLayer({
  name: "lb-waf",
  summary: "Load balancers, target groups, WAF and the DNS names that point at them",
  settings: LoadBalancerSettings,
  needs: { kms, vpc, route53, eks },
  outputs: {
    loadBalancerArns: byKey("ARN of each load balancer", ["traefik", "tinkerbell", "argocd"]),
    loadBalancerDnsNames: byKey("AWS's own DNS name of each load balancer", [
      "traefik",
      "tinkerbell",
      "argocd",
    ]),
    targetGroupArns: byKey("ARN of the target group that pods are bound to, by service", [
      "traefik",
      "traefik-grpc",
      "tinkerbell",
      "argocd",
      "gitea",
    ]),
    webAclArns: byKey("ARN of the web ACL of each application load balancer", ["traefik", "argocd"]),
  },
  build() {
    throw new Error("not built yet");
  },
});
