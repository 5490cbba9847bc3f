import { actions, type RightsByType } from "../../lib/layer/rights";

const referredSecret = "secretsmanager:{region}:{account}:secret:{secret_id}*";

/** Data sources that the provider answers by itself, and `sts:GetCallerIdentity`, which needs no permission. */
const free = [
  "arn",
  "caller_identity",
  "default_tags",
  "iam_policy_document",
  "partition",
  "region",
  "service",
];

/** Rights for data sources and ephemeral resources. */
export const readRights: RightsByType = {
  ...Object.fromEntries(free.map((name) => [`data.aws_${name}`, {}])),
  "data.aws_availability_zones": { actionsOnAnyResource: actions("ec2", "DescribeAvailabilityZones") },
  "data.aws_route53_zone": {
    resources: ["route53:::hostedzone/*"],
    actions: actions("route53", "GetHostedZone ListResourceRecordSets ListTagsForResource"),
    actionsOnAnyResource: actions("route53", "ListHostedZones"),
  },
  "data.aws_secretsmanager_secret_versions": {
    resources: [referredSecret],
    actions: actions("secretsmanager", "ListSecretVersionIds"),
  },
  "ephemeral.aws_secretsmanager_random_password": {
    actionsOnAnyResource: actions("secretsmanager", "GetRandomPassword"),
  },
  "ephemeral.aws_secretsmanager_secret_version": {
    resources: [referredSecret],
    actions: actions("secretsmanager", "GetSecretValue"),
  },
};
