import type { Rule } from "../../rule";
import { listenerEncrypted } from "./listener-encrypted";
import { listenerHttps } from "./listener-https";
import { listenerTls } from "./listener-tls";
import { loadBalancerAccessLog } from "./load-balancer-access-log";
import { loadBalancerCrossZone } from "./load-balancer-cross-zone";
import { loadBalancerDesync } from "./load-balancer-desync";
import { loadBalancerFirewall } from "./load-balancer-firewall";
import { loadBalancerHeaders } from "./load-balancer-headers";
import { loadBalancerInternal } from "./load-balancer-internal";
import { loadBalancerProtection } from "./load-balancer-protection";
import { loadBalancerSecurityGroup } from "./load-balancer-security-group";
import { loadBalancerZones } from "./load-balancer-zones";
import { targetGroupEncrypted } from "./target-group-encrypted";
import { targetGroupHealth } from "./target-group-health";

/** Rules about load balancers. */
export const loadBalancingRules: readonly Rule[] = [
  loadBalancerHeaders,
  loadBalancerAccessLog,
  loadBalancerProtection,
  loadBalancerDesync,
  loadBalancerZones,
  loadBalancerSecurityGroup,
  loadBalancerInternal,
  loadBalancerCrossZone,
  listenerHttps,
  listenerEncrypted,
  listenerTls,
  targetGroupEncrypted,
  targetGroupHealth,
  loadBalancerFirewall,
];
