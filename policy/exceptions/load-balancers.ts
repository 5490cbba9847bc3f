import type { Exception } from "../exception";
import type { RuleId } from "../index";

/** Accepted violations of the rules about load balancers, and what reaches them. */
export const loadBalancerExceptions: readonly Exception<RuleId>[] = [
  {
    rule: "open-ingress",
    layer: "lb-waf",
    address: "aws_vpc_security_group_ingress_rule.*-from-*-0",
    reason:
      "Edge nodes connect from any address; access.publicCidrs restricts it where their addresses are known",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "open-ingress-ports",
    layer: "lb-waf",
    address: "aws_vpc_security_group_ingress_rule.*-80-from-*-0",
    reason: "Port 80 redirects to HTTPS, and serves nothing else",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "open-ingress-ports",
    layer: "lb-waf",
    address: "aws_vpc_security_group_ingress_rule.vpro-4433-from-*-0",
    reason:
      "Machines with Intel vPro connect to this port; it is open only where layers.platform.services.vpro is true",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "load-balancer-internal",
    layer: "lb-waf",
    address: "aws_lb.*-load-balancer",
    reason:
      "The orchestrator serves edge nodes and users on the internet; layers.lb-waf.scheme can be set to internal",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "listener-encrypted",
    layer: "lb-waf",
    address: "aws_lb_listener.tinkerbell-tcp",
    reason:
      "Edge nodes present a client certificate, which only the ingress behind the load balancer can verify",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "listener-encrypted",
    layer: "lb-waf",
    address: "aws_lb_listener.vpro-tcp",
    reason: "The target terminates TLS, with the certificate that machines received at activation",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "open-ingress",
    layer: "release-service",
    address: "aws_vpc_security_group_ingress_rule.load-balancer-from-*-0",
    reason: "Clients fetch releases from any address; access.publicCidrs restricts it",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "load-balancer-internal",
    layer: "release-service",
    address: "aws_lb.load-balancer",
    reason: "It serves clients on the internet",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "target-group-health",
    layer: "release-service",
    address: "aws_lb_target_group.proxy-target-group",
    reason: "The health check of a Lambda target group has a path, but no protocol",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "load-balancer-access-log",
    layer: "lb-waf",
    address: "aws_lb.tinkerbell-load-balancer",
    reason:
      "Network load balancers log connections to TLS listeners only, and the targets terminate TLS; flow logs record the connections: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "load-balancer-access-log",
    layer: "lb-waf",
    address: "aws_lb.vpro-load-balancer",
    reason:
      "Network load balancers log connections to TLS listeners only, and the targets terminate TLS; flow logs record the connections: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "load-balancer-anonymous-clients",
    layer: "lb-waf",
    address: "aws_lb.*-load-balancer",
    reason:
      "Edge nodes and users connect through VPNs, proxies and hosting providers, which the group blocks: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-ip-rep.html",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "load-balancer-anonymous-clients",
    layer: "release-service",
    address: "aws_lb.load-balancer",
    reason:
      "Edge nodes and users connect through VPNs, proxies and hosting providers, which the group blocks: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-ip-rep.html",
    owner: "platform",
    expires: "2027-11-30",
  },
];
