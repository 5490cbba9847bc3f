import type { Exception } from "./exception";

/** Every violation that is meant to be. */
export const exceptions: readonly Exception[] = [
  {
    rule: "network-acl-rdp",
    layer: "vpc",
    address: "aws_default_network_acl.default-network-acl",
    reason:
      "NAT gateways send from any port above 1023: without 3389, answers to one connection in 64,000 are lost; security groups close it",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "open-ingress",
    layer: "lb-waf",
    address: "aws_vpc_security_group_ingress_rule.*-from-0-0-0-0-0",
    reason: "Edge nodes connect from wherever they are; access.publicCidrs narrows it where they are known",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "open-ingress-ports",
    layer: "lb-waf",
    address: "aws_vpc_security_group_ingress_rule.*-80-from-0-0-0-0-0",
    reason: "Port 80 answers with a redirect to HTTPS and with nothing else",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "open-egress",
    layer: "eks",
    address: "aws_vpc_security_group_egress_rule.node-to-internet",
    reason: "Images, charts and Git come by HTTPS from hosts whose addresses change",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "load-balancer-internal",
    layer: "lb-waf",
    address: "aws_lb.*-load-balancer",
    reason:
      "The orchestrator serves edge nodes and people on the internet; layers.lb-waf.scheme makes it internal",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "listener-encrypted",
    layer: "lb-waf",
    address: "aws_lb_listener.tinkerbell-tcp",
    reason: "Edge nodes show a client certificate, which only the ingress behind the load balancer can check",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "certificate-names",
    layer: "route53",
    address: "aws_acm_certificate.certificate",
    reason:
      "The orchestrator serves some forty hosts below one domain of its own, and applications add further ones",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "zone-dnssec",
    layer: "route53",
    address: "aws_route53_zone.public-zone",
    reason:
      "A signed zone below an unsigned parent proves nothing, and a mistake takes the domain down for a day",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "database-port",
    layer: "aurora",
    address: "aws_rds_cluster.cluster",
    reason: "The orchestrator's charts expect 5432; only nodes and the bastion reach it",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "secret-rotation",
    layer: "aurora",
    address: "aws_secretsmanager_secret.*-secret",
    reason:
      "Applications read their password when they start, so a new one is a restart; layers.aurora.passwordVersion draws it",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "database-zones",
    layer: "aurora",
    address: "aws_rds_cluster.cluster",
    scaleProfiles: ["default"],
    reason: "The smallest profile saves the second instance; layers.aurora.instances adds it",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "bucket-key",
    layer: "audit",
    address: "aws_s3_bucket.access-logs",
    reason: "Neither load balancers nor S3 deliver access logs to a bucket with a customer-managed key",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "bucket-access-log",
    layer: "audit",
    address: "aws_s3_bucket.access-logs",
    reason: "Each entry of its own log would cause the next",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "bucket-access-log",
    layer: "s3-backend",
    address: "aws_s3_bucket.state-bucket",
    reason:
      "It exists before the bucket for access logs does; the trail records every use of its objects instead",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "bucket-events",
    layer: "s3-backend",
    address: "aws_s3_bucket.state-bucket",
    reason: "The trail of the audit layer hands every use of its objects to EventBridge already",
    owner: "platform",
    expires: "2027-11-30",
  },
];
