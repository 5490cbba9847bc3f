import type { Exception } from "../exception";
import type { RuleId } from "../index";
import { functionExceptions } from "./functions";
import { loadBalancerExceptions } from "./load-balancers";
import { secretExceptions } from "./secrets";

/** Every accepted violation. */
export const exceptions: readonly Exception<RuleId>[] = [
  {
    rule: "database-upgrades",
    layer: "aurora",
    address: "aws_rds_cluster_instance.instance-*",
    reason:
      "RDS refuses every change, also that of a destroy, which names an older version than AWS installed: https://github.com/hashicorp/terraform-provider-aws/issues/48936; the default is a long-term support release, and provision says when AWS offers a newer version",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "network-acl-rdp",
    layer: "vpc",
    address: "aws_default_network_acl.default-network-acl",
    reason:
      "NAT gateways send from any port above 1023: without 3389, answers to one connection in 64,000 are lost; security groups deny it",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "open-egress",
    layer: "eks",
    address: "aws_vpc_security_group_egress_rule.node-to-internet",
    reason: "Images, charts and Git repositories are fetched by HTTPS from hosts whose addresses change",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "zone-dnssec",
    layer: "route53",
    address: "aws_route53_zone.public-zone",
    reason:
      "A signed zone below an unsigned parent is not validated, and a mistake makes the domain unresolvable for up to a day",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "database-port",
    layer: "aurora",
    address: "aws_rds_cluster.cluster",
    reason: "The orchestrator's charts expect 5432; only nodes and the bastion can connect",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "database-zones",
    layer: "aurora",
    address: "aws_rds_cluster.cluster",
    scaleProfiles: ["default"],
    reason: "The smallest profile has one instance to save cost; layers.aurora.instances adds the second",
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
    reason: "Each log entry would cause another log entry",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "bucket-access-log",
    layer: "s3-backend",
    address: "aws_s3_bucket.state-bucket",
    reason:
      "It is created before the bucket for access logs; the trail records data events of its objects instead",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "bucket-events",
    layer: "s3-backend",
    address: "aws_s3_bucket.state-bucket",
    reason: "The trail of the audit layer already sends data events of its objects to EventBridge",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "service-endpoints",
    layer: "release-service",
    address: "aws_vpc.vpc",
    reason: "This VPC has no instances: its only function calls ECR and Secrets Manager",
    owner: "platform",
    expires: "2027-11-30",
  },
  ...loadBalancerExceptions,
  ...functionExceptions,
  ...secretExceptions,
];
