import { type ForwardedCalls, given } from "./forwarded-calls";

/** The operations of a service that create something with tags. */
interface Tagging {
  /** IAM's prefix of the action, where it is not botocore's name of the service. */
  readonly prefix?: string;
  /** Default: `TagResource`. */
  readonly action?: string;
  /** Region and account of the ARN; default: `{region}:{account}`. */
  readonly place?: string;
  /** Parameter with the tags, and what is tagged, by operation. */
  readonly operations: Readonly<Record<string, readonly [tags: string, resource: string, action?: string]>>;
  /** Page below docs.aws.amazon.com. */
  readonly source: string;
}

const services: Readonly<Record<string, Tagging>> = {
  acm: {
    action: "AddTagsToCertificate",
    operations: { RequestCertificate: ["Tags", "certificate/*"] },
    source: "acm/latest/APIReference/API_RequestCertificate.html",
  },
  backup: {
    operations: {
      CreateBackupPlan: ["BackupPlanTags", "backup-plan:*"],
      CreateBackupVault: ["BackupVaultTags", "backup-vault:{BackupVaultName}"],
      CreateRestoreTestingPlan: ["Tags", "restore-testing-plan:*"],
    },
    source: "service-authorization/latest/reference/list_awsbackup.html",
  },
  budgets: {
    place: ":{account}",
    operations: { CreateBudget: ["ResourceTags", "budget/{Budget.BudgetName}"] },
    source: "service-authorization/latest/reference/list_awsbudgetservice.html",
  },
  cloudtrail: {
    action: "AddTags",
    operations: { CreateTrail: ["TagsList", "trail/{Name}"] },
    source: "service-authorization/latest/reference/list_awscloudtrail.html",
  },
  cloudwatch: {
    operations: { PutMetricAlarm: ["Tags", "alarm:{AlarmName}"] },
    source: "AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
  },
  ecr: {
    operations: { CreateRepository: ["tags", "repository/{repositoryName}"] },
    source: "AmazonECR/latest/userguide/ecr-supported-iam-actions-tagging.html",
  },
  efs: {
    prefix: "elasticfilesystem",
    operations: {
      CreateAccessPoint: ["Tags", "access-point/*"],
      CreateFileSystem: ["Tags", "file-system/*"],
    },
    source: "efs/latest/ug/supported-iam-actions-tagging.html",
  },
  eks: {
    operations: {
      CreateAccessEntry: ["tags", "access-entry/{clusterName}/*"],
      CreateAddon: ["tags", "addon/{clusterName}/*"],
      CreateCluster: ["tags", "cluster/{name}"],
      CreateNodegroup: ["tags", "nodegroup/{clusterName}/*"],
      CreatePodIdentityAssociation: ["tags", "podidentityassociation/{clusterName}/*"],
    },
    source: "eks/latest/userguide/eks-using-tags.html",
  },
  elbv2: {
    prefix: "elasticloadbalancing",
    action: "AddTags",
    operations: {
      CreateTargetGroup: ["Tags", "targetgroup/{Name}/*"],
    },
    source: "elasticloadbalancing/latest/userguide/tagging-resources-during-creation.html",
  },
  events: {
    operations: { PutRule: ["Tags", "rule/{Name}"] },
    source: "eventbridge/latest/APIReference/API_PutRule.html",
  },
  iam: {
    place: ":{account}",
    operations: {
      CreateInstanceProfile: ["Tags", "instance-profile{Path}{InstanceProfileName}", "TagInstanceProfile"],
      CreatePolicy: ["Tags", "policy{Path}{PolicyName}", "TagPolicy"],
      CreateRole: ["Tags", "role{Path}{RoleName}", "TagRole"],
    },
    source: "IAM/latest/UserGuide/id_tags.html",
  },
  kms: {
    operations: { CreateKey: ["Tags", "key/*"] },
    source: "kms/latest/developerguide/tag-permissions.html",
  },
  lambda: {
    operations: { CreateFunction: ["Tags", "function:{FunctionName}"] },
    source: "lambda/latest/dg/configuration-tags.html",
  },
  logs: {
    operations: { CreateLogGroup: ["tags", "log-group:{logGroupName}"] },
    source: "AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html",
  },
  rds: {
    action: "AddTagsToResource",
    operations: {
      CreateDBCluster: ["Tags", "cluster:{DBClusterIdentifier}"],
      CreateDBClusterParameterGroup: ["Tags", "cluster-pg:{DBClusterParameterGroupName}"],
      CreateDBInstance: ["Tags", "db:{DBInstanceIdentifier}"],
      CreateDBParameterGroup: ["Tags", "pg:{DBParameterGroupName}"],
      CreateDBSubnetGroup: ["Tags", "subgrp:{DBSubnetGroupName}"],
      CreateEventSubscription: ["Tags", "es:{SubscriptionName}"],
    },
    source:
      "AmazonRDS/latest/AuroraUserGuide/security_iam_id-based-policy-examples-grant-permissions-tags-on-create.html",
  },
  secretsmanager: {
    operations: { CreateSecret: ["Tags", "secret:{Name}-*"] },
    source: "secretsmanager/latest/apireference/API_CreateSecret.html",
  },
  shield: {
    place: ":{account}",
    operations: { CreateProtection: ["Tags", "protection/*"] },
    source: "service-authorization/latest/reference/list_awsshield.html",
  },
  sns: {
    operations: { CreateTopic: ["Tags", "{Name}"] },
    source: "sns/latest/dg/sns-tags-configuring.html",
  },
  ssm: {
    action: "AddTagsToResource",
    operations: { CreateDocument: ["Tags", "document/{Name}"] },
    source: "service-authorization/latest/reference/list_awssystemsmanager.html",
  },
  wafv2: {
    operations: {
      CreateIPSet: ["Tags", "regional/ipset/{Name}/*"],
      CreateWebACL: ["Tags", "regional/webacl/{Name}/*"],
    },
    source: "service-authorization/latest/reference/list_awswafv2.html",
  },
};

