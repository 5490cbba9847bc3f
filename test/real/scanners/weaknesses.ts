import type { Resources } from "../../policy/case";
import { cases } from "../../policy/cases";
import { rules } from "../../../policy/index";
import { roleThatMay, roleTrusting } from "../../policy/resources";

const ingressAt = (port: number): Resources => ({
  aws_vpc_security_group_ingress_rule: {
    open: { cidr_ipv4: "0.0.0.0/0", ip_protocol: "tcp", from_port: port, to_port: port },
  },
});
const roleFor = (principal: string) =>
  roleTrusting({ Principal: { AWS: principal }, Action: "sts:AssumeRole" });
const listenerWith = (given: object): Resources => ({
  aws_lb: { web: { load_balancer_type: "application" } },
  aws_lb_listener: { web: { load_balancer_arn: "${aws_lb.web.arn}", ...given } },
});

/**
 * Where a rule is stricter than the check, or the example of its violation is of a kind that the check does not know: a
 * weakness that both know, by the check's ID.
 */
const coarse: Readonly<Record<string, Resources>> = {
  CKV_AWS_19: {
    aws_s3_bucket: { logs: {} },
    aws_s3_bucket_server_side_encryption_configuration: {
      logs: {
        bucket: "${aws_s3_bucket.logs.id}",
        rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "none" } }],
      },
    },
  },
  CKV_AWS_24: ingressAt(22),
  CKV_AWS_25: ingressAt(3389),
  CKV_AWS_260: ingressAt(80),
  CKV_AWS_382: {
    aws_vpc_security_group_egress_rule: {
      all: { cidr_ipv4: "0.0.0.0/0", ip_protocol: "-1", from_port: -1, to_port: -1 },
    },
  },
  CKV_AWS_277: {
    aws_vpc_security_group_ingress_rule: {
      all: { cidr_ipv4: "0.0.0.0/0", ip_protocol: "-1", from_port: -1, to_port: -1 },
    },
  },
  CKV_AWS_250: { aws_rds_cluster: { cluster: { engine: "aurora-postgresql", engine_version: "11.8" } } },
  CKV_AWS_57: {
    aws_s3_bucket: { logs: {} },
    aws_s3_bucket_acl: { logs: { bucket: "${aws_s3_bucket.logs.id}", acl: "public-read-write" } },
  },
  CKV_AWS_287: roleThatMay({ Action: "redshift:GetClusterCredentials", Resource: "*" }),
  CKV_AWS_289: roleThatMay({ Action: "iam:PutRolePolicy", Resource: "*" }),
  CKV_AWS_50: { aws_lambda_function: { proxy: {} } },
  CKV_AWS_364: { aws_lambda_permission: { proxy: { principal: "events.amazonaws.com" } } },
  CKV2_AWS_40: roleThatMay({ Action: ["iam:*"], Resource: "arn:aws:iam::111122223333:role/*" }),
  CKV2_AWS_75: {
    aws_lambda_function: { proxy: {} },
    aws_lambda_function_url: {
      proxy: {
        function_name: "${aws_lambda_function.proxy.function_name}",
        cors: { allow_origins: ["*"], allow_methods: ["*"] },
      },
    },
  },
  CKV_AWS_26: { aws_sns_topic: { alarms: {} } },
  CKV_AWS_42: { aws_efs_file_system: { files: { encrypted: false } } },
  CKV_AWS_51: { aws_ecr_repository: { images: { image_tag_mutability: "MUTABLE" } } },
  CKV_AWS_53: {
    aws_s3_bucket: { logs: {} },
    aws_s3_bucket_public_access_block: {
      logs: {
        bucket: "${aws_s3_bucket.logs.id}",
        block_public_acls: false,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      },
    },
  },
  CKV_AWS_60: roleFor("*"),
  CKV_AWS_61: roleFor("arn:aws:iam::444455556666:root"),
  CKV_AWS_62: roleThatMay({ Action: "*", Resource: "*" }),
  CKV_AWS_63: roleThatMay({ Action: "*", Resource: "arn:aws:s3:::logs/*" }),
  CKV_AWS_96: { aws_rds_cluster: { cluster: { storage_encrypted: false } } },
  CKV_AWS_103: listenerWith({ port: 443, protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-2016-08" }),
  CKV_AWS_126: { aws_instance: { bastion: { monitoring: false } } },
  CKV_AWS_133: { aws_rds_cluster: { cluster: { backup_retention_period: 0 } } },
  CKV_AWS_192: { aws_wafv2_web_acl: { web: { scope: "REGIONAL" } } },
  CKV_AWS_274: {
    aws_iam_role_policy_attachment: {
      nodes: { role: "nodes", policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    },
  },
  CKV_AWS_353: { aws_rds_cluster_instance: { first: { performance_insights_enabled: false } } },
  CKV2_AWS_11: { aws_vpc: { vpc: {} } },
  CKV2_AWS_20: listenerWith({ port: 80, protocol: "HTTP", default_action: { type: "forward" } }),
  CKV2_AWS_27: {
    aws_rds_cluster_parameter_group: { parameters: { family: "aurora-postgresql16" } },
    aws_rds_cluster: {
      cluster: {
        engine: "aurora-postgresql",
        db_cluster_parameter_group_name: "${aws_rds_cluster_parameter_group.parameters.name}",
      },
    },
  },
  CKV2_AWS_31: { aws_wafv2_web_acl: { web: { scope: "REGIONAL" } } },
  // An argument of the provider's versions before 5.
  CKV2_AWS_35: {
    aws_route: { out: { destination_cidr_block: "0.0.0.0/0", instance_id: "i-0123456789abcdef0" } },
  },
  CKV2_AWS_74: listenerWith({ port: 443, protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-2016-08" }),
};

/** Every ID of checkov that a rule claims, and sets of resources, each of which violates the rule. */
export const weaknesses = rules.flatMap(({ id: rule, publicIds }) =>
  publicIds
    .filter((id) => id.startsWith("CKV"))
    .map((id) => ({ rule, id, examples: [coarse[id] ?? cases[rule].violating].flat() })),
);
