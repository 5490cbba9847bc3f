import { actions, type RightsByType } from "../../lib/layer/rights";

const tags = "ListTagsForResource TagResource UntagResource";
const vault = ["backup:{region}:{account}:backup-vault:{env}-*"];
/** Recovery points of Aurora are snapshots: https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html */
const recoveryPoints = [
  "backup:{region}:{account}:recovery-point:*",
  "rds:{region}:{account}:cluster-snapshot:awsbackup:*",
];
const plan = ["backup:{region}:{account}:backup-plan:*"];
const tests = ["backup:{region}:{account}:restore-testing-plan:*"];

/** Rights for trails, logs, alarms, budgets, backups and registries. */
export const oversightRights: RightsByType = {
  aws_backup_plan: {
    resources: plan,
    actions: actions(
      "backup",
      `CreateBackupPlan DeleteBackupPlan GetBackupPlan ListTags TagResource UntagResource UpdateBackupPlan`,
    ),
  },
  aws_backup_restore_testing_plan: {
    resources: tests,
    actions: actions(
      "backup",
      `CreateRestoreTestingPlan DeleteRestoreTestingPlan GetRestoreTestingPlan ListTags TagResource UntagResource
      UpdateRestoreTestingPlan`,
    ),
    serviceLinkedRoles: ["restore-testing.backup"],
  },
  aws_backup_restore_testing_selection: {
    resources: tests,
    actions: actions(
      "backup",
      `CreateRestoreTestingSelection DeleteRestoreTestingSelection GetRestoreTestingSelection
      UpdateRestoreTestingSelection`,
    ),
    passRole: { service: "backup", roles: ["iam_role_arn"] },
  },
  aws_backup_selection: {
    resources: plan,
    actions: actions("backup", "CreateBackupSelection DeleteBackupSelection GetBackupSelection"),
    passRole: { service: "backup", roles: ["iam_role_arn"] },
    serviceLinkedRoles: ["backup"],
  },
  aws_backup_vault: {
    resources: vault,
    actions: actions(
      "backup",
      `CreateBackupVault DeleteBackupVault DescribeBackupVault ListRecoveryPointsByBackupVault ListTags TagResource
      UntagResource`,
    ),
    // With force_destroy, as `destroy` sets it, the provider deletes the recovery points in a vault.
    actionsOnOtherResources: [
      { resources: recoveryPoints, actions: actions("backup", "DeleteRecoveryPoint DescribeRecoveryPoint") },
    ],
    actionsOnAnyResource: actions("backup-storage", "MountCapsule"),
  },
  aws_backup_vault_lock_configuration: {
    resources: vault,
    actions: actions(
      "backup",
      "DeleteBackupVaultLockConfiguration DescribeBackupVault PutBackupVaultLockConfiguration",
    ),
  },
  aws_backup_vault_policy: {
    resources: vault,
    actions: actions(
      "backup",
      "DeleteBackupVaultAccessPolicy GetBackupVaultAccessPolicy PutBackupVaultAccessPolicy",
    ),
  },
  aws_budgets_budget: {
    resources: ["budgets::{account}:budget/{name}"],
    actions: actions("budgets", `ModifyBudget ViewBudget ${tags}`),
  },
  aws_cloudtrail: {
    resources: ["cloudtrail:{region}:{account}:trail/{name}"],
    actions: actions(
      "cloudtrail",
      `AddTags CreateTrail DeleteTrail GetEventSelectors GetInsightSelectors GetTrailStatus ListTags
      PutEventSelectors RemoveTags StartLogging StopLogging UpdateTrail`,
    ),
    actionsOnAnyResource: actions("cloudtrail", "DescribeTrails"),
    passRole: { service: "cloudtrail", roles: ["cloud_watch_logs_role_arn"] },
  },
  aws_cloudwatch_dashboard: {
    resources: ["cloudwatch::{account}:dashboard/{dashboard_name}"],
    actions: actions("cloudwatch", "DeleteDashboards GetDashboard PutDashboard"),
  },
  aws_cloudwatch_log_group: {
    resources: ["logs:{region}:{account}:log-group:{name}", "logs:{region}:{account}:log-group:{name}:*"],
    actions: actions(
      "logs",
      `AssociateKmsKey CreateLogGroup DeleteLogGroup DeleteRetentionPolicy DisassociateKmsKey PutRetentionPolicy
      ${tags}`,
    ),
    actionsOnAnyResource: actions("logs", "DescribeLogGroups"),
  },
  aws_cloudwatch_log_metric_filter: {
    resources: [
      "logs:{region}:{account}:log-group:{log_group_name}",
      "logs:{region}:{account}:log-group:{log_group_name}:*",
    ],
    actions: actions("logs", "DeleteMetricFilter DescribeMetricFilters PutMetricFilter"),
  },
  aws_cloudwatch_log_resource_policy: {
    actionsOnAnyResource: actions("logs", "DeleteResourcePolicy DescribeResourcePolicies PutResourcePolicy"),
  },
  aws_cloudwatch_metric_alarm: {
    resources: ["cloudwatch:{region}:{account}:alarm:{env}-*"],
    actions: actions("cloudwatch", `DeleteAlarms PutMetricAlarm ${tags}`),
    // With a narrower scope AWS leaves alarms out: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
    actionsOnAnyResource: actions("cloudwatch", "DescribeAlarms"),
  },
  aws_ecr_lifecycle_policy: {
    resources: ["ecr:{region}:{account}:repository/{repository}"],
    actions: actions("ecr", "DeleteLifecyclePolicy GetLifecyclePolicy PutLifecyclePolicy"),
  },
  aws_ecr_pull_through_cache_rule: {
    actionsOnAnyResource: actions(
      "ecr",
      `CreatePullThroughCacheRule DeletePullThroughCacheRule DescribePullThroughCacheRules
      UpdatePullThroughCacheRule`,
    ),
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/slr-pullthroughcache.html
    serviceLinkedRoles: ["pullthroughcache.ecr"],
  },
  aws_ecr_repository: {
    resources: ["ecr:{region}:{account}:repository/{name}"],
    actions: actions(
      "ecr",
      `CreateRepository DeleteRepository DescribeRepositories PutImageScanningConfiguration PutImageTagMutability
      ${tags}`,
    ),
  },
  aws_ecr_repository_creation_template: {
    // ECR checks that the caller could create such repositories itself:
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-create.html
    resources: ["ecr:{region}:{account}:repository/{prefix}/*"],
    actions: actions("ecr", "CreateRepository PutLifecyclePolicy SetRepositoryPolicy"),
    actionsOnAnyResource: actions(
      "ecr",
      `CreateRepositoryCreationTemplate DeleteRepositoryCreationTemplate DescribeRepositoryCreationTemplates
      UpdateRepositoryCreationTemplate`,
    ),
    passRole: { service: "ecr", roles: ["custom_role_arn"] },
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/slr-rct.html
    serviceLinkedRoles: ["ecr"],
  },
  aws_ecr_repository_policy: {
    resources: ["ecr:{region}:{account}:repository/{repository}"],
    actions: actions("ecr", "DeleteRepositoryPolicy GetRepositoryPolicy SetRepositoryPolicy"),
  },
  aws_sns_topic: {
    resources: ["sns:{region}:{account}:{name}"],
    actions: actions("sns", `CreateTopic DeleteTopic GetTopicAttributes SetTopicAttributes ${tags}`),
  },
  aws_sns_topic_policy: {
    resources: ["sns:{region}:{account}:{env}-*"],
    actions: actions("sns", "GetTopicAttributes SetTopicAttributes"),
  },
  aws_sns_topic_subscription: {
    resources: ["sns:{region}:{account}:{env}-*"],
    actions: actions("sns", "Subscribe"),
    // A subscription is no resource type: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
    actionsOnAnyResource: actions("sns", "GetSubscriptionAttributes SetSubscriptionAttributes Unsubscribe"),
  },
};