/** EC2 has one action for tags, and one parameter under two names. */
const networkTags: ForwardedCalls = {
  of: [
    ...[
      "AllocateAddress",
      "CreateFlowLogs",
      "CreateInternetGateway",
      "CreateLaunchTemplate",
      "CreateNatGateway",
    ],
    ...["CreateNetworkAcl", "CreateRouteTable", "CreateSecurityGroup", "CreateSubnet", "CreateVpc"],
    ...["CreateVpcEndpoint", "RunInstances", "AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress"],
  ].map((operation) => `ec2.${operation}`),
  when: (params) => given("TagSpecifications")(params) || given("TagSpecification")(params),
  actions: ["ec2:CreateTags"],
  resource: "ec2:{region}:{account}:*/*",
  source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html",
};

/** Its name is its URL. */
const identityProviderTags: ForwardedCalls = {
  of: ["iam.CreateOpenIDConnectProvider"],
  when: given("Tags"),
  actions: ["iam:TagOpenIDConnectProvider"],
  resource: ({ Url }) => `iam::{account}:oidc-provider/${String(Url).replace("https://", "")}`,
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html",
};

/** What a request needs that creates something with tags. */
export const taggingCalls: readonly ForwardedCalls[] = [
  ...Object.entries(services).flatMap(([service, tagging]) => {
    const {
      prefix = service,
      place = "{region}:{account}",
      action = "TagResource",
      operations,
      source,
    } = tagging;
    return Object.entries(operations).map(([operation, [tags, resource, own = action]]) => ({
      of: [`${service}.${operation}`],
      when: given(tags),
      actions: [`${prefix}:${own}`],
      resource: `${prefix}:${place}:${resource}`,
      source: `https://docs.aws.amazon.com/${source}`,
    }));
  }),
  identityProviderTags,
  networkTags,
];
