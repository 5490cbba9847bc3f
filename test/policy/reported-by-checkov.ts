import type { Resources } from "./case";
import { roleThatMay, roleTrusting } from "./resources";

const ingress = (from: number, to: number): Resources => ({
  aws_vpc_security_group_ingress_rule: {
    any: { cidr_ipv4: "0.0.0.0/0", ip_protocol: "tcp", from_port: from, to_port: to },
  },
});
const bucketWith = (type: string, given: object): Resources => ({
  aws_s3_bucket: { logs: {} },
  [type]: { logs: { bucket: "${aws_s3_bucket.logs.id}", ...given } },
});

/**
 * Resources that checkov reports, by the ID of the check, where the cases of the rules with that ID violate something else;
 * the rules report them as well.
 */
export const reportedByCheckov: Readonly<Record<string, Resources>> = {
  CKV2_AWS_11: { aws_vpc: { vpc: {} } },
  CKV_AWS_24: ingress(22, 22),
  CKV_AWS_25: ingress(3000, 4000),
  CKV_AWS_260: ingress(80, 80),
  CKV_AWS_277: ingress(-1, -1),
  CKV_AWS_382: {
    aws_vpc_security_group_egress_rule: {
      any: { cidr_ipv4: "0.0.0.0/0", ip_protocol: "-1", from_port: -1, to_port: -1 },
    },
  },
  CKV_AWS_126: { aws_instance: { bastion: {} } },
  CKV_AWS_96: { aws_rds_cluster: { cluster: { storage_encrypted: false } } },
  CKV_AWS_133: { aws_rds_cluster: { cluster: { backup_retention_period: 0 } } },
  CKV_AWS_250: { aws_rds_cluster: { cluster: { engine: "aurora-postgresql", engine_version: "11.8" } } },
  CKV2_AWS_27: { aws_rds_cluster: { cluster: { engine: "aurora-postgresql" } } },
  CKV_AWS_353: { aws_rds_cluster_instance: { first: { performance_insights_enabled: false } } },
  CKV_AWS_42: { aws_efs_file_system: { files: { encrypted: false } } },
  CKV_AWS_53: bucketWith("aws_s3_bucket_public_access_block", {
    block_public_acls: false,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  }),
  CKV_AWS_57: bucketWith("aws_s3_bucket_acl", { acl: "public-read-write" }),
  CKV_AWS_19: bucketWith("aws_s3_bucket_server_side_encryption_configuration", {
    rule: [{ bucket_key_enabled: true }],
  }),
  CKV2_AWS_20: {
    aws_lb: { web: { load_balancer_type: "application" } },
    aws_lb_listener: {
      http: {
        load_balancer_arn: "${aws_lb.web.arn}",
        port: 80,
        protocol: "HTTP",
        default_action: [{ type: "redirect", redirect: [{ protocol: "HTTPS", port: "8443" }] }],
      },
    },
  },
  CKV_AWS_103: { aws_lb_listener: { https: { protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-2016-08" } } },
  CKV2_AWS_74: { aws_lb_listener: { https: { protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-2015-05" } } },
  CKV_AWS_192: { aws_wafv2_web_acl: { web: { scope: "REGIONAL" } } },
  CKV2_AWS_31: { aws_wafv2_web_acl: { web: { scope: "REGIONAL" } } },
  CKV_AWS_26: { aws_sns_topic: { alarms: { name: "alarms" } } },
  CKV_AWS_62: roleThatMay({ Action: ["*"], Resource: ["*"] }),
  CKV_AWS_63: roleThatMay({ Action: ["*"], Resource: ["arn:aws:s3:::logs"] }),
  CKV2_AWS_40: roleThatMay({ Action: ["iam:*"], Resource: ["*"] }),
  CKV_AWS_286: roleThatMay({ Action: ["iam:PassRole", "ec2:RunInstances"], Resource: "*" }),
  CKV_AWS_274: {
    aws_iam_role_policy_attachment: {
      nodes: { role: "nodes", policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    },
  },
  CKV_AWS_289: roleThatMay({ Action: "s3:PutBucketPolicy", Resource: "*" }),
  CKV_AWS_287: roleThatMay({ Action: "sts:AssumeRole", Resource: "*" }),
  CKV_AWS_60: roleTrusting({ Principal: { AWS: "*" }, Action: "sts:AssumeRole" }),
  CKV_AWS_51: { aws_ecr_repository: { artefacts: { image_tag_mutability: "MUTABLE" } } },
  CKV_AWS_50: { aws_lambda_function: { proxy: { function_name: "proxy" } } },
  CKV_AWS_364: { aws_lambda_permission: { proxy: { principal: "events.amazonaws.com" } } },
  CKV2_AWS_75: {
    aws_lambda_function: { proxy: { function_name: "proxy" } },
    aws_lambda_function_url: {
      proxy: {
        function_name: "${aws_lambda_function.proxy.function_name}",
        authorization_type: "AWS_IAM",
        cors: { allow_origins: ["*"], allow_methods: ["*"] },
      },
    },
  },
  CKV2_AWS_35: { aws_route: { out: { destination_cidr_block: "0.0.0.0/0", instance_id: "i-1" } } },
};
