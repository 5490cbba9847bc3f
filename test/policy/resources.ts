import type { Resources } from "./case";

/** One subnet that the internet can route to, and one that it cannot. */
export const publicAndPrivateSubnet: Resources = {
  aws_subnet: { public: {}, private: {} },
  aws_internet_gateway: { internet: {} },
  aws_route_table: { public: {}, private: {} },
  aws_route: {
    public: {
      route_table_id: "${aws_route_table.public.id}",
      gateway_id: "${aws_internet_gateway.internet.id}",
    },
    private: { route_table_id: "${aws_route_table.private.id}", nat_gateway_id: "nat-1" },
  },
  aws_route_table_association: {
    public: { subnet_id: "${aws_subnet.public.id}", route_table_id: "${aws_route_table.public.id}" },
    private: { subnet_id: "${aws_subnet.private.id}", route_table_id: "${aws_route_table.private.id}" },
  },
};

/** An access key as AWS's documentation shows it, in two parts, so that nothing takes this file for one that has keys. */
export const accessKey = ["AKIA", "IOSFODNN7EXAMPLE"].join("");
export const secretKey = ["wJalrXUtnFEMI/K7MDENG/", "bPxRfiCYEXAMPLEKEY"].join("");

/** A policy of these statements, as Terraform JSON holds it. */
export function policyOf(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** A bucket with a policy of these statements. */
export function bucketWith(...statements: readonly object[]): Resources {
  return {
    aws_s3_bucket: { logs: {} },
    aws_s3_bucket_policy: { logs: { bucket: "${aws_s3_bucket.logs.id}", policy: policyOf(...statements) } },
  };
}

/** A file system with a policy that demands TLS and has one further statement. */
export function fileSystemWith(statement: object): Resources {
  const tls = {
    Effect: "Deny",
    Principal: "*",
    Action: "*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  return {
    aws_efs_file_system: { files: {} },
    aws_efs_file_system_policy: {
      files: { file_system_id: "${aws_efs_file_system.files.id}", policy: policyOf(tls, statement) },
    },
  };
}

/** A role that may do what one statement says. */
export function roleThatMay(statement: object): Resources {
  return { aws_iam_role_policy: { role: { policy: policyOf({ Effect: "Allow", ...statement }) } } };
}

/** A role that others become as one statement says. */
export function roleTrusting(statement: object): Resources {
  return { aws_iam_role: { role: { assume_role_policy: policyOf({ Effect: "Allow", ...statement }) } } };
}

/** A trail with an alarm for each of these patterns of calls. */
export function trailWatchedFor(...patterns: readonly string[]): Resources {
  const each = (create: (name: string, pattern: string) => object) =>
    Object.fromEntries(
      patterns.map((pattern, index) => [`call-${index}`, { ...create(`call-${index}`, pattern) }]),
    );
  return {
    aws_cloudtrail: { trail: { cloud_watch_logs_group_arn: "${aws_cloudwatch_log_group.trail.arn}:*" } },
    aws_cloudwatch_log_group: { trail: { name: "trail" } },
    aws_cloudwatch_log_metric_filter: each((name, pattern) => ({
      log_group_name: "${aws_cloudwatch_log_group.trail.name}",
      pattern,
      metric_transformation: { name, value: "1" },
    })),
    aws_cloudwatch_metric_alarm: each((name) => ({ metric_name: name, alarm_actions: ["topic"] })),
  };
}

/** A network ACL with these rules for what comes in. */
export function aclWith(...ingress: readonly object[]): Resources {
  return { aws_default_network_acl: { acl: { ingress } } };
}
