import { describe, expect, test } from "vitest";
import { deployerRights } from "../../../policy/deployer/index";
import { layers } from "../../../modules";
import { surveyActions } from "../../../scripts/provision/aws/questions";
import { loadConfig } from "../../synth";
import { synthesiseEnvironment } from "../environments";
import { whyDenied } from "./evaluation";

const { synthesised, environment } = synthesiseEnvironment("example", "1ken", "aws");
const { policies } = deployerRights(synthesised, environment);
const here = "us-west-2:111122223333";
const keys = { "kms:ResourceAliases": "alias/example-backup" };

type Needed = readonly [action: string, resource: string, context?: Readonly<Record<string, string>>];

/** What AWS asks for beside the calls that Terraform shows, each as one request. */
const needed: readonly Needed[] = [
  ["s3:ListBucketVersions", "arn:aws:s3:::example-111122223333-access-logs"],
  ["s3:DeleteObjectVersion", "arn:aws:s3:::example-111122223333-access-logs/AWSLogs/one.gz"],
  ["backup:DeleteRecoveryPoint", `arn:aws:backup:${here}:recovery-point:1EB3B5E7`],
  ["backup:DeleteRecoveryPoint", `arn:aws:rds:${here}:cluster-snapshot:awsbackup:job-1`],
  ["route53:GetDNSSEC", "arn:aws:route53:::hostedzone/Z1"],
  ["route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/Z1"],
  ["ec2:DetachNetworkInterface", `arn:aws:ec2:${here}:network-interface/eni-1`],
  ["ec2:DeleteNetworkInterface", `arn:aws:ec2:${here}:network-interface/eni-1`],
  ["kms:RetireGrant", `arn:aws:kms:${here}:key/1`, keys],
  ["ec2:DescribeAccountAttributes", "*"],
  ["ec2:GetSecurityGroupsForVpc", `arn:aws:ec2:${here}:vpc/vpc-1`],
  ["wafv2:DisassociateWebACL", `arn:aws:elasticloadbalancing:${here}:loadbalancer/app/example-argocd/1`],
  [
    "elasticloadbalancing:CreateWebACLAssociation",
    `arn:aws:elasticloadbalancing:${here}:loadbalancer/app/example-argocd/1`,
  ],
  ["sns:Unsubscribe", "*"],
  ["ecr:PutLifecyclePolicy", `arn:aws:ecr:${here}:repository/example-docker/library/alpine`],
  ["shield:CreateProtection", "*"],
  ["rds:CreateDBCluster", `arn:aws:rds:${here}:og:default:aurora-postgresql-16`],
  ["rds:CreateDBInstance", `arn:aws:rds:${here}:pg:example-aurora-postgresql16-instance`],
  // What `provision password` reads; decryption is of the data key, for Secrets Manager.
  ...["argocd-admin", "gitea-admin", "keycloak-admin"].map(
    (user) =>
      [
        "secretsmanager:GetSecretValue",
        `arn:aws:secretsmanager:${here}:secret:example-${user}-AbCdEf`,
      ] as const,
  ),
  ["kms:Decrypt", `arn:aws:kms:${here}:key/1`, { "kms:ResourceAliases": "alias/example-data" }],
  ...["eks-nodegroup", "eks"].map((service) => ["iam:GetRole", linkedRole(service)] as const),
  ...["pullthroughcache.ecr", "ecr", "backup", "elasticloadbalancing"].map(
    (service) =>
      [
        "iam:CreateServiceLinkedRole",
        linkedRole(service),
        { "iam:AWSServiceName": `${service}.amazonaws.com` },
      ] as const,
  ),
];

function linkedRole(service: string): string {
  return `arn:aws:iam::111122223333:role/aws-service-role/${service}.amazonaws.com/AWSServiceRole`;
}

describe("the deployer's rights", () => {
  test.each(needed.map(([action, resource, known = {}]) => ({ action, resource, known })))(
    "include $action on $resource",
    ({ action, resource, known }) => {
      const context = (key: string) => [known[key]].flatMap((value) => value ?? []);
      expect(whyDenied(policies, { action, resource, context })).toBeUndefined();
    },
  );

  test("fit into ten managed policies with everything on and every question to the account", () => {
    const asked = surveyActions(layers, loadConfig());
    const all = deployerRights(synthesised, environment, { layers, surveyActions: asked });
    expect(all.policies.length).toBeLessThanOrEqual(10);
  });

  test("let it pass the role of the registry cache to ECR", () => {
    const passing = policies.flatMap(({ Statement }) =>
      Statement.filter(
        ({ Condition }) => Condition?.["StringEquals"]?.["iam:PassedToService"]?.[0] === "ecr.amazonaws.com",
      ),
    );
    expect(passing.flatMap(({ Resource }) => Resource)).toEqual([
      expect.stringContaining(":role/edge/example-registry-cache"),
    ]);
  });
});
