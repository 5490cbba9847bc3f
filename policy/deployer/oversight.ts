import { actions, type RightsByType } from "../../lib/layer/rights";

const tags = "ListTagsForResource TagResource UntagResource";
const vault = ["backup:{region}:{account}:backup-vault:{env}-*"];
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
      `AddTags CreateTrail DeleteTrail GetEventSelectors GetInsightSelectors GetTrail GetTrailStatus ListTags
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
    actions: actions("cloudwatch", `DeleteAlarms DescribeAlarms PutMetricAlarm ${tags}`),
  },
  aws_ecr_lifecycle_policy: {
    resources: ["ecr:{region}:{account}:repository/*"],
    actions: actions("ecr", "DeleteLifecyclePolicy GetLifecyclePolicy PutLifecyclePolicy"),
  },
  aws_ecr_pull_through_cache_rule: {
    actionsOnAnyResource: actions(
      "ecr",
      `CreatePullThroughCacheRule DeletePullThroughCacheRule DescribePullThroughCacheRules
      UpdatePullThroughCacheRule`,
    ),
  },
  aws_ecr_repository: {
    resources: ["ecr:{region}:{account}:repository/*"],
    actions: actions(
      "ecr",
      `CreateRepository DeleteRepository DescribeRepositories PutImageScanningConfiguration PutImageTagMutability
      ${tags}`,
    ),
  },
  aws_ecr_repository_creation_template: {
    actionsOnAnyResource: actions(
      "ecr",
      `CreateRepositoryCreationTemplate DeleteRepositoryCreationTemplate DescribeRepositoryCreationTemplates
      UpdateRepositoryCreationTemplate`,
    ),
  },
  aws_ecr_repository_policy: {
    resources: ["ecr:{region}:{account}:repository/*"],
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
    actions: actions("sns", "GetSubscriptionAttributes SetSubscriptionAttributes Subscribe Unsubscribe"),
  },
};
