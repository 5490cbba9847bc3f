import { Wafv2IpSet } from "@cdktf/provider-aws/lib/wafv2-ip-set";
import type { LayerStack } from "../layer/stack";
import type { NatSource } from "./nat-sources";

/** The requests that a rule of a web ACL evaluates, with Terraform's field names; all of them if empty. */
export interface RuleScope {
  readonly scope_down_statement?: {
    readonly not_statement: {
      readonly statement: readonly [{ readonly ip_set_reference_statement: { readonly arn: string } }];
    };
  };
}

/**
 * Exempts the orchestrator's own NAT addresses from a rate limit by source address: each stands for all nodes and pods of a
 * zone. A set takes 1 WCU: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-ipset-match.html
 */
export function exemptNat(stack: LayerStack, name: string, sources: readonly NatSource[]): RuleScope {
  if (sources.length === 0) return {};
  const set = new Wafv2IpSet(stack, "nat-addresses", {
    name: stack.named("ipSet", name),
    description: "Nodes and pods of the orchestrator, through NAT",
    scope: "REGIONAL",
    ipAddressVersion: "IPV4",
    addresses: sources.map(({ cidrIpv4 }) => cidrIpv4),
  });
  const own = { ip_set_reference_statement: { arn: set.arn } } as const;
  return { scope_down_statement: { not_statement: { statement: [own] } } };
}
