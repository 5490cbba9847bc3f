import { actions, type RightsByType } from "../../lib/layer/rights";

const tags = "ListTagsForResource TagResource UntagResource";
const vault = ["backup:{region}:{account}:backup-vault:{env}-*"];
const plan = ["backup:{region}:{account}:backup-plan:*"];
const tests = ["backup:{region}:{account}:restore-testing-plan:*"];

/** Rights for trails, logs, alarms, budgets, backups and registries. */
export const oversightRights: RightsByType = {
  aws_backup_plan: {
    on: plan,
    actions: actions(
      "backup",
      `CreateBackupPlan DeleteBackupPlan GetBackupPlan ListTags TagResource UntagResource UpdateBackupPlan`,
    ),
  },
  aws_backup_restore_testing_plan: {
    on: tests,
    actions: actions(
      "backup",
      `CreateRestoreTestingPlan DeleteRestoreTestingPlan GetRestoreTestingPlan ListTags TagResource UntagResource
      UpdateRestoreTestingPlan`,
    ),
    linkedRoles: ["restore-testing.backup"],
  },
  aws_backup_restore_testing_selection: {
    on: tests,
    actions: actions(
      "backup",
      `CreateRestoreTestingSelection DeleteRestoreTestingSelection GetRestoreTestingSelection
      UpdateRestoreTestingSelection`,
    ),
    passes: { to: "backup", roles: ["iam_role_arn"] },
  },
  aws_backup_selection: {
    on: plan,
    actions: actions("backup", "CreateBackupSelection DeleteBackupSelection GetBackupSelection"),
    passes: { to: "backup", roles: ["iam_role_arn"] },
    linkedRoles: ["backup"],
  },
  aws_backup_vault: {
    on: vault,
    actions: actions(
      "backup",
      `CreateBackupVault DeleteBackupVault DescribeBackupVault ListRecoveryPointsByBackupVault ListTags TagResource
      UntagResource`,
    ),
    anywhere: actions("backup-storage", "MountCapsule"),
  },
  aws_backup_vault_lock_configuration: {
    on: vault,
    actions: actions(
      "backup",
      "DeleteBackupVaultLockConfiguration DescribeBackupVault PutBackupVaultLockConfiguration",
    ),
  },
  aws_backup_vault_policy: {
    on: vault,
    actions: actions(
      "backup",
      "DeleteBackupVaultAccessPolicy GetBackupVaultAccessPolicy PutBackupVaultAccessPolicy",
    ),
  },
  aws_budgets_budget: {
    on: ["budgets::{account}:budget/{name}"],
    actions: actions("budgets", `ModifyBudget ViewBudget ${tags}`),
  },
  aws_cloudtrail: {
    on: ["cloudtrail:{region}:{account}:trail/{name}"],
    actions: actions(
      "cloudtrail",
      `AddTags CreateTrail DeleteTrail GetEventSelectors GetInsightSelectors GetTrail GetTrailStatus ListTags
      PutEventSelectors RemoveTags StartLogging StopLogging UpdateTrail`,
    ),
    anywhere: actions("cloudtrail", "DescribeTrails"),
    passes: { to: "cloudtrail", roles: ["cloud_watch_logs_role_arn"] },
  },
  aws_cloudwatch_dashboard: {
    on: ["cloudwatch::{account}:dashboard/{dashboard_name}"],
    actions: actions("cloudwatch", "DeleteDashboards GetDashboard PutDashboard"),
  },
  aws_cloudwatch_log_group: {
    on: ["logs:{region}:{account}:log-group:{name}", "logs:{region}:{account}:log-group:{name}:*"],
    actions: actions(
      "logs",
      `AssociateKmsKey CreateLogGroup DeleteLogGroup DeleteRetentionPolicy DisassociateKmsKey PutRetentionPolicy
      ${tags}`,
    ),
    anywhere: actions("logs", "DescribeLogGroups"),
  },
  aws_cloudwatch_log_metric_filter: {
    on: [
      "logs:{region}:{account}:log-group:{log_group_name}",
      "logs:{region}:{account}:log-group:{log_group_name}:*",
    ],
    actions: actions("logs", "DeleteMetricFilter DescribeMetricFilters PutMetricFilter"),
  },
  aws_cloudwatch_log_resource_policy: {
    anywhere: actions("logs", "DeleteResourcePolicy DescribeResourcePolicies PutResourcePolicy"),
  },
  aws_cloudwatch_metric_alarm: {
    on: ["cloudwatch:{region}:{account}:alarm:{env}-*"],
    actions: actions("cloudwatch", `DeleteAlarms DescribeAlarms PutMetricAlarm ${tags}`),
  },
  aws_ecr_lifecycle_policy: {
    on: ["ecr:{region}:{account}:repository/*"],
    actions: actions("ecr", "DeleteLifecyclePolicy GetLifecyclePolicy PutLifecyclePolicy"),
  },
  aws_ecr_pull_through_cache_rule: {
    anywhere: actions(
      "ecr",
      `CreatePullThroughCacheRule DeletePullThroughCacheRule DescribePullThroughCacheRules
      UpdatePullThroughCacheRule`,
    ),
  },
  aws_ecr_repository: {
    on: ["ecr:{region}:{account}:repository/*"],
    actions: actions(
      "ecr",
      `CreateRepository DeleteRepository DescribeRepositories PutImageScanningConfiguration PutImageTagMutability
      ${tags}`,
    ),
  },
  aws_ecr_repository_creation_template: {
    anywhere: actions(
      "ecr",
      `CreateRepositoryCreationTemplate DeleteRepositoryCreationTemplate DescribeRepositoryCreationTemplates
      UpdateRepositoryCreationTemplate`,
    ),
  },
  aws_ecr_repository_policy: {
    on: ["ecr:{region}:{account}:repository/*"],
    actions: actions("ecr", "DeleteRepositoryPolicy GetRepositoryPolicy SetRepositoryPolicy"),
  },
  aws_sns_topic: {
    on: ["sns:{region}:{account}:{name}"],
    actions: actions("sns", `CreateTopic DeleteTopic GetTopicAttributes SetTopicAttributes ${tags}`),
  },
  aws_sns_topic_policy: {
    on: ["sns:{region}:{account}:{env}-*"],
    actions: actions("sns", "GetTopicAttributes SetTopicAttributes"),
  },
  aws_sns_topic_subscription: {
    on: ["sns:{region}:{account}:{env}-*"],
    actions: actions("sns", "GetSubscriptionAttributes SetSubscriptionAttributes Subscribe Unsubscribe"),
  },
};
