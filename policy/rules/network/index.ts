import type { Rule } from "../../rule";
import { defaultRoute } from "./default-route";
import { defaultSecurityGroupEmpty } from "./default-security-group-empty";
import { elasticIpAttached } from "./elastic-ip-attached";
import { networkAclAttached } from "./network-acl-attached";
import { networkAclPorts } from "./network-acl-ports";
import { networkAclRdp } from "./network-acl-rdp";
import { networkAclSsh } from "./network-acl-ssh";
import { openEgress } from "./open-egress";
import { openEgressPorts } from "./open-egress-ports";
import { openIngress } from "./open-ingress";
import { openIngressPorts } from "./open-ingress-ports";
import { securityGroupAttached } from "./security-group-attached";
import { securityGroupDescriptions } from "./security-group-descriptions";
import { securityGroupRulesApart } from "./security-group-rules-apart";
import { serviceEndpoints } from "./service-endpoints";
import { subnetPublicAddresses } from "./subnet-public-addresses";
import { vpcFlowLog } from "./vpc-flow-log";

/** Rules about networks. */
export const networkRules: readonly Rule[] = [
  vpcFlowLog,
  defaultSecurityGroupEmpty,
  networkAclSsh,
  networkAclRdp,
  networkAclPorts,
  networkAclAttached,
  subnetPublicAddresses,
  securityGroupDescriptions,
  securityGroupRulesApart,
  openIngress,
  openIngressPorts,
  openEgress,
  openEgressPorts,
  securityGroupAttached,
  elasticIpAttached,
  defaultRoute,
  serviceEndpoints,
];
