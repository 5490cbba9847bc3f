import type { Lb } from "@cdktf/provider-aws/lib/lb";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import type { LayerStack } from "../../../lib/layer/stack";
import { bodyRules } from "./body-rules";
import type { WafSettings } from "../settings";
import { type Traffic, webAclRules } from "./waf-rules";
import { visibility } from "./waf-statement";

/** A load balancer that speaks HTTP, which is what a web ACL can guard. */
export type GuardedName = "traefik" | "argocd";

/** The firewall of one application load balancer. */
export interface Guard {
  readonly name: GuardedName;
  readonly loadBalancer: Lb;
  readonly settings: WafSettings;
}

// WAF reads the first 8 KB of a body and SizeRestrictions_BODY blocks every longer one: packages and charts are longer.
const uploads = ["SizeRestrictions_BODY"];

/** What legitimate clients send, by load balancer: the reason why each has a web ACL of its own. */
const traffic: Readonly<Record<GuardedName, Traffic>> = {
  traefik: { grpc: true, counted: { common: uploads } },
  argocd: {
    grpc: false,
    // What is pushed to Gitea is source code: scripts, paths, addresses and SQL are its content, not an attack.
    counted: {
      common: [...uploads, ...Object.keys(bodyRules.common)],
      sqlInjection: Object.keys(bodyRules.sqlInjection),
    },
  },
};

/** A web ACL that lets through what no rule blocks, and its association. */
export function addWebAcl(stack: LayerStack, { name, loadBalancer, settings }: Guard): Wafv2WebAcl {
  const physicalName = stack.named("webAcl", name);
  const webAcl = new Wafv2WebAcl(stack, `${name}-web-acl`, {
    name: physicalName,
    description: `Requests to the ${name} load balancer`,
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    rule: webAclRules(settings, traffic[name]),
    visibilityConfig: visibility(physicalName),
  });
  new Wafv2WebAclAssociation(stack, `${name}-web-acl-association`, {
    resourceArn: loadBalancer.arn,
    webAclArn: webAcl.arn,
  });
  return webAcl;
}
