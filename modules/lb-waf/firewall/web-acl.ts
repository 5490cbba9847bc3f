import type { Lb } from "@cdktf/provider-aws/lib/lb";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import type { RuleScope } from "../../../lib/constructs/nat-exemption";
import type { LayerStack } from "../../../lib/layer/stack";
import { bodyRules } from "./body-rules";
import type { WafSettings } from "../settings";
import { type Traffic, webAclRules } from "./waf-rules";
import { visibility } from "./waf-statement";

/** An application load balancer, which a web ACL can protect. */
export type ProtectedName = "traefik" | "argocd";

/** Inputs of the web ACL of one application load balancer. */
export interface WebAclInputs {
  readonly name: ProtectedName;
  readonly loadBalancer: Lb;
  readonly settings: WafSettings;
  /** The requests that the rate limit counts. */
  readonly limited: RuleScope;
}

// SizeRestrictions_BODY blocks bodies over 8 KB; packages and charts are larger.
const uploads = ["SizeRestrictions_BODY"];

/** Legitimate traffic by load balancer; it differs, so each has its own web ACL. */
const traffic: Readonly<Record<ProtectedName, Omit<Traffic, "limited">>> = {
  traefik: { grpc: true, counted: { common: uploads } },
  argocd: {
    grpc: false,
    // Source code pushed to Gitea contains scripts, paths, addresses and SQL, which is not an attack.
    counted: {
      common: [...uploads, ...Object.keys(bodyRules.common)],
      sqlInjection: Object.keys(bodyRules.sqlInjection),
    },
  },
};

/** Adds a web ACL that allows requests by default, and its association. */
export function addWebAcl(stack: LayerStack, given: WebAclInputs): Wafv2WebAcl {
  const { name, loadBalancer, settings, limited } = given;
  const physicalName = stack.named("webAcl", name);
  const webAcl = new Wafv2WebAcl(stack, `${name}-web-acl`, {
    name: physicalName,
    description: `Requests to the ${name} load balancer`,
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    rule: webAclRules(settings, { ...traffic[name], limited }),
    visibilityConfig: visibility(physicalName),
  });
  new Wafv2WebAclAssociation(stack, `${name}-web-acl-association`, {
    resourceArn: loadBalancer.arn,
    webAclArn: webAcl.arn,
  });
  return webAcl;
}
